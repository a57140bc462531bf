import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { expectRefused, expectUnharmed, posted, SLUG } from '../../setup/refused-requests.js';
import { startTestServer, type TestServer } from '../../setup/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(async () => {
  await expectUnharmed(server);
  await server.close();
});

const batch = { status: 400, reason: 'batch', message: /Send one operation a request/ } as const;

describe('a list of operations in one request', () => {
  it.each([
    ['of one', [{ query: SLUG }]],
    ['of ten thousand', Array(10_000).fill({ query: SLUG })],
    ['of none', []],
    ['of lists', [[[{ query: SLUG }]]]],
    ['of what is no operation', [null, 1, 'query']],
    ['of mutations that guess keys', Array(500).fill({ query: 'mutation { revokeClientKey(input: { keyId: "x" }) { __typename } }' })],
  ])('is refused as a whole, before any is run: %s', async (_what, body) => {
    await expectRefused(server, posted(JSON.stringify(body)), batch);
  });

  it('is no batch either where the list stands inside', async () => {
    await expectRefused(server, posted(JSON.stringify({ query: [SLUG, SLUG] })), { status: 400, reason: 'malformed', message: /must be strings/ });
    await expectRefused(server, posted(JSON.stringify({ 0: { query: SLUG }, length: 1 })), { status: 400, reason: 'malformed', message: /non-empty `query`/ });
  });
});
