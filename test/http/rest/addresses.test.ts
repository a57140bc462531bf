import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startQuizServer } from '../../setup/quizzes.js';
import type { RestAnswer, RestCaller } from '../../setup/rest-calls.js';
import type { TestServer } from '../../setup/test-server.js';

let server: TestServer;
let call: RestCaller;
beforeAll(async () => {
  [server, call] = await startQuizServer();
});
afterAll(() => server.close());

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];
const READ = ['GET', 'HEAD'];
const ANY = ['GET', 'POST', 'PUT', 'HEAD'];
/** What may change something is never done by a HEAD. */
const CHANGE = ['GET', 'POST', 'PUT'];

const addresses: [path: string, methods: string[], status: number][] = [
  ['/tests/api/v1/info/basic', READ, 200],
  ['/tests/api/v1/first/basic', READ, 200],
  ['/tests/api/v1/next/basic', READ, 400],
  ['/tests/api/v1/prev/basic', READ, 400],
  ['/tests/api/v1/save/basic', CHANGE, 400],
  ['/tests/api/v1/result/1', ANY, 400],
  ['/partner/api/v2/user/register', CHANGE, 400],
  ['/partner/api/v2/progress/save', CHANGE, 400],
  ['/partner/api/v2/result/attach', CHANGE, 400],
  ['/partner/api/v2/result/get', ANY, 400],
  ['/partner/api/v3/progress/save', ['POST'], 400],
  ['/partner/api/v3/result/attach', ['POST'], 400],
  ['/partner/api/v3/result/get', ANY, 400],
  ['/partner/api/v3/answers/get', ANY, 400],
  ['/partner/api/v3/client/authenticate-by-token', ['POST'], 400],
];

describe.each(addresses)('%s', (path, methods, status) => {
  const everywhere = ['', '/en'].flatMap((language) => ['', '/'].map((slash) => `${language}${path}${slash}`));

  it('answers in both languages, with and without a slash at the end, and never by a redirect', async () => {
    for (const address of everywhere) {
      for (const method of methods) {
        const { status: answered, headers } = await call(`${method} ${address}`);
        expect([method, address, answered, headers.get('location')]).toEqual([method, address, status, null]);
      }
    }
  });

  it('answers the same with and without a slash at the end', async () => {
    const [bare, slashed] = [await call(`${methods[0]} ${path}`), await call(`${methods[0]} ${path}/`)];
    expect(bare.json).toBeDefined();
    expect(slashed.json).toEqual(bare.json);
  });

  it('tells which methods it takes', async () => {
    for (const address of everywhere) {
      for (const method of METHODS.filter((each) => !methods.includes(each))) {
        const { status: answered, headers, json } = await call(`${method} ${address}`);
        expect([method, address, answered, headers.get('allow')?.split(', ')]).toEqual([method, address, 405, methods]);
        expect(json).toEqual(method === 'HEAD' ? undefined : error(405));
      }
    }
  });
});

describe('an address that is none', () => {
  it.each([
    '/partner/api/v3/nothing', '/en/partner/api/v2/user', '/partner', '/tests/api/v1/info', '/tests/api/v1/result/basic/',
    '/tests/api/v1/info/basic/more', '/en/tests/api/v1/', '/ru/tests/api/v1/info/basic/', '/tests//api/v1/info/basic/',
  ])('is told of: %s', async (path) => {
    const answer = await call(`GET ${path}`);
    expect(answer.status).toBe(404);
    if (!path.startsWith('/ru/')) expect(answer.json).toEqual(error(404));
  });
});

describe('every error', () => {
  const told = async (answer: Promise<RestAnswer>): Promise<void> => {
    const { status, headers, json } = await answer;
    expect(json).toEqual(error(status));
    expect(headers.get('content-type')).toMatch(/^application\/json/);
    expect(headers.get('cache-control')).toBe('no-store');
  };

  it.each([400, 401, 404, 405, 412])('%s has the shape that the documents promise', async (status) => {
    const asks: Readonly<Record<number, () => Promise<RestAnswer>>> = {
      400: () => call('GET /partner/api/v2/user/register'),
      401: () => call('POST /partner/api/v3/client/authenticate-by-token?token=word'),
      404: () => call('GET /tests/api/v1/info/nothing/'),
      405: () => call('GET /partner/api/v3/progress/save'),
      412: () => call('POST /tests/api/v1/save/basic/', { json: { progress: { 11: '1' } } }),
    };
    expect((await asks[status]!()).status).toBe(status);
    await told(asks[status]!());
  });
});

function error(code: number): object {
  return { error: { code, message: expect.stringMatching(/./) } };
}
