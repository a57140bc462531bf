import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sendRaw } from '../../setup/raw-request.js';
import { expectRefused, expectUnharmed, malformed, posted, SLUG } from '../../setup/refused-requests.js';
import { startTestServer, type TestServer } from '../../setup/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(async () => {
  await expectUnharmed(server);
  await server.close();
});

const NO_JSON = /no valid JSON/;
const MEBIBYTE = 1_048_576;
const quoted = JSON.stringify(SLUG);
/** A request whose variable is nested as deep as a body can be. */
const nested = (variable: string): string => `{"query":${quoted},"variables":{"input":${variable}}}`;
const deep = '['.repeat(250_000) + ']'.repeat(250_000);

describe('JSON that is none', () => {
  it.each([
    ['cut off', '{"query":', NO_JSON],
    ['nothing', '', /empty/],
    ['blanks', ' \n\t ', NO_JSON],
    ['a million brackets', '['.repeat(MEBIBYTE - 1), NO_JSON],
    ['a million braces', '{"a":'.repeat(200_000), NO_JSON],
    ['a comment', `{"query":${quoted}} // more`, NO_JSON],
    ['single quotes', `{'query':'{__typename}'}`, NO_JSON],
    ['no quotes', '{query:"{__typename}"}', NO_JSON],
    ['a comma too many', `{"query":${quoted},}`, NO_JSON],
    ['two documents', `{"query":${quoted}}{"query":${quoted}}`, NO_JSON],
    ['a number that is none', `{"query":${quoted},"variables":{"x":NaN}}`, NO_JSON],
    ['a line break in a text', '{"query":"{\n__typename}"}', NO_JSON],
    ['a zero byte', `{"query":${quoted}}\0`, NO_JSON],
    ['a form', 'query=%7B__typename%7D', NO_JSON],
    ['a multipart form', '--x\r\nContent-Disposition: form-data; name="query"\r\n\r\n{__typename}\r\n--x--', NO_JSON],
    ['a key that poisons prototypes', `{"query":${quoted},"__proto__":{"admin":true}}`, NO_JSON],
    ['such a key written otherwise', `{"query":${quoted},"\\u005f_proto__":{"admin":true}}`, NO_JSON],
    ['such a key in variables', nested('{"__proto__":{"admin":true}}'), NO_JSON],
    ['a constructor that poisons prototypes', nested('{"constructor":{"prototype":{"admin":true}}}'), NO_JSON],
  ])('is refused with what to do, and counted: %s', async (_what, body, message) => {
    await expectRefused(server, posted(body), malformed(message));
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  it.each([
    ['a byte that begins nothing', Buffer.concat([Buffer.from('{"query":"{__typename} #'), Buffer.from([0xff]), Buffer.from('"}')])],
    ['a letter written too long', Buffer.concat([Buffer.from('{"query":"{__typename} #'), Buffer.from([0xc1, 0xa1]), Buffer.from('"}')])],
    ['half of a letter', Buffer.concat([Buffer.from('{"query":"{__typename} #'), Buffer.from([0xd0]), Buffer.from('"}')])],
    ['a surrogate in bytes', Buffer.concat([Buffer.from('{"query":"{__typename} #'), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from('"}')])],
    ['UTF-16', Buffer.from(`\ufeff{"query":${quoted}}`, 'utf16le')],
  ])('is refused when it is no UTF-8, and no letter is made up: %s', async (_what, body) => {
    await expectRefused(server, posted(body), malformed(/no valid UTF-8/));
  });

  it.each([
    ['null', 'null'], ['a number', '1e400'], ['a text', quoted], ['a truth', 'true'], ['an empty object', '{}'],
  ])('is refused when it is no object: %s', async (_what, body) => {
    await expectRefused(server, posted(body), malformed(/POST body missing|no keys/));
  });
});

describe('JSON that is odd', () => {
  it.each([
    ['a mark of the byte order', `\ufeff{"query":${quoted}}`],
    ['the same key twice, of which the last counts', `{"query":"{ nothing }","query":${quoted}}`],
    ['keys that nobody knows', `{"query":${quoted},"constructor":1,"toString":null,"length":-1}`],
    ['numbers out of range', nested('[1e999,-1e999,1e-999,123456789012345678901234567890]')],
    ['half a letter as an escape', `{"query":${quoted},"variables":{"\\ud800":"\\udfff"}}`],
  ])('is read as JSON is: %s', async (_what, body) => {
    const { status, text } = await sendRaw(server.url, posted(body));
    expect({ status, json: JSON.parse(text) }).toMatchObject({ status: 200, json: { data: { test: { slug: 'free' } } } });
  });

  it.each([
    ['a number out of range for a whole one', 'query ($input: Int!) { tests(first: $input) { nodes { slug } } }', '1e999'],
    ['a number beyond 32 bits', 'query ($input: Int!) { tests(first: $input) { nodes { slug } } }', '2147483648'],
    ['half a letter for a UUID', 'query ($input: UUID!) { result(key: $input) { key } }', '"\\ud800"'],
  ])('is told as wrong input where a variable takes it: %s', async (_what, query, variable) => {
    const { status, text } = await sendRaw(server.url, posted(`{"query":${JSON.stringify(query)},"variables":{"input":${variable}}}`));
    const { errors } = JSON.parse(text);
    expect({ status, errors }).toMatchObject({ status: 200, errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
    expect(text.length).toBeLessThan(3_000);
  });

  it.each([
    ['that nobody asked for', SLUG],
    ['for a text', 'query ($input: String!) { test(slug: $input) { slug } }'],
    ['for an input', 'mutation ($input: SaveProgressInput!) { saveProgress(input: $input) { __typename } }'],
  ])('is refused for its depth where a variable is nested 250,000 deep %s', async (_what, query) => {
    const { status, text } = await sendRaw(server.url, posted(`{"query":${JSON.stringify(query)},"variables":{"input":${deep}}}`));
    expect({ status, errors: JSON.parse(text).errors }).toMatchObject({
      status: 400, errors: [{ extensions: { code: 'QUERY_TOO_COMPLEX', reason: 'depth' } }],
    });
    expect(text.length).toBeLessThan(3_000);
  });

  it('registers no user whose id is half a letter', async () => {
    const client = await server.client();
    const query = 'mutation ($id: String!) { registerUser(input: { userId: $id }) { ... on RegisterUserSuccess { user { externalId } } } }';
    const body = `{"query":${JSON.stringify(query)},"variables":{"id":"a\\ud800"}}`;
    const { status, text } = await sendRaw(server.url, posted(body, { authorization: `Bearer ${client.key}` }));
    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
    expect(await server.holdings(client)).toMatchObject({ users: 0, counter: 0 });
  });
});
