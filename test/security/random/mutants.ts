import type { RawRequest } from '../../setup/raw-request.js';
import type { Dice } from './dice.js';
import type { Operation } from './operation.js';

/** What breaks programs. */
const oddTexts = [
  '', ' ', '\0', '\ud800', '\udfff\ud800', '\u202e', '\u2028', '🏃', 'е\u0301', '\ufeff', '%', '\'', '"', '\\', '`', '${x}',
  '{{x}}', '--', '; drop table client', '../../..', '__proto__', 'constructor', 'toString', 'null', '<script>',
  'x'.repeat(5_000), '\n', '\r\n', '-0', 'NaN', '1e999', '2026-02-30', '9999-99-99T99:99:99Z', '+275760-09-13T00:00:00Z',
  '00000000-0000-0000-0000-000000000000', 'Q2xpZW50Og==', 'KEY',
];
const oddNumbers = [0, -1, 2_147_483_647, 2_147_483_648, -2_147_483_649, 1e21, 1e308, 0.1, -0, 2 ** 53 + 2, 101];
const oddValues = [null, true, [], {}, [[]], [null], { a: { b: { c: [] } } }, ...oddTexts, ...oddNumbers];
const oddTokens = [
  '{', '}', '(', ')', '[', ']', ':', '!', '$', '@', '=', '|', '&', '...', '""', '"""', '"', '#', ',', 'on', 'query', 'mutation',
  'subscription', 'fragment', 'schema', 'true', 'null', '__typename', '__schema { types { name } }',
  '__type(name: "Client") { fields { name } }', '@include(if: true)', '@skip', '@deprecated', '@defer', '@stream', '@oneOf',
  '$v0', '$missing', '...F0', '...Missing', '... on Client', '... on Nothing', 'a: b', '-', '1e9999', '99999999999999999999',
  '0x1', '.5', ...oddTexts,
];
const types = ['String', 'Int', 'Int!', '[Int]', '[[String!]!]!', 'UUID', 'Client', 'SaveProgressInput', 'Nothing', 'ID', 'JSONObject', 'Boolean'];

const headerMutants: readonly Readonly<Record<string, string>>[] = [
  { accept: 'application/graphql-response+json' }, { accept: 'image/png' }, { accept: 'multipart/mixed; deferSpec=20220824' },
  { accept: ';;;,,,q=' }, { accept: 'text/html' }, { 'content-type': 'text/plain' },
  { 'content-type': 'application/json; charset=utf-16' }, { 'content-type': 'application/x-www-form-urlencoded' },
  { 'content-type': 'x' }, { 'content-encoding': 'gzip' }, { authorization: 'Bearer ' }, { authorization: 'Bearer \xe9' },
  { authorization: 'Bearer tdk_' }, { authorization: 'Basic eA==' }, { authorization: `Bearer ${'x'.repeat(4_000)}` },
  { authorization: 'Bearer a, Bearer b' }, { cookie: 'a=b' }, { origin: 'null' }, { 'x-forwarded-host': '"\'<>' },
  { 'x-request-id': 'x'.repeat(1_000) }, { expect: '100-continue' }, { 'if-none-match': '*' }, { range: 'bytes=0-' },
  { 'x-apollo-operation-name': '%00' },
];

/** A request made of an operation and then spoilt, as a raw one to `/graphql`. */
export function spoilt(dice: Dice, operation: Operation, key: string): RawRequest {
  const query = dice.percent(75) ? mutatedTimes(dice, operation.query) : operation.query;
  const variables = dice.percent(50) ? mutatedValue(dice, operation.variables) : operation.variables;
  const headers = {
    'content-type': 'application/json', authorization: `Bearer ${key}`, ...(dice.percent(15) ? dice.pick(headerMutants) : {}),
  };
  const body = {
    query, variables,
    ...(dice.percent(5) ? { operationName: dice.pick(oddValues) } : {}),
    ...(dice.percent(5) ? { extensions: dice.pick(oddValues) } : {}),
  };
  if (dice.percent(15)) {
    const search = Object.entries(body).map(([name, value]) =>
      `${name}=${escaped(typeof value === 'string' ? value : JSON.stringify(value))}`);
    return { path: `/graphql?${search.join('&').slice(0, 12_000)}`, headers };
  }
  const text = JSON.stringify(body);
  return { method: 'POST', path: '/graphql', headers, body: dice.percent(5) ? mutatedText(dice, text) : text };
}

function mutatedTimes(dice: Dice, text: string): string {
  return Array.from({ length: dice.from(1, 3) }).reduce<string>((mutated) => mutatedText(dice, mutated), text);
}

function mutatedText(dice: Dice, text: string): string {
  const tokens = text.split(/(\s+|[{}()[\]:!$@,]|\.\.\.)/).filter((token) => token !== '');
  if (tokens.length === 0) return dice.pick(oddTokens);
  const [at, other] = [dice.below(tokens.length), dice.below(tokens.length)];
  const token = tokens[at]!;
  switch (dice.below(9)) {
    case 0: return tokens.toSpliced(at, 1).join('');
    case 1: return tokens.toSpliced(at, 0, token, ' ', token).join('');
    case 2: return tokens.with(at, tokens[other]!).with(other, token).join('');
    case 3: return tokens.toSpliced(at, 0, ` ${dice.pick(oddTokens)} `).join('');
    case 4: return tokens.with(at, tokens[other]!).join('');
    case 5: return tokens.slice(0, at).join('');
    case 6: return text.replace(/: ([A-Z]\w*[\]!]*)/, `: ${dice.pick(types)}`);
    case 7: return text.replace(/\b\d+\b/, String(dice.pick(oddNumbers)));
    default: return text.replace(/"[^"]*"/, JSON.stringify(dice.pick(oddTexts)));
  }
}

/** The value with one place in it changed, wherever it is. */
function mutatedValue(dice: Dice, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || dice.percent(20)) return dice.pick(oddValues);
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    if (items.length === 0 || dice.percent(20)) return [...items, dice.pick(oddValues)];
    return items.with(dice.below(items.length), mutatedValue(dice, dice.pick(items)));
  }
  const entries = Object.entries(value);
  if (entries.length === 0 || dice.percent(20)) return { ...value, [dice.pick(oddTexts)]: dice.pick(oddValues) };
  const [name, inner] = dice.pick(entries);
  return { ...value, [name]: mutatedValue(dice, inner) };
}

/** As in an address; a half of a letter has no bytes of its own. */
function escaped(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
