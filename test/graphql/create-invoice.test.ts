import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OPEN_INVOICE_LIMIT, payInvoice } from '../../src/billing/index.js';
import { changeClient, suspendClient } from '../../src/clients/index.js';
import { dayIn } from '../../src/kernel/period.js';
import { billingDetails, cancelInvoice, createInvoice, invoicesOf, issueLicensesAt, sellerVariables } from '../setup/billing.js';
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
const invoiceCount = async ({ id }: TestClient): Promise<number> =>
  (await server.sql<{ count: number }>('select count(*)::int from invoice where client_id = $1', [id]))[0]!.count;

const OCTOBER = { from: '2026-10-01', to: '2026-10-31' };
const ROUBLES = (amount: number) => ({ amount, currency: 'RUB' });

describe('createInvoice', () => {
  it('makes an invoice for licenses in advance, and leaves the limit as it is', async () => {
    const client = await prepaid();
    const outcome = await createInvoice(client, { licenses: 7 });
    const year = dayIn('Europe/Moscow', new Date()).slice(0, 4);
    expect(outcome).toEqual({
      __typename: 'CreateInvoiceSuccess', replayed: false,
      invoice: {
        id: expect.stringMatching(/^inv_/), number: expect.stringMatching(`^${year}-\\d{6}$`), status: 'ISSUED', licenses: 7,
        unitPrice: ROUBLES(150_000), total: ROUBLES(1_050_000), vat: ROUBLES(189_344), vatRate: 22,
        issuedAt: expect.any(String), dueAt: expect.any(String), paidAt: null, cancelledAt: null, period: null,
        url: expect.stringMatching(/\.pdf$/), html: expect.stringMatching(/\.html$/),
      },
    });
    const { issuedAt, dueAt, url, html } = outcome.invoice;
    expect(Date.parse(dueAt) - Date.parse(issuedAt)).toBe(10 * 86_400_000);
    const [stored] = await server.sql<{ key: string }>('select document_key as key from invoice where client_id = $1', [client.id]);
    const address = `${new URL(server.url).origin}/invoices/${stored!.key}`;
    expect([url, html]).toEqual([`${address}.pdf`, `${address}.html`]);
    expect(await invoicesOf(client)).toEqual([outcome.invoice]);
    expect((await client.graphql('{ viewer { licenseUsage { limit } } }')).data.viewer.licenseUsage.limit).toBe(10);
  });

  it('makes an invoice for a period after the fact, of the licenses that no other has', async () => {
    const client = await postpaid();
    await issueLicensesAt(server.sql, client, [
      '2026-09-30T20:59:59Z', '2026-09-30T21:00:00Z', '2026-10-31T20:59:59Z', '2026-10-31T21:00:00Z',
    ]);
    expect(await createInvoice(client, { period: OCTOBER }))
      .toMatchObject({ invoice: { licenses: 2, total: ROUBLES(300_000), period: OCTOBER } });
    expect(await createInvoice(client, { period: OCTOBER }))
      .toMatchObject({ __typename: 'NothingToInvoiceProblem', code: 'NOTHING_TO_INVOICE' });
    expect(await createInvoice(client, { period: { from: '2026-01-01', to: '2026-12-31' } })).toMatchObject({ invoice: { licenses: 2 } });
  });

  it('puts a license of late evening in UTC on the next day in Moscow', async () => {
    const client = await postpaid();
    await issueLicensesAt(server.sql, client, ['2026-10-09T21:30:00Z']);
    expect(await createInvoice(client, { period: { from: '2026-10-01', to: '2026-10-09' } })).toMatchObject({ code: 'NOTHING_TO_INVOICE' });
    expect(await createInvoice(client, { period: { from: '2026-10-10', to: '2026-10-10' } })).toMatchObject({ invoice: { licenses: 1 } });
  });

  it.each<[string, 'prepaid' | 'postpaid', object]>([
    ['a period', 'prepaid', { period: OCTOBER }], ['licenses', 'postpaid', { licenses: 1 }],
    ['nothing', 'prepaid', {}], ['nothing', 'postpaid', {}], ['nothing but nulls', 'prepaid', { licenses: null, period: null }],
    ['both', 'prepaid', { licenses: 1, period: OCTOBER }], ['both', 'postpaid', { licenses: 1, period: OCTOBER }],
  ])('refuses %s ordered by a %s client', async (_, payment, input) => {
    const client = await server.client({ ...billingDetails, payment });
    expect(await createInvoice(client, input)).toMatchObject({
      __typename: 'PaymentPolicyMismatchProblem', code: 'PAYMENT_POLICY_MISMATCH', paymentPolicy: payment.toUpperCase(),
    });
    expect(await invoiceCount(client)).toBe(0);
  });

  it('names all details that are missing, until they are known', async () => {
    const client = await server.client();
    const { price, ...buyer } = billingDetails;
    expect(await createInvoice(client, { licenses: 1 })).toMatchObject({
      __typename: 'BillingDetailsMissingProblem', code: 'BILLING_DETAILS_MISSING', missing: ['PRICE', 'BUYER'],
    });
    await changeClient(server.app.services.database, client.slug, { price });
    expect(await createInvoice(client, { licenses: 1 })).toMatchObject({ missing: ['BUYER'] });
    await changeClient(server.app.services.database, client.slug, buyer);
    expect(await createInvoice(client, { licenses: 1 })).toMatchObject({ __typename: 'CreateInvoiceSuccess' });
  });

  it('is open to a suspended client, which has to pay too', async () => {
    const client = await prepaid();
    await suspendClient(server.app.services.database, client.slug);
    const { number } = await ordered(client);
    expect(await pay(number)).toMatchObject({ replayed: false, licenseLimit: { from: 10, to: 11 } });
  });

  it('refuses one more while as many as the limit wait to be paid', async () => {
    const client = await prepaid();
    const waiting = [];
    for (let made = 0; made < OPEN_INVOICE_LIMIT; made += 1) waiting.push(await ordered(client));
    const full = { __typename: 'OpenInvoiceLimitReachedProblem', code: 'OPEN_INVOICE_LIMIT_REACHED', limit: 100 };
    expect(await createInvoice(client, { licenses: 1 })).toMatchObject(full);
    await cancelInvoice(client, waiting[0].id);
    await ordered(client);
    expect(await createInvoice(client, { licenses: 1 })).toMatchObject(full);
    await pay(waiting[1].number);
    await ordered(client);
  });

  it.each([
    ['no licenses', { licenses: 0 }, 'An invoice is for 1 to 1000000 licenses'], ['fewer than none', { licenses: -1 }, 'An invoice is for'],
    ['more than the most', { licenses: 1_000_001 }, 'An invoice is for'], ['a fraction', { licenses: 1.5 }, 'Int cannot represent'],
    ['a reversed period', { period: { from: '2026-10-31', to: '2026-10-01' } }, 'The period is reversed'],
    ['a period too long', { period: { from: '2025-01-01', to: '2026-10-01' } }, 'at most 400 are allowed'],
    ['a day that is none', { period: { from: '2026-02-30', to: '2026-03-01' } }, 'LocalDate'],
    ['half a period', { period: { from: '2026-02-03' } }, 'was not provided'],
    ['a key that is none', { licenses: 1, idempotencyKey: 'x' }, 'This is no UUID'],
  ])('answers BAD_USER_INPUT for %s', async (_, input, message) => {
    const client = await prepaid();
    await expect(createInvoice(client, input)).rejects.toThrow(/^BAD_USER_INPUT: /);
    await expect(createInvoice(client, input)).rejects.toThrow(message);
    expect(await invoiceCount(client)).toBe(0);
  });

  it('needs a client key', async () => {
    await expect(createInvoice(server, { licenses: 1 })).rejects.toThrow('UNAUTHENTICATED');
    await expect(cancelInvoice(server, 'inv_x')).rejects.toThrow('UNAUTHENTICATED');
  });
});

