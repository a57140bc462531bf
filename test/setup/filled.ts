import { payInvoice } from '../../src/billing/index.js';
import { rebuildLicenseUsage } from '../../src/clients/index.js';
import { saveBy, tokenOf } from './access-tokens.js';
import { billingDetails, createInvoice, issueLicensesAt } from './billing.js';
import { reportTest } from './report-test.js';
import { startTestServer, type TestClient, type TestServer } from './test-server.js';

const ERASE = 'mutation ($input: EraseUserInput!) { eraseUser(input: $input) { __typename } }';

/** A server whose database holds something of everything. */
export interface FilledServer {
  readonly server: TestServer;
  readonly client: TestClient;
  /** The key of a result that is attached. */
  readonly attached: string;
}

/** What a shell, a line of text or COPY might take for something else. */
export const AWKWARD_USER = String.raw`\. "Anna" 'O\'Neil' \N анна 👩`;

/** Starts a server and lets two clients use all that there is. */
export async function startFilledServer(): Promise<FilledServer> {
  const server = await startTestServer();
  const { database } = server.app.services;
  await server.publish(reportTest('report'));
  const client = await server.client({ slug: 'school', name: 'Школа «№ 5»', licenseLimit: 5, ...billingDetails });
  const later = await server.client({ slug: 'later', payment: 'postpaid', ...billingDetails });
  const attached = await server.save('paid');
  await client.attach(attached, AWKWARD_USER);
  await client.attach(await server.save('free'), AWKWARD_USER);
  await later.attach(await server.save('bonus'), 'boris');
  await later.register('nobody has tested me');
  await server.save('free');
  await saveBy(server.url, await tokenOf(client, { userId: 'by token' }));
  await tokenOf(client);
  await client.register('erased');
  await client.graphql(ERASE, { input: { userId: 'erased' } });
  const { invoice } = await createInvoice(client, { licenses: 3 });
  await payInvoice({ database, now: () => new Date() }, invoice.number);
  await createInvoice(client, { licenses: 1 });
  await issueLicensesAt(server.sql, later, ['2026-01-15T12:00:00Z']);
  await rebuildLicenseUsage(database, null);
  await createInvoice(later, { period: { from: '2026-01-01', to: '2026-01-31' } });
  return { server, client, attached };
}
