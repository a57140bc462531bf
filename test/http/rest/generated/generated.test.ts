import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { suspendClient } from '../../../../src/clients/index.js';
import { type RawAnswer, type RawRequest, sendRaw } from '../../../setup/raw-request.js';
import { userOf } from '../../../setup/registered-user.js';
import { startTestServer, type TestClient, type TestServer } from '../../../setup/test-server.js';
import { endpoints, plan, type Plan } from './plans.js';
import { BODY_LIMIT, type SettledPlan, settledPlan, type World, writtenRequest } from './written-request.js';

const REQUESTS = 5_000;
/** So many are under way at once. */
const LANES = 5;
const SEED = 20_261_122;
const PREPAID_LIMIT = 8;
/** At least so many requests to each endpoint have to be served. */
const SERVED_OF_EACH = 5;

let server: TestServer;
let clients: readonly TestClient[];
let world: World;

/** What answers with 200 say that there has to be. */
const told = {
  answers: 0,
  statuses: new Map<number, number>(),
  /** How many of each endpoint. */
  endpoints: new Map<string, number>(),
  saved: new Set<string>(),
  userKeys: new Set<string>(),
  /** Every external id of a request that may have registered it; a form holds no half characters. */
  people: new Set<string>(),
  /** For each attach the results that it may have attached. */
  attached: [] as (readonly string[])[],
};

beforeAll(async () => {
  server = await startTestServer({ BODY_LIMIT: String(BODY_LIMIT) });
  clients = [
    await server.client({ payment: 'postpaid', origins: ['https://school.ru'] }),
    await server.client({ licenseLimit: PREPAID_LIMIT }),
    await server.client({ payment: 'postpaid', licensePolicy: 'one-test-and-bonus' }),
    await server.client({ payment: 'postpaid', slug: 'suspended' }),
  ];
  world = { results: [], users: [], clients: clients.map(({ key }) => key) };
  for (const test of ['free', 'paid', 'bonus']) {
    for (const client of clients) {
      const attached = await server.save(test);
      world.results.push(attached, await server.save(test));
      expect(await client.attach(attached, `earlier ${test}`)).toMatchObject({ __typename: 'AttachResultSuccess' });
      told.attached.push([attached]);
      told.people.add(`earlier ${test}`);
      world.users.push((await userOf(server, client, `earlier ${test}`)).id);
    }
  }
  for (const key of world.results) told.saved.add(key);
  await suspendClient(server.app.services.database, 'suspended');
});
afterAll(() => server.close());

/** What no answer may show: how the server is made. */
const INTERNALS = new RegExp([
  'node_modules', '\\.[jt]s:\\d', '\\bat \\S+ \\(', 'Cannot read prop', 'is not a function', 'FST_ERR',
  'duplicate key', 'violates', 'invalid input syntax', 'invalid byte sequence', 'relation "',
].join('|'));

/** What is wrong with an answer; null when nothing is. */
function faultOf({ method }: RawRequest, asksForPdf: boolean, { status, headers, text }: RawAnswer): string | null {
  if (status >= 500 && !(status === 503 && asksForPdf)) return 'the server failed';
  if (headers['access-control-allow-credentials'] !== undefined) return 'credentials are let through';
  if (!/^[\da-f-]{36}$/.test(String(headers['x-request-id']))) return 'no request id';
  if (method === 'HEAD' || status === 304 || status === 204) return text === '' ? null : 'a body where there is none';
  const type = String(headers['content-type']);
  if (status === 200) return /^(?:application\/(?:json|pdf)|text\/html)\b/.test(type) && text !== '' ? null : `something of type ${type}`;
  if (!type.startsWith('application/json')) return `an error of type ${type}`;
  const { error, ...others } = JSON.parse(text);
  const { code, message, ...more } = error;
  if (code !== status || typeof message !== 'string' || Object.keys({ ...others, ...more }).length > 0) return 'an error of another shape';
  if (message === '' || message.length > 1_000) return `a message of ${message.length} characters`;
  return INTERNALS.test(message) ? 'a message about the inside of the server' : null;
}

