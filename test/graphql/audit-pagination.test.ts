import { afterAll, beforeAll, describe } from '@jest/globals';
import { changeClient } from '../../src/clients/index.js';
import { CONNECTION, keepsThePagingContract, PAGE_ARGUMENTS, PAGE_VARIABLES } from '../contract/pagination.js';
import { type Json, startTestServer, type TestClient, type TestServer } from '../setup/test-server.js';

let server: TestServer;
let client: TestClient;
const foreignCursors: string[] = [];

const CURSORS = 'edges { cursor }';

beforeAll(async () => {
  server = await startTestServer();
  client = await server.client();
  for (let licenseLimit = 11; licenseLimit < 17; licenseLimit += 1) {
    await changeClient(server.app.services.database, client.slug, { licenseLimit });
  }
  const other = await server.client();
  await changeClient(server.app.services.database, other.slug, { name: 'Other' });
  const { data } = await other.graphql(`{ viewer { auditLog { ${CURSORS} } } tests(first: 1) { ${CURSORS} } }`);
  foreignCursors.push(...[...data.viewer.auditLog.edges, ...data.tests.edges].map(({ cursor }: Json) => cursor));
});
afterAll(() => server.close());

describe('Client.auditLog', () => {
  keepsThePagingContract(() => ({
    page: (args) => client.graphql(`query (${PAGE_VARIABLES}) { viewer { auditLog(${PAGE_ARGUMENTS}) { ${CONNECTION} } } }`, args),
    connection: (data) => data.viewer.auditLog,
    async add() {
      await changeClient(server.app.services.database, client.slug, { name: 'Renamed' });
      const { data } = await client.graphql('{ viewer { auditLog(first: 1) { nodes { id } } } }');
      return data.viewer.auditLog.nodes[0].id;
    },
    foreignCursors,
  }));
});
