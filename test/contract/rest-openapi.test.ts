import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { v1 } from '../../src/http/rest/v1/index.js';
import { v2 } from '../../src/http/rest/v2/index.js';
import { v3 } from '../../src/http/rest/v3/index.js';
import { type Json, startTestServer, type TestServer } from '../setup/test-server.js';
import { type RestCase, restCases, type RestWorld, restWorld, UNREACHED } from './rest-cases.js';

const BODY_LIMIT = 8_192;

const described: Json = JSON.parse(readFileSync(new URL('../../docs/rest.openapi.json', import.meta.url), 'utf8'));
const endpoints = [...v1, ...v2, ...v3];
/** Every operation by its method and path, such as `get /partner/api/v3/result/get`. */
const operations = new Map<string, Json>(Object.entries<Json>(described.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => [`${method} ${path}`, operation] as const)));

const ajv = new Ajv2020({ strict: false, formats: { uuid: /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/ } });

let server: TestServer;
let world: RestWorld;
beforeAll(async () => {
  server = await startTestServer({ BODY_LIMIT: String(BODY_LIMIT) });
  world = await restWorld(server);
});
afterAll(() => server.close());

describe('the description of the REST API', () => {
  it('is served as it is committed', async () => {
    const response = await fetch(new URL('/docs/rest/json', server.url));
    expect([response.status, await response.json()]).toEqual([200, described]);
  });

  it('is OpenAPI 3.1 whose references all lead somewhere', async () => {
    const validator = new Validator();
    expect(await validator.validate(structuredClone(described))).toEqual({ valid: true });
    expect(validator.version).toBe('3.1');
    const names = JSON.stringify(described).match(/(?<="#\/components\/schemas\/)[^"]+/g)!;
    expect([...new Set(names)].sort()).toEqual(Object.keys(described.components.schemas).sort());
  });

  it('has every endpoint, by GET and POST, and nothing else', () => {
    const expected = endpoints.flatMap(({ methods, path }) =>
      methods.filter((method) => method !== 'PUT').map((method) => `${method.toLowerCase()} ${braced(path)}`));
    expect(expected.length).toBeGreaterThan(20);
    expect([...operations.keys()].sort()).toEqual(expected.sort());
    expect(new Set([...operations.values()].map(({ operationId }) => operationId)).size).toBe(expected.length);
  });

  it.each(endpoints.map((endpoint) => [`${endpoint.version} ${endpoint.name}`, endpoint] as const))(
    'tells all parameters of %s, and which have to be there', (_name, { path, parameters, version }) => {
      const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name);
      const required = Object.keys(parameters).filter((name) => parameters[name]!.required);
      const { get, post } = described.paths[braced(path)];
      for (const operation of [get, post].filter(Boolean)) {
        expect([operation.tags, operation.deprecated ?? false]).toEqual([[version], version !== 'v3']);
        expect(named(operation, 'path')).toEqual(inPath);
      }
      if (get) {
        expect(named(get, 'query')).toEqual(Object.keys(parameters));
        expect(named(get, 'query', true)).toEqual(required);
      }
      const contents = Object.entries<Json>(post?.requestBody.content ?? {});
      expect(contents.length).toBe(post ? 3 : 0);
      for (const [, { schema }] of contents) {
        expect([Object.keys(schema.properties), schema.required]).toEqual([Object.keys(parameters), required]);
      }
    });

  it('is closed: an answer has no member that is not described, and every member is explained', () => {
    const { Progress: _, ...schemas } = described.components.schemas;
    const inline = [...operations.values()].flatMap(({ responses }) => Object.values<Json>(responses))
      .flatMap(({ content }) => Object.values<Json>(content ?? {})).map(({ schema }) => schema);
    const objects = [...Object.values<Json>(schemas), ...inline].flatMap(objectsIn);
    expect(objects.length).toBeGreaterThan(20);
    expect(objects.filter((schema) => schema.additionalProperties !== false)).toEqual([]);
    const members = objects.flatMap(({ properties }) => Object.entries<Json>(properties));
    expect(members.filter(([, schema]) => !schema.description && !schema.$ref)).toEqual([]);
  });
});

