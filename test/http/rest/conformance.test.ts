import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { shortKey } from '../../setup/base58.js';
import { cleanUp, runCli } from '../../setup/processes.js';
import { quizFiles } from '../../setup/quizzes.js';
import { type RestCaller, restCaller, type RestParameters } from '../../setup/rest-calls.js';
import { type Json, startTestServer, type TestServer } from '../../setup/test-server.js';

/** A request, and what is answered; in texts of the request `${id}` is what the case of that id gave. */
interface Case extends RestParameters {
  readonly id: string;
  readonly ask: string;
  readonly status: number;
  /** The message of the error. */
  readonly message?: string;
  /** The member of the answer that is a new key. */
  readonly gives?: string;
  readonly answer?: Json;
  /** The name of a report. */
  readonly report?: string;
}

const { reports, cases } = JSON.parse(readFileSync(new URL('fixtures/cases.json', import.meta.url), 'utf8')) as {
  readonly reports: Readonly<Record<string, Json>>;
  readonly cases: readonly Case[];
};

const UUID_V7 = /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
const FULL = 10;

let server: TestServer;
let call: RestCaller;
/** What the cases gave. */
const given = new Map<string, string>();

beforeAll(async () => {
  server = await startTestServer();
  call = restCaller(server);
  await run('client', 'create', ...client('Postpaid 1'), '--payment', 'postpaid');
  await run('client', 'create', ...client('Postpaid 2'), '--payment', 'postpaid');
  await run('client', 'create', ...client('Single prepaid'), '--payment', 'prepaid', '--license-limit', '1');
  await run('client', 'create', ...client('Full prepaid'), '--payment', 'prepaid', '--license-limit', String(FULL));
  for (const { folder, meta } of quizFiles) await run('test', 'import', folder, '--meta', meta);
  await server.app.services.catalogue.refresh();
  for (let user = 1; user <= FULL; user += 1) {
    const query = { client: 'key-of-full-prepaid', user_id: `user ${user}` };
    expect(await call('GET /partner/api/v2/user/register', { query })).toMatchObject({ status: 200 });
  }
});
afterAll(async () => {
  await cleanUp();
  await server.close();
});

async function run(...args: readonly string[]): Promise<void> {
  expect(await runCli(args, { DATABASE_URL: server.databaseUrl })).toMatchObject({ code: 0, stderr: '' });
}

function client(name: string): string[] {
  const slug = name.toLowerCase().replace(' ', '-');
  return ['--name', name, '--slug', slug, '--key', `key-of-${slug}`, '--license-policy', 'unlimited'];
}

describe('a partner who knows the platform is answered as there', () => {
  it.each(cases)('$id', async ({ id, ask, status, message, gives, answer, report, ...parameters }) => {
    const { json, ...response } = await call(ask, filledIn(parameters));
    expect({ status: response.status, message: json?.error?.message })
      .toEqual({ status, message: message ?? (status < 400 ? undefined : expect.any(String)) });
    if (status >= 400) expect(json).toEqual({ error: { code: status, message: expect.any(String) } });
    if (answer) expect(json).toEqual(answer);
    if (report) expect(withoutShare(json)).toEqual(reports[report]);
    if (!gives) return;
    expect(json).toEqual({ [gives]: expect.stringMatching(UUID_V7) });
    given.set(id, json[gives]).set(`${id} in base58`, shortKey(json[gives]));
  });

  it('with a key of its own for each', () => {
    expect(new Set(given.values()).size).toBe(given.size);
  });
});

function filledIn(parameters: RestParameters): RestParameters {
  return JSON.parse(JSON.stringify(parameters).replace(/\$\{(.+?)\}/g, (_, id: string) => given.get(id)!)) as RestParameters;
}

/** A report without the share of a group in the whole, which the platform left to do. */
function withoutShare(report: Json): Json {
  return JSON.parse(JSON.stringify(report, (key, value: unknown) => (key === 'SCALE_OF_ALL' ? undefined : value)));
}