describe('an idempotency key', () => {
  it('gives the same invoice again, as it stands by then', async () => {
    const client = await prepaid();
    const input = { licenses: 3, idempotencyKey: randomUUID() };
    const first = await createInvoice(client, input);
    expect(first).toMatchObject({ replayed: false });
    expect(await createInvoice(client, input)).toEqual({ ...first, replayed: true });
    expect(await createInvoice(client, { ...input, idempotencyKey: input.idempotencyKey.toUpperCase() })).toMatchObject({ replayed: true });
    await pay(first.invoice.number);
    expect(await createInvoice(client, input)).toMatchObject({ replayed: true, invoice: { number: first.invoice.number, status: 'PAID' } });
    expect(await invoiceCount(client)).toBe(1);
  });

  it('is recognised when nothing more could be ordered', async () => {
    const client = await postpaid();
    await issueLicensesAt(server.sql, client, ['2026-10-05T00:00:00Z']);
    const input = { period: OCTOBER, idempotencyKey: randomUUID() };
    const { invoice } = await createInvoice(client, input);
    await changeClient(server.app.services.database, client.slug, { payment: 'prepaid', licenseLimit: 1, price: '2' });
    expect(await createInvoice(client, input)).toMatchObject({ replayed: true, invoice: { id: invoice.id, unitPrice: ROUBLES(150_000) } });
  });

  it('is refused for another order', async () => {
    const client = await prepaid();
    const idempotencyKey = randomUUID();
    await createInvoice(client, { licenses: 3, idempotencyKey });
    for (const other of [{ licenses: 4 }, { period: OCTOBER }, { licenses: 3, period: OCTOBER }, {}]) {
      expect(await createInvoice(client, { ...other, idempotencyKey })).toMatchObject({
        __typename: 'IdempotencyKeyReusedProblem', code: 'IDEMPOTENCY_KEY_REUSED',
      });
    }
    expect(await invoiceCount(client)).toBe(1);
  });

  it('is of one client only, and free after a refusal', async () => {
    const [client, other] = [await prepaid(), await server.client()];
    const input = { licenses: 3, idempotencyKey: randomUUID() };
    const { invoice } = await createInvoice(client, input);
    expect(await createInvoice(other, input)).toMatchObject({ code: 'BILLING_DETAILS_MISSING' });
    await changeClient(server.app.services.database, other.slug, billingDetails);
    const made = await createInvoice(other, input);
    expect(made).toMatchObject({ replayed: false });
    expect(made.invoice.id).not.toBe(invoice.id);
  });
});

