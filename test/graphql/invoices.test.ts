import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { payInvoice } from '../../src/billing/index.js';
import { nodeId } from '../../src/kernel/ids.js';
import { dayIn } from '../../src/kernel/period.js';
import { CONNECTION, keepsThePagingContract, PAGE_ARGUMENTS, PAGE_VARIABLES } from '../contract/pagination.js';
import { billingDetails, cancelInvoice, createInvoice, invoicesOf, issueLicensesAt } from '../setup/billing.js';
import { type Json, startTestServer, type TestClient, type TestServer } from '../setup/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const prepaid = (): Promise<TestClient> => server.client(billingDetails);
const postpaid = (): Promise<TestClient> => server.client({ ...billingDetails, payment: 'postpaid' });

const ordered = async (client: TestClient, input: object = { licenses: 1 }): Promise<Json> => (await createInvoice(client, input)).invoice;
const pay = (number: string) => payInvoice({ database: server.app.services.database, now: () => new Date() }, number);

/** What the audit log says of the invoices of a client, in order. */
const audit = ({ id }: TestClient): Promise<Json[]> => server.sql(`
  select actor, key_hint as "keyHint", action, details
    from audit_entry where client_id = $1 and action like 'INVOICE%' order by at, id`, [id]);

const OCTOBER = { from: '2026-10-01', to: '2026-10-31' };

describe('cancelInvoice', () => {
  it('cancels an invoice once, and a repeat changes nothing', async () => {
    const client = await prepaid();
    const invoice = await ordered(client);
    const first = await cancelInvoice(client, invoice.id);
    expect(first).toEqual({
      __typename: 'CancelInvoiceSuccess', replayed: false, invoice: { ...invoice, status: 'CANCELLED', cancelledAt: expect.any(String) },
    });
    expect(await cancelInvoice(client, invoice.id)).toEqual({ ...first, replayed: true });
    expect((await audit(client)).map(({ action }) => action)).toEqual(['INVOICE_CREATED', 'INVOICE_CANCELLED']);
  });

  it('frees the licenses of a postpaid invoice for another one', async () => {
    const client = await postpaid();
    await issueLicensesAt(server.sql, client, ['2026-10-05T00:00:00Z', '2026-10-06T00:00:00Z']);
    const first = await ordered(client, { period: OCTOBER });
    await cancelInvoice(client, first.id);
    expect(await createInvoice(client, { period: { from: '2026-10-05', to: '2026-10-05' } })).toMatchObject({ invoice: { licenses: 1 } });
    expect(await createInvoice(client, { period: OCTOBER })).toMatchObject({ invoice: { licenses: 1 } });
  });

  it('refuses a paid invoice, which stays as it is', async () => {
    const client = await prepaid();
    const { id, number } = await ordered(client);
    await pay(number);
    expect(await cancelInvoice(client, id)).toEqual({
      __typename: 'InvoicePaidProblem', code: 'INVOICE_PAID', message: 'The invoice is paid and cannot be cancelled.',
    });
    expect(await invoicesOf(client)).toMatchObject([{ status: 'PAID', cancelledAt: null, paidAt: expect.any(String) }]);
  });

  it('does not tell a foreign invoice from one that does not exist, or from what is no id', async () => {
    const [client, other] = [await prepaid(), await prepaid()];
    const { id } = await ordered(other);
    const { data } = await client.graphql('{ viewer { id } }');
    for (const unknown of [id, nodeId('Invoice', randomUUID()), data.viewer.id, '', 'inv_', 'x'.repeat(10_000), '\u0000']) {
      expect(await cancelInvoice(client, unknown)).toEqual({
        __typename: 'InvoiceNotFoundProblem', code: 'INVOICE_NOT_FOUND',
        message: 'You have no invoice with this id: `viewer.invoices` lists all.',
      });
    }
    expect(await invoicesOf(other)).toMatchObject([{ status: 'ISSUED' }]);
  });
});

describe('the audit log', () => {
  it('tells who ordered, paid and cancelled what, with the limit that was raised', async () => {
    const client = await prepaid();
    const keyHint = client.key.slice(-4);
    const [paid, cancelled] = [await ordered(client, { licenses: 2 }), await ordered(client, { licenses: 3 })];
    await pay(paid.number);
    await cancelInvoice(client, cancelled.id);
    const [two, three] = [{ number: paid.number, licenses: 2, total: 300_000 }, { number: cancelled.number, licenses: 3, total: 450_000 }];
    expect(await audit(client)).toEqual([
      { actor: 'CLIENT_KEY', keyHint, action: 'INVOICE_CREATED', details: two },
      { actor: 'CLIENT_KEY', keyHint, action: 'INVOICE_CREATED', details: three },
      { actor: 'COMMAND_LINE', keyHint: null, action: 'INVOICE_PAID', details: { ...two, licenseLimit: { from: 10, to: 12 } } },
      { actor: 'CLIENT_KEY', keyHint, action: 'INVOICE_CANCELLED', details: three },
    ]);
  });

  it('names the period of a postpaid invoice, and is silent about repeats and refusals', async () => {
    const client = await postpaid();
    await issueLicensesAt(server.sql, client, ['2026-10-05T00:00:00Z']);
    const input = { period: OCTOBER, idempotencyKey: randomUUID() };
    for (const repeat of [input, input, { ...input, idempotencyKey: null }]) await createInvoice(client, repeat);
    expect(await audit(client)).toMatchObject([{ action: 'INVOICE_CREATED', details: { licenses: 1, total: 150_000, period: OCTOBER } }]);
  });
});

