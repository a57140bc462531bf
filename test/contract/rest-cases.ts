import { suspendClient } from '../../src/clients/index.js';
import { userOf } from '../setup/registered-user.js';
import { reportTest } from '../setup/report-test.js';
import type { TestServer } from '../setup/test-server.js';

/** What the cases speak of: keys of clients, users and results. */
export interface RestWorld {
  readonly client: string;
  /** A client without licenses. */
  readonly poor: string;
  readonly suspended: string;
  /** The USER_KEY of `person`, a user of the client. */
  readonly user: string;
  readonly suspendedUser: string;
  /** Results of a paid test: the user's, somebody else's and nobody's. */
  readonly mine: string;
  readonly foreign: string;
  readonly loose: string;
  /** A result of a free test with all that a report can have. */
  readonly free: string;
}

/** Makes everything that the cases speak of. */
export async function restWorld(server: TestServer): Promise<RestWorld> {
  await server.publish(reportTest('rich'));
  const [client, poor, suspended] = [await server.client(), await server.client({ licenseLimit: 0 }), await server.client()];
  const [mine, foreign, loose] = [await server.save('paid'), await server.save('paid'), await server.save('paid')];
  const [user, suspendedUser] = [await userOf(server, client), await userOf(server, suspended)];
  await client.attach(mine, 'person');
  await client.attach(foreign, 'somebody else');
  await suspendClient(server.app.services.database, suspended.slug);
  const saved = await fetch(new URL('/partner/api/v3/progress/save', server.url), {
    method: 'POST',
    body: JSON.stringify({ test: 'rich', progress: [['11', ['1']], ['3', ['2']], ['7', ['1']], ['9', ['дом']]] }),
  });
  const { result_key: free } = await saved.json() as { result_key: string };
  return {
    client: client.key, poor: poor.key, suspended: suspended.key, user: user.id, suspendedUser: suspendedUser.id,
    mine, foreign, loose, free,
  };
}