/** Notes what an answer with 200 says. */
function note({ endpoint, parameters }: SettledPlan, text: string): void {
  const sent = (name: string, as: 'value' | 'meant'): string[] =>
    parameters.flatMap((each) => (each.name === name && typeof each[as] !== 'object' ? [String(each[as])] : []));
  const register = (): void => sent('user_id', 'value').forEach((id) => told.people.add(id).add(id.toWellFormed()));
  told.endpoints.set(endpoint, (told.endpoints.get(endpoint) ?? 0) + 1);
  switch (endpoint) {
    case 'v1 save':
    case 'v2 progress/save':
    case 'v3 progress/save': {
      const { key, result_key = key } = JSON.parse(text);
      told.saved.add(result_key);
      world.results.push(result_key);
      if (endpoint === 'v2 progress/save') told.attached.push([result_key]);
      return;
    }
    case 'v2 user/register': {
      const { user_key } = JSON.parse(text);
      told.userKeys.add(user_key);
      world.users.push(user_key);
      return register();
    }
    case 'v2 result/attach':
    case 'v3 result/attach': {
      told.attached.push(sent('result_key', 'meant'));
      return register();
    }
    default:
  }
}

async function sendPlan(unsettled: Plan): Promise<void> {
  const one = settledPlan(unsettled, world);
  const request = writtenRequest(one);
  const answer = await sendRaw(server.url, request);
  const fault = faultOf(request, one.parameters.some(({ value }) => value === 'pdf'), answer);
  if (fault) throw new Error(`${fault}: ${JSON.stringify({ request, answer }).slice(0, 5_000)}`);
  told.answers += 1;
  told.statuses.set(answer.status, (told.statuses.get(answer.status) ?? 0) + 1);
  if (answer.status === 200 && one.method !== 'HEAD') note(one, answer.text);
}

describe(`${REQUESTS} generated requests`, () => {
  it('are each answered as documented, whatever is sent', async () => {
    const lanes = await Promise.allSettled(Array.from({ length: LANES }, (_, lane) =>
      fc.assert(fc.asyncProperty(plan, sendPlan), { numRuns: REQUESTS / LANES, seed: SEED + lane, includeErrorInReport: true })));
    expect(lanes.flatMap((lane) => (lane.status === 'rejected' ? [String(lane.reason)] : []))).toEqual([]);
  });

  it('are no mere noise: every endpoint served some, and every refusal was met', () => {
    expect(told.answers).toBeGreaterThanOrEqual(REQUESTS);
    expect(told.statuses.get(200)).toBeGreaterThan(REQUESTS / 5);
    expect([...endpoints.keys()].filter((name) => (told.endpoints.get(name) ?? 0) < SERVED_OF_EACH)).toEqual([]);
    expect([...told.statuses.keys()]).toEqual(expect.arrayContaining([204, 304, 400, 401, 403, 404, 405, 412, 413, 414, 415]));
  });

  it('leave as many users as licenses as are counted, by the day too, and none beyond a limit', async () => {
    for (const client of clients) {
      const { users, licenses, counter } = await server.holdings(client);
      const [row] = await server.sql('select sum(issued)::int as days from license_usage_day where client_id = $1', [client.id]);
      expect({ users, licenses, ...row }).toEqual({ users: counter, licenses: counter, days: counter });
      expect(counter).toBeGreaterThan(0);
    }
    expect(await server.holdings(clients[1]!)).toMatchObject({ counter: PREPAID_LIMIT });
  });

  it('leave the results that were answered for and no others', async () => {
    const stored = await server.sql<{ id: string }>('select id from result');
    expect(stored.map(({ id }) => id).sort()).toEqual([...told.saved].sort());
  });

  it('leave those results attached whose attachment was answered for, to users of one client', async () => {
    const stored = await server.sql<{ id: string; user: string | null }>(`
      select r.id, u.id as user from result r left join client_user u on u.client_id = r.client_id and u.id = r.user_id
       where coalesce(r.client_id, r.user_id) is not null or r.attached_at is not null`);
    const attached = new Set(stored.map(({ id }) => id));
    const answered = new Set(told.attached.flat());
    expect(stored.filter(({ id, user }) => user === null || !answered.has(id))).toEqual([]);
    expect(told.attached.filter((those) => !those.some((id) => attached.has(id)))).toEqual([]);
  });

  it('leave nobody registered whose registration was not answered for', async () => {
    const users = await server.sql<{ id: string; person: string }>('select id, external_id as person from client_user');
    expect(users.map(({ person }) => person).filter((person) => !told.people.has(person))).toEqual([]);
    expect([...told.userKeys].filter((key) => !users.some(({ id }) => id === key))).toEqual([]);
  });
});