describe('the REST API', () => {
  it('saves the answers that the description gives as an example, as soon as it is tried out', async () => {
    const { test, progress } = operations.get('post /partner/api/v3/progress/save').requestBody.content['application/json'].schema.properties;
    const answers = described.components.schemas[progress.allOf[0].$ref.split('/').at(-1)].examples[0];
    const body = JSON.stringify({ test: test.examples[0], progress: answers });
    expect((await fetch(new URL('/partner/api/v3/progress/save', server.url), { method: 'POST', body })).status).toBe(200);
  });

  it.each([...operations.keys()])('answers as it is described, with every status that is: %s', async (operation) => {
    const calls = [...restCases, tooLarge(operation), tooLong(operation), ofNoType(operation)].flatMap((given) => waysTo(operation).map((way) => ({ ...given, way })))
      // Only what is read is asked for anew.
      .filter(({ path, status, way }) => operation.endsWith(` ${path}`) && (status !== 304 || way === 'query'));
    for (const call of calls) await expectDescribed(await send(call), operation, call.status);
    const { responses } = operations.get(operation);
    const reached = Object.keys(responses).filter((status) => !UNREACHED.includes(status));
    expect(new Set(calls.map(({ status }) => String(status)))).toEqual(new Set(reached));
  });

  const withBody = [...operations.keys()].filter((operation) => operation.startsWith('post '));
  it.each(withBody)('is called as it is described: %s', (operation) => {
    const { schema } = operations.get(operation).requestBody.content['application/json'];
    const fits = ajv.compile({ ...schema, components: described.components });
    const calls = restCases.filter(({ path, status }) => status === 200 && operation.endsWith(` ${path}`));
    expect(calls.length).toBeGreaterThan(0);
    for (const { parameters } of calls) expect([fits(parameters(world)), fits.errors]).toEqual([true, null]);
  });
});

/** Where the parameters of a call are sent. */
type Way = 'query' | 'form' | 'json';

function waysTo(operation: string): readonly Way[] {
  return operation.startsWith('get ') ? ['query'] : ['form', 'json'];
}

/** A call whose body nobody reads; an operation without a body has none. */
function tooLarge(operation: string): RestCase {
  const [method, path] = operation.split(' ') as [string, string];
  const parameters = () => ({ test: 'free', number: '1', more: 'x'.repeat(BODY_LIMIT) });
  return { path: method === 'post' ? path : '', status: 413, parameters };
}

/** A call whose name in the address is nobody's; an operation without a name in its address has none. */
function tooLong(operation: string): RestCase {
  const [, path] = operation.split(' ') as [string, string];
  const parameters = () => ({ test: 'x'.repeat(200), number: '1'.repeat(200) });
  return { path: path.includes('{') ? path : '', status: 414, parameters };
}

/** A call whose body is of a type that is none. */
function ofNoType(operation: string): RestCase {
  const [method, path] = operation.split(' ') as [string, string];
  return { path: method === 'post' ? path : '', status: 415, parameters: () => ({ test: 'free', number: '1' }), headers: { 'content-type': 'x' } };
}

function send({ way, path, parameters, headers }: RestCase & { readonly way: Way }): Promise<Response> {
  const all = parameters(world);
  const inPath = Object.keys(all).filter((key) => path.includes(`{${key}}`));
  const address = inPath.reduce((text, key) => text.replace(`{${key}}`, String(all[key])), path);
  const sent = Object.fromEntries(Object.entries(all).filter(([key]) => !inPath.includes(key)));
  if (way === 'query') return fetch(new URL(`${address}?${formOf(sent)}`, server.url), { headers: { ...headers } });
  const body = way === 'form' ? formOf(sent) : JSON.stringify(sent);
  const type = way === 'form' ? {} : { 'content-type': 'application/json' };
  return fetch(new URL(address, server.url), { method: 'POST', body, headers: { ...type, ...headers } });
}

/** Parameters as a form, answers in brackets. */
function formOf(parameters: Readonly<Record<string, string | object>>): URLSearchParams {
  return new URLSearchParams(Object.entries(parameters).flatMap(([name, value]) => (typeof value === 'string'
    ? [[name, value]] : Object.entries(value).map(([key, text]) => [`${name}[${key}]`, String(text)]))));
}

/** Whether an answer has the status that is expected, and is what the description says of it. */
async function expectDescribed(response: Response, operation: string, status: number): Promise<void> {
  const bytes = Buffer.from(await response.arrayBuffer());
  expect([response.status, response.url]).toEqual([status, response.url]);
  const { content } = operations.get(operation).responses[status];
  if (!content) return expect(bytes.length).toBe(0);
  const type = response.headers.get('content-type')!.split(';', 1)[0]!;
  expect(Object.keys(content)).toContain(type);
  if (type === 'application/pdf') return expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
  const answer = type === 'application/json' ? JSON.parse(bytes.toString()) : bytes.toString();
  const fits = ajv.compile({ ...content[type].schema, components: described.components });
  expect([fits(answer), fits.errors, answer]).toEqual([true, null, answer]);
  if (status >= 400) expect(answer.error.code).toBe(status);
}

function named({ parameters }: Json, place: string, required = false): string[] {
  return parameters.filter((parameter: Json) => parameter.in === place && (!required || parameter.required))
    .map((parameter: Json) => parameter.name);
}

/** A path as OpenAPI writes it. */
function braced(path: string): string {
  return path.replace(/:(\w+)(?:\([^)]*\))?/g, '{$1}');
}

function objectsIn(schema: Json): Json[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return [...(schema.properties ? [schema] : []), ...Object.values(schema).flatMap(objectsIn)];
}