describe('Client', () => {
  it('tells its price and buyer, null until they are known', async () => {
    const query = '{ viewer { licensePrice { amount currency } buyer { name inn kpp address } } }';
    expect((await (await server.client()).graphql(query)).data.viewer).toEqual({ licensePrice: null, buyer: null });
    expect((await (await prepaid()).graphql(query)).data.viewer).toEqual({
      licensePrice: { amount: 150_000, currency: 'RUB' },
      buyer: { name: 'АНО «Школа № 5»', inn: '0098765437', kpp: '009801001', address: '101000, г. Москва' },
    });
  });

  it('lists its invoices by their status, and counts those', async () => {
    const client = await prepaid();
    const [issued, paid, cancelled] = [await ordered(client), await ordered(client), await ordered(client)];
    await pay(paid.number);
    await cancelInvoice(client, cancelled.id);
    const listed = async (status: string | null): Promise<Json> => {
      const query = 'query ($status: InvoiceStatus) { viewer { invoices(status: $status) { totalCount nodes { number } } } }';
      const { totalCount, nodes } = (await client.graphql(query, { status })).data.viewer.invoices;
      expect(nodes).toHaveLength(totalCount);
      return nodes.map(({ number }: Json) => number);
    };
    expect(await listed(null)).toEqual([cancelled.number, paid.number, issued.number]);
    expect(await listed('ISSUED')).toEqual([issued.number]);
    expect(await listed('PAID')).toEqual([paid.number]);
    expect(await listed('CANCELLED')).toEqual([cancelled.number]);
  });
});

describe('Client.invoices', () => {
  let client: TestClient;
  let foreignCursors: string[];
  const page = (caller: TestClient, args: object) =>
    caller.graphql(`query (${PAGE_VARIABLES}) { viewer { invoices(${PAGE_ARGUMENTS}) { ${CONNECTION} } } }`, args);
  beforeAll(async () => {
    const other = await prepaid();
    client = await prepaid();
    for (let made = 0; made < 5; made += 1) await ordered(client);
    await ordered(other);
    const { data } = await other.graphql('{ viewer { invoices { edges { cursor } } } tests { edges { cursor } } }');
    foreignCursors = [data.viewer.invoices.edges[0].cursor, data.tests.edges[0].cursor];
  });

  keepsThePagingContract(() => ({
    page: (args) => page(client, args),
    connection: (data) => data.viewer.invoices,
    add: async () => (await ordered(client)).id,
    foreignCursors,
  }));
});

describe('Query.node', () => {
  it('finds an invoice of the calling client, and no other', async () => {
    const [client, other] = [await prepaid(), await prepaid()];
    const { id, number } = await ordered(client);
    const query = 'query ($id: ID!) { node(id: $id) { __typename id ... on Invoice { number total { amount } url } } }';
    const node = async (caller: TestClient): Promise<Json> => (await caller.graphql(query, { id })).data.node;
    expect(await node(client)).toMatchObject({ __typename: 'Invoice', id, number, total: { amount: 150_000 } });
    expect(await node(other)).toBeNull();
  });
});

describe('License.invoice', () => {
  it('is the postpaid invoice that charges for it, null before and after a cancellation', async () => {
    const client = await postpaid();
    await client.register('person');
    const today = dayIn('Europe/Moscow', new Date());
    const query = '{ viewer { user(externalId: "person") { license { issuedAt invoice { number } } } } }';
    const invoice = async (): Promise<Json> => (await client.graphql(query)).data.viewer.user.license.invoice;
    expect(await invoice()).toBeNull();
    const { id, number } = await ordered(client, { period: { from: today, to: today } });
    expect(await invoice()).toEqual({ number });
    await cancelInvoice(client, id);
    expect(await invoice()).toBeNull();
  });

  it('is as it stands after each mutation of a request', async () => {
    const client = await postpaid();
    const key = await server.save();
    await client.attach(key, 'person');
    const today = dayIn('Europe/Moscow', new Date());
    const attach = 'attachResult(input: $attach) { ... on AttachResultSuccess { user { license { invoice { status } } } } }';
    const { data } = await client.graphql(`mutation ($attach: AttachResultInput!, $create: CreateInvoiceInput!) {
      before: ${attach} createInvoice(input: $create) { __typename } after: ${attach} }`,
    { attach: { resultKey: key, userId: 'person' }, create: { period: { from: today, to: today } } });
    expect([data.before.user.license.invoice, data.after.user.license.invoice]).toEqual([null, { status: 'ISSUED' }]);
  });

  it('is null for a prepaid client, whose invoices charge for no license in particular', async () => {
    const client = await prepaid();
    await pay((await ordered(client)).number);
    const { user } = await client.register('person');
    const query = 'query ($id: ID!) { node(id: $id) { ... on User { license { invoice { id } } } } }';
    const { data } = await client.graphql(query, { id: user.id });
    expect(data.node.license.invoice).toBeNull();
  });
});
