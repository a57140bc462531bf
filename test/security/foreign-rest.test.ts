import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Endpoint } from '../../src/http/rest/endpoint.js';
import { v1 } from '../../src/http/rest/v1/index.js';
import { v2 } from '../../src/http/rest/v2/index.js';
import { v3 } from '../../src/http/rest/v3/index.js';
import { tokenOf } from '../setup/access-tokens.js';
import { shortKey } from '../setup/base58.js';
import { eraseBySql } from '../setup/erase.js';
import { formText, type RawAnswer, type RawRequest, sendRaw } from '../setup/raw-request.js';
import { userOf } from '../setup/registered-user.js';
import { type Json, startTestServer, type TestClient, type TestServer } from '../setup/test-server.js';

// The calls are made from the endpoints, so that one of tomorrow is tried like those of today.
const endpoints: readonly Endpoint[] = [...v1, ...v2, ...v3];

type Parameters = Readonly<Record<string, unknown>>;

const PERSON = 'the-person-of-the-owner';
const PROGRESS = [['11', ['1']], ['3', ['2']], ['7', ['0']]];

let server: TestServer;
let owner: TestClient;
let stranger: TestClient;
/** RESULT_KEY and USER_KEY of the owner's person. */
let result: string;
let user: string;
beforeAll(async () => {
  server = await startTestServer();
  owner = await server.client({ name: 'Owner' });
  stranger = await server.client({ name: 'Stranger', licenseLimit: 1_000 });
  result = await server.save('paid');
  await owner.attach(result, PERSON);
  user = (await userOf(server, owner, PERSON)).id;
});
afterAll(() => server.close());

/** A key in each of the ways in which it may be written. */
const written = (key: string): readonly string[] => [key, key.toUpperCase(), shortKey(key)];

/** The requests that ask an endpoint the same: in both languages, by every method, in query, form and JSON. */
function requestsOf({ path, methods, changes }: Endpoint, parameters: Parameters, headers: Readonly<Record<string, string>> = {}): RawRequest[] {
  const address = path.replace(':test', 'paid').replace(/:number\([^)]*\)/, '1');
  const all = [...methods, ...(changes || !methods.includes('GET') ? [] : ['HEAD'])];
  return ['', '/en'].flatMap((language) => all.flatMap((method): RawRequest[] => {
    const [query, bare] = [`${language}${address}?${formText(parameters)}`, `${language}${address.replace(/\/$/, '')}`];
    if (method === 'GET' || method === 'HEAD') return [{ method, path: query, headers }];
    return [
      { method, path: query, headers },
      { method, path: bare, headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' }, body: formText(parameters) },
      { method, path: bare, headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(parameters) },
    ];
  }));
}

const send = (request: RawRequest): Promise<RawAnswer> => sendRaw(server.url, request);

/** Every choice of one value for each parameter. */
function choices(values: Readonly<Record<string, readonly unknown[]>>): Parameters[] {
  return Object.entries(values).reduce<Parameters[]>(
    (some, [name, all]) => some.flatMap((chosen) => all.map((value) => ({ ...chosen, [name]: value }))), [{}]);
}

/** Everything that is stored of the owner, but for when its key was used. */
async function ownersRows(): Promise<Json[]> {
  const tables = ['client_user', 'license', 'license_usage_day', 'result', 'audit_entry', 'access_token'];
  return Promise.all([
    server.sql('select * from client where id = $1', [owner.id]),
    ...tables.map((table) => server.sql(`select * from ${table} where client_id = $1 order by 1, 2`, [owner.id])),
  ]);
}