/** A call with the status that it is answered with. */
export interface RestCase {
  /** As it is described. */
  readonly path: string;
  readonly status: number;
  /** By name, also what stands in the path. */
  readonly parameters: (world: RestWorld) => Readonly<Record<string, string | object>>;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** Statuses that no call can bring about here: the server fails, is busy printing, or limits nobody. */
export const UNREACHED = ['429', '500', '503'];

const unknown = '018ad6f5-7164-7568-8a00-a95cfc8958c9';
const answers = { 11: '1', 3: '2', 7: '0' };
const skipping = { 11: ['1'], 3: [], 7: ['0'] };
const tooFew = { 11: '1' };
const elsewhere = { origin: 'https://elsewhere.example' };
const cached = { 'if-none-match': '*' };

type Case = readonly [status: number, parameters: RestCase['parameters'], headers?: Readonly<Record<string, string>>];

/** Cases of the report of a result, whose key goes by this name, in the forms of a version. */
function reports(name: string, forms: readonly string[], more: object = {}): Case[] {
  return [
    ...forms.map((format): Case => [200, ({ free }) => ({ [name]: free, format, ...more })]),
    [200, ({ mine }) => ({ [name]: mine, format: 'json', ...more })],
    [304, ({ free }) => ({ [name]: free, format: 'json', ...more }), cached],
    [400, ({ free }) => ({ [name]: free, format: 'xml', ...more })],
    [400, () => ({ format: 'json', ...more })],
    [403, ({ loose }) => ({ [name]: loose, format: 'json', ...more })],
    [404, () => ({ [name]: unknown, format: 'json', ...more })],
  ];
}

const v1 = '/tests/api/v1';
const v2 = '/partner/api/v2';
const v3 = '/partner/api/v3';

const cases: Readonly<Record<string, readonly Case[]>> = {
  [`${v1}/info/{test}/`]: [
    [200, () => ({ test: 'rich' })],
    [200, () => ({ test: 'rich', questions: 'true' })],
    [200, () => ({ test: 'ipip-neo-120', questions: 'true' })],
    [400, () => ({ test: 'rich', questions: '1' })],
    [404, () => ({ test: 'nothing' })],
  ],
  [`${v1}/first/{test}/`]: [
    [200, () => ({ test: 'rich' })],
    [400, () => ({ test: 'rich', 'too[1][2][3][4][5][6][7][deep]': '' })],
    [404, () => ({ test: 'nothing' })],
  ],
  [`${v1}/next/{test}/`]: [
    [200, () => ({ test: 'rich', q: '7' })],
    [400, () => ({ test: 'rich' })],
    [404, () => ({ test: 'rich', q: '9' })],
  ],
  [`${v1}/prev/{test}/`]: [
    [200, () => ({ test: 'rich', q: '9' })],
    [400, () => ({ test: 'rich' })],
    [404, () => ({ test: 'rich', q: 'none' })],
  ],
  [`${v1}/save/{test}/`]: [
    [200, () => ({ test: 'free', progress: answers })],
    [400, () => ({ test: 'free' })],
    [404, () => ({ test: 'nothing', progress: answers })],
    [412, () => ({ test: 'free', progress: tooFew })],
  ],
  [`${v1}/result/{number}/`]: [
    ...reports('key', ['json', 'html', 'pdf'], { number: '1' }),
    [200, ({ free }) => ({ number: '1', key: free })],
  ],
  [`${v2}/user/register`]: [
    [200, ({ client }) => ({ client, user_id: 'person' })],
    [400, ({ client }) => ({ client })],
    [400, ({ client }) => ({ client, user_id: 'x'.repeat(256) })],
    [403, ({ suspended }) => ({ client: suspended, user_id: 'new' })],
    [404, () => ({ client: 'nobody', user_id: 'new' })],
    [412, ({ poor }) => ({ client: poor, user_id: 'new' })],
  ],
  [`${v2}/progress/save`]: [
    [200, ({ user }) => ({ test: 'free', user_key: user, progress: answers })],
    [400, ({ user }) => ({ test: 'free', user_key: user, progress: '[]' })],
    [403, ({ suspendedUser }) => ({ test: 'free', user_key: suspendedUser, progress: answers })],
    [404, () => ({ test: 'free', user_key: unknown, progress: answers })],
    [412, ({ user }) => ({ test: 'free', user_key: user, progress: tooFew })],
  ],
  [`${v2}/result/attach`]: [
    [200, ({ mine, user }) => ({ result_key: mine, user_key: user })],
    [400, ({ mine }) => ({ result_key: mine, user_key: 'none' })],
    [403, ({ loose, suspendedUser }) => ({ result_key: loose, user_key: suspendedUser })],
    [404, ({ user }) => ({ result_key: unknown, user_key: user })],
    [412, ({ foreign, user }) => ({ result_key: foreign, user_key: user })],
  ],
  [`${v2}/result/get`]: reports('result_key', ['json', 'pdf']),
  [`${v3}/progress/save`]: [
    [200, () => ({ test: 'free', progress: answers })],
    [200, () => ({ test: 'free', progress: skipping })],
    [400, () => ({ test: 'free' })],
    [404, () => ({ test: 'nothing', progress: answers })],
    [412, () => ({ test: 'free', progress: tooFew })],
  ],
  [`${v3}/result/attach`]: [
    [200, ({ client, mine }) => ({ client_key: client, result_key: mine, user_id: 'person' })],
    [400, ({ client, mine }) => ({ client_key: client, result_key: mine })],
    [403, ({ suspended, loose }) => ({ client_key: suspended, result_key: loose, user_id: 'new' })],
    [403, ({ client, mine }) => ({ client_key: client, result_key: mine, user_id: 'person' }), elsewhere],
    [404, ({ client }) => ({ client_key: client, result_key: unknown, user_id: 'person' })],
    [412, ({ client, foreign }) => ({ client_key: client, result_key: foreign, user_id: 'person' })],
    [412, ({ poor, loose }) => ({ client_key: poor, result_key: loose, user_id: 'new' })],
  ],
  [`${v3}/result/get`]: reports('result_key', ['json', 'html', 'pdf']),
  [`${v3}/answers/get`]: [
    [200, ({ client, mine }) => ({ client_key: client, result_key: mine })],
    [400, ({ mine }) => ({ result_key: mine })],
    [403, ({ client, mine }) => ({ client_key: client, result_key: mine }), elsewhere],
    [404, ({ client, free }) => ({ client_key: client, result_key: free })],
  ],
  [`${v3}/client/authenticate-by-token`]: [
    [200, ({ client }) => ({ token: client })],
    [400, () => ({})],
    [401, () => ({ token: 'nobody' })],
    [403, ({ client }) => ({ token: client }), elsewhere],
  ],
};

/** Every endpoint with each of its statuses. */
export const restCases: readonly RestCase[] = Object.entries(cases).flatMap(([path, ofPath]) =>
  ofPath.map(([status, parameters, headers]) => ({ path, status, parameters, headers })));
