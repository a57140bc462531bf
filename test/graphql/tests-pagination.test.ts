import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CONNECTION, keepsThePagingContract, PAGE_ARGUMENTS, PAGE_VARIABLES } from '../contract/pagination.js';
import { smallTest } from '../setup/small-tests.js';
import { startTestServer, type TestServer } from '../setup/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

describe('Query.tests', () => {
  it('has the newest test first', async () => {
    const { data } = await server.graphql('{ tests(first: 2) { nodes { slug } } }');
    expect(data.tests.nodes).toEqual([{ slug: 'bonus-2' }, { slug: 'bonus' }]);
  });

  keepsThePagingContract(() => ({
    page: (args) => server.graphql(`query (${PAGE_VARIABLES}) { tests(${PAGE_ARGUMENTS}) { ${CONNECTION} } }`, args),
    connection: (data) => data.tests,
    async add() {
      await server.publish(smallTest('added', { paid: false }));
      const { data } = await server.graphql('{ test(slug: "added") { id } }');
      return data.test.id;
    },
    foreignCursors: [Buffer.from(JSON.stringify(['users', 0, '0190cb2e-0000-7000-8000-000000000001'])).toString('base64url')],
  }));
});