describe("what another client's is", () => {
  it('is neither told nor changed by any endpoint, whoever knows the key of its result', async () => {
    const before = await ownersRows();
    const own = (await userOf(server, stranger, 'the-person-of-the-stranger')).id;
    const values: Readonly<Record<string, readonly unknown[]>> = {
      client: [stranger.key], client_key: [stranger.key], token: [stranger.key], user_id: [PERSON],
      result_key: written(result), key: written(result), user_key: [own, result, owner.id],
      test: ['paid'], progress: [PROGRESS], format: ['json', 'html'], q: ['11'], questions: ['true'],
    };
    for (const endpoint of endpoints) {
      const taken = Object.fromEntries(Object.keys(endpoint.parameters).map((name) => [name, values[name]!]));
      for (const parameters of choices(taken)) {
        for (const request of requestsOf(endpoint, parameters)) {
          const { status, text } = await send(request);
          // What was put in may come out.
          const given = JSON.stringify(parameters);
          const leaked = ['Owner', owner.slug, owner.id, owner.key, user, PERSON].filter((mark) => text.includes(mark) && !given.includes(mark));
          expect({ request, failed: status >= 500, leaked }).toEqual({ request, failed: false, leaked: [] });
        }
      }
    }
    expect(await ownersRows()).toEqual(before);
  });

  it('is answered for like what nobody has', async () => {
    const newcomer = await server.client();
    const [unattached, token] = [await server.save('paid'), await tokenOf(owner)];
    const nobodys = randomUUID();
    const named = (name: string): Endpoint[] => endpoints.filter(({ parameters }) => Object.hasOwn(parameters, name));
    const rest: Parameters = {
      client: newcomer.key, client_key: newcomer.key, token: newcomer.key, user_id: 'person', user_key: nobodys, result_key: nobodys, key: nobodys,
      test: 'free', progress: PROGRESS, format: 'json',
    };
    const foreign: readonly (readonly [name: string, values: readonly string[], of: readonly Endpoint[]])[] = [
      // Answers are for the client whose user gave them, and no key of anything else opens them.
      ['result_key', [...written(result), ...written(unattached)], endpoints.filter(({ name }) => name === 'answers/get')],
      ...['result_key', 'key'].map((name) => [name, [user, owner.id], named(name)] as const),
      ['user_key', [result, unattached, owner.id], named('user_key')],
      ...['client', 'client_key', 'token'].map((name) => [name, [
        owner.id, owner.slug, 'Owner', owner.key.slice(0, -1), owner.key.toUpperCase(), ` ${owner.key}`, `Bearer ${owner.key}`, token,
      ], named(name)] as const),
    ];
    for (const [name, values, of] of foreign) {
      expect(of.length).toBeGreaterThan(0);
      for (const endpoint of of) {
        const [unknown] = await told(endpoint, { ...rest, [name]: nobodys }, nobodys);
        expect(unknown).toMatch(/^40[14] .*ot found/);
        for (const value of values) {
          const answers = await told(endpoint, { ...rest, [name]: value }, value);
          expect({ path: endpoint.path, value, answers }).toEqual({ path: endpoint.path, value, answers: answers.map(() => unknown) });
        }
      }
    }
    expect(await server.holdings(newcomer)).toEqual({ users: 0, licenses: 0, counter: 0, attached: 0 });
  });

  it('is as unknown to everybody once its person was erased', async () => {
    const erased = await server.save('free');
    await owner.attach(erased, 'a person to be erased');
    const key = (await userOf(server, owner, 'a person to be erased')).id;
    await eraseBySql(server, owner, 'a person to be erased');
    const parameters: Parameters = {
      client_key: owner.key, test: 'free', progress: PROGRESS, format: 'json', user_id: 'another', user_key: key, result_key: erased, key: erased,
    };
    for (const endpoint of endpoints) {
      if (!['user_key', 'key', 'result_key'].some((name) => Object.hasOwn(endpoint.parameters, name))) continue;
      for (const answer of await told(endpoint, parameters, erased)) {
        expect([endpoint.path, answer]).toEqual([endpoint.path, expect.stringMatching(/^404 .*not found/)]);
      }
    }
  });
});

/** The statuses and messages of all requests of an endpoint with a body to read, the value that they name left out. */
async function told(endpoint: Endpoint, parameters: Parameters, value: string): Promise<string[]> {
  const requests = requestsOf(endpoint, parameters).filter(({ method }) => method !== 'HEAD');
  const answers = await Promise.all(requests.map(send));
  return answers.map(({ status, text }) => `${status} ${(JSON.parse(text)).error?.message}`.replaceAll(value, '<value>'));
}

describe('the report of a paid result that nobody has', () => {
  const reports = endpoints.filter(({ name }) => ['result', 'result/get', 'answers/get'].includes(name));

  it('is told by no version, format, method, language or form of its key, to nobody', async () => {
    expect(reports.map(({ path }) => path)).toEqual([
      '/tests/api/v1/result/:number(^\\d+$)/', '/partner/api/v2/result/get', '/partner/api/v3/result/get', '/partner/api/v3/answers/get',
    ]);
    const key = await server.save('paid');
    const more = [{ format: 'json' }, { format: 'html' }, { format: 'pdf' }, {}, { user_id: PERSON, user_key: user, format: 'json' }];
    const requests = reports.flatMap((endpoint) => written(key).flatMap((one) =>
      (endpoint.takesKey ? [owner, stranger] : [stranger]).flatMap((client) => more.flatMap((others) =>
        requestsOf(endpoint, { key: one, result_key: one, client_key: client.key, ...others }, { 'if-none-match': '*' })))));
    const asked = (some: readonly RawRequest[]): Promise<(RawAnswer & { readonly request: RawRequest })[]> =>
      Promise.all(some.map(async (request) => ({ request, ...await send(request) })));
    const before = await asked(requests);
    expect(before.length).toBeGreaterThan(1_000);
    for (const { request, status, text, headers } of before) {
      // A format that the version does not know is refused for itself, and answers are unknown.
      expect([400, 403, 404]).toContain(status);
      const { etag, 'content-disposition': file, 'content-type': type } = headers;
      expect([etag, file, type]).toEqual([undefined, undefined, 'application/json; charset=utf-8']);
      if (request.method === 'HEAD') continue;
      expect(text).toMatch(/^\{"error":\{"code":\d{3},"message":"(?:Result |The required |Unsupported )[^{}]*"\}\}$/);
    }
    expect(before.filter(({ status }) => status === 403).length).toBeGreaterThan(before.length / 3);

    // The same requests are served once it is attached, and the answers to its owner. Those by POST would all print.
    await owner.attach(key, 'later');
    const after = await asked(requests.filter(({ method = 'GET' }) => method === 'GET' || method === 'HEAD'));
    expect(after.filter(({ status }) => status === 403)).toEqual([]);
    expect(after.filter(({ status }) => status === 304).length).toBeGreaterThan(after.length / 3);
    expect(after.filter(({ status, request }) => status === 200 && request.path.includes('answers')).length).toBeGreaterThan(0);
  });
});