describe('a server without a seller', () => {
  it('makes no invoices, and says what is missing', async () => {
    const bare = await startTestServer(Object.fromEntries(Object.keys(sellerVariables).map((name) => [name, ''])));
    try {
      const client = await bare.client();
      expect(await createInvoice(client, { licenses: 1 })).toMatchObject({ missing: ['PRICE', 'BUYER', 'SELLER'] });
      await changeClient(bare.app.services.database, client.slug, billingDetails);
      expect(await createInvoice(client, { licenses: 1 })).toMatchObject({ missing: ['SELLER'] });
    } finally {
      await bare.close();
    }
  });
});

describe('a client that changes how it pays', () => {
  it('orders what it issued while it was postpaid, all of that and nothing else, and only while it is', async () => {
    const client = await prepaid();
    const { database } = server.app.services;
    const today = dayIn('Europe/Moscow', new Date());
    const period = { from: today, to: today };
    await client.register('paid in advance');
    await changeClient(database, client.slug, { payment: 'postpaid' });
    expect(await createInvoice(client, { period })).toMatchObject({ code: 'NOTHING_TO_INVOICE' });
    await client.attach(await server.save(), 'first to be charged for');
    await client.register('second to be charged for');
    await changeClient(database, client.slug, { payment: 'prepaid', licenseLimit: 9 });
    await client.register('paid in advance again');
    expect(await createInvoice(client, { period })).toMatchObject({ code: 'PAYMENT_POLICY_MISMATCH' });
    await changeClient(database, client.slug, { payment: 'postpaid' });
    expect(await ordered(client, { period })).toMatchObject({ licenses: 2, total: ROUBLES(300_000) });
    expect(await createInvoice(client, { period })).toMatchObject({ code: 'NOTHING_TO_INVOICE' });
  });
});

describe('a server whose seller is exempt and gives three days', () => {
  it('makes invoices without VAT', async () => {
    const exempt = await startTestServer({ SELLER_VAT: 'none', PAYMENT_TERM_DAYS: '3' });
    try {
      const client = await exempt.client(billingDetails);
      const { invoice } = await createInvoice(client, { licenses: 1 });
      expect(invoice).toMatchObject({ total: ROUBLES(150_000), vat: null, vatRate: null });
      expect(Date.parse(invoice.dueAt) - Date.parse(invoice.issuedAt)).toBe(3 * 86_400_000);
    } finally {
      await exempt.close();
    }
  });
});
