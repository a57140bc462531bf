import { request } from 'node:http';
import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type RawAnswer, sendRaw } from '../../setup/raw-request.js';
import { expectRefused, expectTold, expectUnharmed, PATH, posted, SLUG } from '../../setup/refused-requests.js';
import { rejections } from '../../setup/rejections.js';
import { startTestServer, type TestServer } from '../../setup/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(async () => {
  await expectUnharmed(server);
  await server.close();
});

const MEBIBYTE = 1_048_576;
const LIMIT = MEBIBYTE;
const TOO_LARGE = /The request body has (\d+|too many) bytes, at most \d+ are read\./;
const json = { 'content-type': 'application/json' };

/** What was answered, and how many bytes the sender had got rid of by then. */
interface Cut {
  readonly answer: RawAnswer;
  readonly sent: number;
}

/** Sends pieces for as long as they are wanted, up to 10 MB, and stops at the answer. */
function pour(headers: Readonly<Record<string, string>>): Promise<Cut> {
  const piece = Buffer.alloc(64 * 1_024, ' ');
  return new Promise((resolve, reject) => {
    let sent = 0;
    const sending = request(server.url, { method: 'POST', headers: { ...json, ...headers } }, (response) => {
      const at = sent;
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part)).on('end', () => {
        sending.destroy();
        resolve({ sent: at, answer: { status: response.statusCode!, headers: response.headers, text: Buffer.concat(parts).toString() } });
      });
    });
    const next = (): void => {
      if (sent >= 10 * MEBIBYTE || sending.destroyed) return;
      sent += piece.length;
      // The next piece is sent when this one has gone, and the answer had its chance to come.
      sending.write(piece, () => setImmediate(next));
    };
    sending.on('error', (error) => (sending.destroyed ? undefined : reject(error)));
    next();
  });
}

describe('a body that is for nobody', () => {
  it.each([
    ['POST', '/nowhere', 404], ['POST', '/healthz', 404], ['OPTIONS', '/tests/api/v1/save/free/', 204], ['DELETE', '/tests/api/v1/save/free/', 405],
  ])('is not looked at: %s %s', async (method, path, status) => {
    for (const body of ['{', Buffer.alloc(5_000_000, ' ')]) {
      expect((await sendRaw(server.url, { method, path, headers: { 'content-type': 'application/json' }, body })).status).toBe(status);
    }
  });
});

describe('a body of 10 MB', () => {
  it('is refused at once where it says its length, and the connection with it', async () => {
    const before = await rejections(server, 'body_size');
    const { answer, sent } = await pour({ 'content-length': String(10 * MEBIBYTE) });
    expectTold(answer, 413, TOO_LARGE);
    expect(answer.headers.connection).toBe('close');
    expect(sent).toBeLessThan(5 * MEBIBYTE);
    expect(await rejections(server, 'body_size')).toBe(before + 1);
  });

  it('is refused before it has arrived where it does not', async () => {
    const before = await rejections(server, 'body_size');
    const { answer, sent } = await pour({ 'transfer-encoding': 'chunked' });
    expectTold(answer, 413, TOO_LARGE);
    expect(answer.headers.connection).toBe('close');
    expect(sent).toBeLessThan(8 * MEBIBYTE);
    expect(await rejections(server, 'body_size')).toBe(before + 1);
  });

  it.each(['application/json', 'application/json; charset=utf-8'])('is refused when all of it is sent nevertheless: %s', async (type) => {
    const body = JSON.stringify({ query: SLUG, variables: { text: 'x'.repeat(2 * MEBIBYTE) } });
    await expectRefused(server, posted(body, { 'content-type': type }), { status: 413, reason: 'body_size', message: TOO_LARGE });
  });

  it('is let in up to the limit, to the byte', async () => {
    const body = (length: number): string => JSON.stringify({ query: SLUG }).padEnd(length);
    const { status } = await fetch(server.url, { method: 'POST', headers: json, body: body(LIMIT) });
    expect(status).toBe(200);
    await expectRefused(server, posted(body(LIMIT + 1)), { status: 413, reason: 'body_size', message: TOO_LARGE });
  });
});

describe('a body that grows when it is unpacked', () => {
  const bomb = Buffer.from(JSON.stringify({ query: SLUG, variables: { text: ' '.repeat(20 * MEBIBYTE) } }));
  it.each([
    ['gzip', gzipSync(bomb)], ['deflate', deflateSync(bomb)], ['br', brotliCompressSync(bomb, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })],
    ['gzip, gzip', gzipSync(gzipSync(bomb))], ['GZIP', gzipSync(bomb)], ['zstd', Buffer.from('(\xb5/\xfd', 'latin1')], ['x-unknown', Buffer.from('?')],
  ])('is refused packed as it is: %s', async (encoding, body) => {
    const answer = await expectRefused(server, posted(body, { 'content-encoding': encoding }), {
      status: 415, reason: 'media_type', message: /without a content-encoding/,
    });
    expect(answer.headers['accept-encoding']).toBe('identity');
  });

  it('is not guessed at by what it looks like', async () => {
    await expectRefused(server, posted(gzipSync(bomb)), { status: 400, reason: 'malformed', message: /no valid UTF-8/ });
  });

  it('may say that it is not packed', async () => {
    const body = JSON.stringify({ query: SLUG });
    const answer = await fetch(server.url, { method: 'POST', headers: { ...json, 'content-encoding': 'identity' }, body });
    expect(await answer.json()).toMatchObject({ data: { test: { slug: 'free' } } });
  });

  it('is refused at the address of a query too', async () => {
    const headers = { 'content-encoding': 'gzip' };
    await expectRefused(server, { path: `${PATH}?query={__typename}`, headers }, { status: 415, reason: 'media_type', message: /content-encoding/ });
  });
});
