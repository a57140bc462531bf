import fc from 'fast-check';
import type { Endpoint } from '../../../../src/http/rest/endpoint.js';
import { v1 } from '../../../../src/http/rest/v1/index.js';
import { v2 } from '../../../../src/http/rest/v2/index.js';
import { v3 } from '../../../../src/http/rest/v3/index.js';
import { good, oddProgress, oddText, oddValue, test } from './values.js';

/** A parameter of a request, and where it is sent. */
export interface Sent {
  readonly name: string;
  readonly value: unknown;
  readonly place: 'query' | 'body';
}

/** What is done to a request that is well written until then. */
export type Spoil =
  | { readonly what: 'more in the query' | 'more in the body' | 'another body' | 'another type'; readonly text: string }
  | { readonly what: 'a body that is cut off' | 'a body that is too large' | 'a body of broken bytes' };

/** A request, but for what the server knows. */
export interface Plan {
  readonly endpoint: string;
  readonly method: string;
  readonly english: boolean;
  readonly slash: boolean;
  /** What stands in the address for a test or its number. */
  readonly inPath: string;
  readonly parameters: readonly Sent[];
  readonly body: 'form' | 'multipart' | 'json';
  /** How parts of a query or form are percent-encoded. */
  readonly encoding: 'as browsers do' | 'with brackets as they are' | 'every byte';
  readonly spoils: readonly Spoil[];
  readonly headers: Readonly<Record<string, string>>;
}

/** The endpoints by version and name. */
export const endpoints: ReadonlyMap<string, Endpoint> =
  new Map([...v1, ...v2, ...v3].map((endpoint) => [`${endpoint.version} ${endpoint.name}`, endpoint]));

function parameter(name: string, place: fc.Arbitrary<Sent['place']>): fc.Arbitrary<readonly Sent[]> {
  const odd = name === 'progress' ? oddProgress : oddValue;
  const value = fc.oneof({ weight: 12, arbitrary: good[name]! }, { weight: 1, arbitrary: odd });
  const sent = fc.record({ name: fc.constant(name), value, place });
  return fc.oneof(
    { weight: 30, arbitrary: fc.tuple(sent) },
    { weight: 1, arbitrary: fc.array(sent, { minLength: 2, maxLength: 3 }) },
    { weight: 1, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.tuple(sent.map((one) => ({ ...one, name: oddName(name) }))) },
  );
}

/** A name that PHP reads as an array, or in another case. */
function oddName(name: string): string {
  return name.length % 2 ? `${name}[]` : name.toUpperCase();
}

const text = (...all: string[]): fc.Arbitrary<string> => fc.constantFrom(...all);
const moreFields = text(
  '%', '%ff', '%c0%af=1', 'a=%ed%a0%80', 'user_id=%ff', 'progress[', 'progress[[[', 'progress]=1', '[]=1', 'a[[]]b]=1', '=', '&&&', '=&=',
  'a[]', '%5B%5D=1', '__proto__[x]=1', 'constructor[prototype][x]=1', `a${'[b]'.repeat(7)}=1`, `a${'[]'.repeat(1_000)}=1`,
  '['.repeat(1_000), '&a'.repeat(5_000), 'progress[999999999][]=1&progress[]=2', `${'a'.repeat(5_000)}=1`, '%u0441', '+', '?', '#', 'a=1;b=2',
);
const otherBodies = text(
  '', ' ', '{', '[', '{}', '[]', '1', '"x"', 'null', 'true', '{"progress":}', '\ufeff{}', '[[["11",["1"]]]]', '<xml/>', '--', '--b', '--b--',
  `${'['.repeat(50_000)}${']'.repeat(50_000)}`, `${'{"progress":'.repeat(10_000)}1${'}'.repeat(10_000)}`,
  '{"progress":{"__proto__":1},"__proto__":{"test":"free"}}', '--b\r\n\r\n\r\n--b--',
  '--b\r\nContent-Disposition: form-data; name="test"; filename="x"\r\n\r\nfree\r\n--b--\r\n',
  `${'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n'.repeat(1_000)}--b--\r\n`,
);
const otherTypes = text(
  'application/json', 'application/x-www-form-urlencoded', 'multipart/form-data', 'multipart/form-data; boundary=', 'multipart/form-data; boundary=c',
  'multipart/mixed; boundary=b', 'application/xml', 'text/plain; charset=koi8-r', 'application/json; charset=utf-16', 'APPLICATION/JSON', 'garbage',
  '', '/', 'application/json, text/html', `application/${'x'.repeat(2_000)}`,
);

