import { describe, expect, it } from '@jest/globals';
import { readBody } from '../../../src/http/rest/body.js';
import { PARAMETER_LIMIT } from '../../../src/http/rest/tree.js';

const FORM = 'application/x-www-form-urlencoded';
const MULTIPART = 'multipart/form-data; boundary=b';
const EMPTY = '{"form":{},"json":{},"brokenJson":false}';

const formOf = (json: string): string => EMPTY.replace('"form":{}', `"form":${json}`);
const jsonOf = (json: string): string => EMPTY.replace('"json":{}', `"json":${json}`);
const BROKEN = EMPTY.replace('false', 'true');

function multipart(...fields: readonly (readonly [name: string, value: string])[]): string {
  const parts = fields.map(([name, value]) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`);
  return `${parts.join('')}--b--\r\n`;
}

describe('a body', () => {
  it.each<[type: string | undefined, text: string, expected: string]>([
    [FORM, 'a=1&b[]=x', formOf('{"a":"1","b":{"0":"x"}}')],
    [FORM, '', EMPTY],
    ['Application/X-WWW-Form-Urlencoded; charset=UTF-8', 'a=1', formOf('{"a":"1"}')],
    [FORM, 'я=ё', formOf('{"я":"ё"}')],
    [FORM, '{"a":1}', jsonOf('{"a":1}')],
    [FORM, ' \n[1]', EMPTY],
    [FORM, '{"a":', BROKEN],
    [MULTIPART, multipart(['a', '1'], ['b[0][]', 'x'], ['b[0][]', 'y']), formOf('{"a":"1","b":{"0":{"0":"x","1":"y"}}}')],
    [MULTIPART, '', EMPTY],
    [MULTIPART, multipart(['a', '1'], ['a', 'я']), formOf('{"a":"я"}')],
    [MULTIPART, multipart(['__proto__[x]', '1']), formOf('{"__proto__":{"x":"1"}}')],
    [MULTIPART.replace('multipart', 'MultiPart'), multipart(['a', '1']), formOf('{"a":"1"}')],
    [MULTIPART, multipart(), EMPTY],
    ['application/json', '{"a":[1,"x",null,{"b":true}]}', jsonOf('{"a":[1,"x",null,{"b":true}]}')],
    ['application/json; charset=utf-8', '{"__proto__":1}', jsonOf('{"__proto__":1}')],
    ['application/json', '', EMPTY],
    ['application/json', ' \r\n', EMPTY],
    ['application/json', '{"a":1', BROKEN],
    ['application/json', 'a=1', BROKEN],
    ['application/json', '\ufeff{"a":1}', BROKEN],
    ...['[["1",["a"]]]', '"a"', '1', 'true', 'null'].map((text): [string, string, string] => ['application/json', text, EMPTY]),
    ['text/plain', '{"a":1}', jsonOf('{"a":1}')],
    ['application/xml', '<a>1</a>', BROKEN],
    [undefined, '{"a":1}', jsonOf('{"a":1}')],
    [undefined, 'a=1', BROKEN],
    [undefined, '', EMPTY],
  ])('of type %s that is %j says %s', async (type, text, expected) => {
    expect(JSON.stringify(await readBody(type, Buffer.from(text)))).toBe(expected);
  });

  it.each([
    ['in another encoding', 'application/json', Buffer.from('{"a":"\xff"}', 'latin1'), /no UTF-8/],
    ['percent-encoded in another encoding', FORM, Buffer.from('a=%ff'), /no UTF-8/],
    ['compressed', 'application/json', Buffer.from('1f8b0800', 'hex'), /no UTF-8/],
    ['without its boundary', 'multipart/form-data', Buffer.from(multipart(['a', '1'])), /no valid multipart\/form-data/],
    ['with another boundary', 'multipart/form-data; boundary=c', Buffer.from(multipart(['a', '1'])), /no valid multipart\/form-data/],
    ['broken off', MULTIPART, Buffer.from(multipart(['a', '1']).slice(0, -8)), /no valid multipart\/form-data/],
    ['with a file', MULTIPART, Buffer.from(multipart(['a"; filename="x', '1'])), /^Files are not taken: send "a" as a plain field\.$/],
    ['nested too deep', FORM, Buffer.from(`a${'[]'.repeat(9)}=1`), /nested too deeply/],
  ])('%s is refused', async (_what, type, bytes, message) => {
    await expect(readBody(type, bytes)).rejects.toMatchObject({ statusCode: 400, message: expect.stringMatching(message) });
  });

  it.each<[type: string, many: (names: readonly string[]) => string]>([
    [FORM, (names) => names.map((name) => `${name}=`).join('&')],
    [MULTIPART, (names) => multipart(...names.map((name) => [name, ''] as const))],
    ['application/json', (names) => JSON.stringify(Object.fromEntries(names.map((name) => [name, ''])))],
  ])(`of type %s may have ${PARAMETER_LIMIT} parameters and no more`, async (type, many) => {
    const names = Array.from({ length: PARAMETER_LIMIT + 1 }, (_, index) => `a${index}`);
    const { form, json } = await readBody(type, Buffer.from(many(names.slice(1))));
    expect(Object.keys({ ...form, ...json })).toHaveLength(PARAMETER_LIMIT);
    await expect(readBody(type, Buffer.from(many(names)))).rejects.toMatchObject({
      statusCode: 400, message: `Too many parameters: at most ${PARAMETER_LIMIT} are read.`,
    });
  });
});