const spoil = fc.oneof(
  fc.record({ what: fc.constantFrom('more in the query', 'more in the body'), text: moreFields }),
  fc.record({ what: fc.constant('another body'), text: otherBodies }),
  fc.record({ what: fc.constant('another type'), text: otherTypes }),
  fc.record({ what: fc.constantFrom('a body that is cut off', 'a body that is too large', 'a body of broken bytes') }),
) as fc.Arbitrary<Spoil>;

const headers = fc.record({
  origin: text('null', 'https://evil.example', 'https://school.ru', ''),
  accept: text('text/html', 'application/pdf', '*/*;q=0', 'x'),
  'if-none-match': text('*', '"x"', 'W/"x", ,', ''),
  'content-encoding': text('gzip', 'br', 'identity', 'x'),
  'x-http-method-override': text('DELETE', 'POST'),
  'accept-language': text('en', '*', 'x'.repeat(1_000)),
  authorization: text('Bearer x', 'Basic x', ''),
}, { requiredKeys: [] });

/** One of a few, once in so many. */
function sometimes<T>(arbitrary: fc.Arbitrary<T>, otherwise: T, every: number): fc.Arbitrary<T> {
  return fc.oneof({ weight: every - 1, arbitrary: fc.constant(otherwise) }, { weight: 1, arbitrary });
}

const nameInPath = fc.oneof(
  { weight: 12, arbitrary: test }, { weight: 1, arbitrary: fc.oneof(oddText, text('unknown', '1', '0', '9'.repeat(30), '%', '%ff', '%2f')) },
);

/** Requests to all endpoints, about half of them as they should be. */
export const plan: fc.Arbitrary<Plan> = fc.constantFrom(...endpoints.values())
  .chain((endpoint) => methodOf(endpoint).chain((method) => fc.record({
    endpoint: fc.constant(`${endpoint.version} ${endpoint.name}`),
    method: fc.constant(method),
    english: fc.boolean(),
    slash: fc.boolean(),
    inPath: endpoint.path.includes(':number') ? sometimes(text('x', '-1', '1e9'), '1', 20) : nameInPath,
    parameters: parametersOf(endpoint, placeFor(method)),
    body: fc.constantFrom('form', 'multipart', 'json'),
    encoding: fc.constantFrom('as browsers do', 'with brackets as they are', 'every byte'),
    spoils: sometimes(fc.array(spoil, { minLength: 1, maxLength: 2 }), [], 4),
    headers: sometimes(headers as fc.Arbitrary<Plan['headers']>, {}, 5),
  })));

function methodOf({ methods }: Endpoint): fc.Arbitrary<string> {
  const any = fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS');
  return fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...methods) }, { weight: 1, arbitrary: any });
}

/** Nobody reads the body of a GET. */
function placeFor(method: string): fc.Arbitrary<Sent['place']> {
  return method === 'GET' ? sometimes(fc.constant('body'), 'query', 40) : fc.constantFrom('query', 'body', 'body');
}

function parametersOf({ parameters }: Endpoint, place: fc.Arbitrary<Sent['place']>): fc.Arbitrary<Sent[]> {
  return fc.tuple(...Object.keys(parameters).map((name) => parameter(name, place))).map((lists) => lists.flat());
}
