import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createInvoice, type CreateInvoiceRequest, type IssuedInvoice } from '../../src/billing/index.js';
import { type Client, createClient, type NewClientInput, OPERATOR } from '../../src/clients/index.js';
import { Database } from '../../src/database/index.js';
import { entities } from '../../src/entities.js';
import { billingAt, billingDetails, createInvoice as orderOver, issueLicensesAt } from '../setup/billing.js';
import { cells, useCommands } from '../setup/commands.js';
import { ask, newFolder, startServer } from '../setup/processes.js';
import type { Json } from '../setup/test-server.js';

const { environment, result, json, refusal, stored, sql } = useCommands();

let database: Database;
beforeAll(async () => {
  database = await Database.open({ url: environment()['DATABASE_URL']! }, entities, 2);
});
afterAll(() => database.close());

const NOON = '2026-11-22T09:00:00.000Z';

async function newClient(slug: string, input: Partial<NewClientInput> = {}): Promise<Client> {
  const wanted: NewClientInput = { name: slug, slug, payment: 'prepaid', licensePolicy: 'one-test', ...billingDetails, ...input };
  return (await createClient(database, wanted)).client;
}

async function invoiceOf({ id }: Client, order: Partial<CreateInvoiceRequest> = { licenses: 5 }, time = NOON): Promise<IssuedInvoice> {
  const outcome = await createInvoice(billingAt(database, time), {
    clientId: id, licenses: null, period: null, idempotencyKey: null, actor: OPERATOR, ...order,
  });
  if (outcome.kind !== 'CREATED') throw new Error(outcome.kind);
  return outcome.invoice;
}

const limitOf = async (slug: string): Promise<number | null> => (await json(['client', 'show', slug, '--json'])).licenseLimit;

describe('invoice list', () => {
  let invoices: readonly IssuedInvoice[];
  beforeAll(async () => {
    const [one, other] = [await newClient('one'), await newClient('other', { payment: 'postpaid', price: '0.05' })];
    await issueLicensesAt(sql, other, ['2026-01-01T00:00:00Z']);
    const period = { from: '2026-01-01', to: '2026-01-31' };
    invoices = [
      await invoiceOf(one, { licenses: 1 }, '2026-01-01T00:00:00.000Z'),
      await invoiceOf(one, { licenses: 2 }, '2026-02-01T00:00:00.000Z'),
      await invoiceOf(other, { period }, '2026-02-02T00:00:00.000Z'),
      await invoiceOf(one, { licenses: 3 }, '2026-03-01T00:00:00.000Z'),
    ];
    await result(['invoice', 'pay', invoices[0]!.number]);
    await result(['invoice', 'cancel', invoices[1]!.number]);
  });

  it('prints all invoices of all clients, the newest first, as a table', async () => {
    expect(cells(await result(['invoice', 'list']))).toEqual([
      ['number', 'client', 'status', 'licenses', 'total', 'issued', 'due'],
      ['2026-000004', 'one', 'ISSUED', '3', '4500.00', '2026-03-01T00:00:00.000Z', '2026-03-11T00:00:00.000Z'],
      ['2026-000003', 'other', 'ISSUED', '1', '0.05', '2026-02-02T00:00:00.000Z', '2026-02-12T00:00:00.000Z'],
      ['2026-000002', 'one', 'CANCELLED', '2', '3000.00', '2026-02-01T00:00:00.000Z', '2026-02-11T00:00:00.000Z'],
      ['2026-000001', 'one', 'PAID', '1', '1500.00', '2026-01-01T00:00:00.000Z', '2026-01-11T00:00:00.000Z'],
    ]);
  });

  it('prints JSON with all facts', async () => {
    const [, first] = await json(['invoice', 'list', '--json']);
    expect(first).toEqual({
      client: 'other', number: '2026-000003', status: 'ISSUED', paymentPolicy: 'POSTPAID', licenses: 1,
      unitPrice: '0.05', total: '0.05', vat: '0.01', vatRate: 22,
      issuedAt: '2026-02-02T00:00:00.000Z', dueAt: '2026-02-12T00:00:00.000Z', paidAt: null, cancelledAt: null,
      period: { from: '2026-01-01', to: '2026-01-31' },
      buyer: { name: 'АНО «Школа № 5»', inn: '0098765437', kpp: '009801001', address: '101000, г. Москва' },
      documentKey: invoices[2]!.documentKey,
    });
  });

  it.each([
    [['--client', 'one'], [4, 2, 1]], [['--status', 'issued'], [4, 3]], [['--client', 'one', '--status', 'cancelled'], [2]],
    [['--client', 'other', '--status', 'paid'], []], [['--limit', '2'], [4, 3]], [['--client', 'one', '--limit', '1'], [4]],
  ])('prints only what %j asks for', async (options, places) => {
    const listed = await json(['invoice', 'list', '--json', ...options]);
    expect(listed.map(({ number }: Json) => number)).toEqual(places.map((place) => invoices[place - 1]!.number));
  });

  it('prints 20 when nobody says how many', async () => {
    await sql(`
      insert into invoice select (jsonb_populate_record(i, jsonb_build_object(
               'id', gen_random_uuid(), 'document_key', gen_random_uuid(), 'year', 2000, 'sequence', n, 'issued_at', '2000-01-01'))).*
        from invoice i, generate_series(1, 30) n where i.year = 2026 and i.sequence = 1`);
    expect(await json(['invoice', 'list', '--json'])).toHaveLength(20);
    expect(await json(['invoice', 'list', '--json', '--limit', '1000'])).toHaveLength(34);
    await sql('delete from invoice where year = 2000');
  });

  it.each([
    [['--client', 'nobody'], 'There is no client "nobody". "client list" shows all.'],
    [['--limit', '0'], 'It has to be a whole number from 1 to 1000.'], [['--limit', '1001'], 'It has to be a whole number from 1 to 1000.'],
    [['--status', 'open'], "argument 'open' is invalid. Allowed choices are issued, paid, cancelled."],
  ])('is refused: %j', async (options, problem) => {
    expect(await refusal(['invoice', 'list', ...options])).toContain(problem);
  });
});

describe('invoice pay', () => {
  const told = (number: string, slug: string, total = '7500.00'): string =>
    `Invoice ${number} of client "${slug}", buyer ${billingDetails.buyerName}, total ${total} roubles,`;

  it('takes the money for what it is told to be only when it is the total', async () => {
    const { number } = await invoiceOf(await newClient('exact'));
    const before = await stored();
    for (const [roubles, meant] of [['7499.99', '7499.99'], ['7500,01', '7500.01'], ['750000', '750000.00'], ['0', '0.00']] as const) {
      expect(await refusal(['invoice', 'pay', number, '--total', roubles]))
        .toBe(`The total of invoice ${number} is 7500.00 roubles, not ${meant}: nothing is changed.\n`);
    }
    for (const none of ['7500.0', '-7500', 'x', '']) {
      expect(await refusal(['invoice', 'pay', number, `--total=${none}`])).toContain('It has to be an amount in roubles, such as 1500 or 1500.50.');
    }
    expect(await stored()).toEqual(before);
    expect(await json(['invoice', 'pay', number, '--total', '7500', '--json'])).toMatchObject({ replayed: false });
    expect(await json(['invoice', 'pay', number, '--total', '7500.00', '--json'])).toMatchObject({ replayed: true });
    expect(await refusal(['invoice', 'pay', number, '--total', '1'])).toContain('not 1.00: nothing is changed.');
  });

  it('raises the limit of a prepaid client, and a repeat says that it was paid already and changes nothing', async () => {
    const { number } = await invoiceOf(await newClient('payer', { licenseLimit: 10 }));
    expect(await result(['invoice', 'pay', number])).toBe(`${told(number, 'payer')} is paid: the license limit was 10 and is 15.\n`);
    const before = await stored();
    expect(await result(['invoice', 'pay', number]))
      .toMatch(new RegExp(`^${told(number, 'payer')} was paid already, at \\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z: nothing is changed\\.\n$`));
    expect(await json(['invoice', 'pay', number, '--json'])).toMatchObject({ number, status: 'PAID', replayed: true, licenseLimit: null });
    expect(await stored()).toEqual(before);
    expect(await limitOf('payer')).toBe(15);
  });

  it('prints JSON with the change of the limit', async () => {
    const { number } = await invoiceOf(await newClient('json-payer'));
    expect(await json(['invoice', 'pay', number, '--json'])).toMatchObject({
      client: 'json-payer', number, status: 'PAID', total: '7500.00', buyer: { name: billingDetails.buyerName },
      paidAt: expect.any(String), replayed: false, licenseLimit: { from: 0, to: 5 },
    });
  });

  it('raises no limit for a postpaid invoice', async () => {
    const client = await newClient('later', { payment: 'postpaid' });
    await issueLicensesAt(sql, client, ['2026-10-05T00:00:00Z']);
    const { number } = await invoiceOf(client, { period: { from: '2026-10-01', to: '2026-10-31' } });
    expect(await result(['invoice', 'pay', number])).toBe(`${told(number, 'later', '1500.00')} is paid.\n`);
    expect(await limitOf('later')).toBeNull();
  });

  it('says so when there is no limit to raise any more', async () => {
    const { number } = await invoiceOf(await newClient('changed'));
    await result(['client', 'set', 'changed', '--payment', 'postpaid']);
    expect(await result(['invoice', 'pay', number]))
      .toBe(`${told(number, 'changed')} is paid, but raises no license limit: the client pays after the fact by now and has none.\n`);
    expect(await json(['invoice', 'pay', number, '--json'])).toMatchObject({ status: 'PAID', replayed: true });
  });

  it('is refused without a trace for a cancelled invoice', async () => {
    const { number } = await invoiceOf(await newClient('regretful', { licenseLimit: 10 }));
    await result(['invoice', 'cancel', number]);
    const before = await stored();
    expect(await refusal(['invoice', 'pay', number]))
      .toBe(`Invoice ${number} is cancelled and cannot be paid: the client has to order another one.\n`);
    expect(await stored()).toEqual(before);
  });

  it('is refused without a trace beyond the highest limit, with what to do, and then works', async () => {
    const { number } = await invoiceOf(await newClient('huge', { licenseLimit: 999_999_996 }));
    const before = await stored();
    expect(await refusal(['invoice', 'pay', number])).toBe(
      `Invoice ${number} would raise the license limit to 1000000001, and 1000000000 is the highest: ` +
      'lower it first with "client set huge --license-limit", or cancel the invoice.\n',
    );
    expect(await stored()).toEqual(before);
    await result(['client', 'set', 'huge', '--license-limit', '5']);
    expect(await json(['invoice', 'pay', number, '--json'])).toMatchObject({ licenseLimit: { from: 5, to: 10 } });
  });
});

describe('invoice cancel', () => {
  it('cancels once, and a repeat changes nothing', async () => {
    const { number } = await invoiceOf(await newClient('canceller'));
    expect(await result(['invoice', 'cancel', number])).toBe(`Invoice ${number} is cancelled.\n`);
    const before = await stored();
    expect(await result(['invoice', 'cancel', number])).toBe(`Invoice ${number} was cancelled already: nothing is changed.\n`);
    expect(await json(['invoice', 'cancel', number, '--json'])).toMatchObject({ number, status: 'CANCELLED', replayed: true });
    expect(await stored()).toEqual(before);
  });

  it('is refused without a trace for a paid invoice', async () => {
    const { number } = await invoiceOf(await newClient('paid'));
    await result(['invoice', 'pay', number]);
    const before = await stored();
    expect(await refusal(['invoice', 'cancel', number])).toBe(`Invoice ${number} is paid and cannot be cancelled.\n`);
    expect(await stored()).toEqual(before);
  });
});

describe('invoice pay and cancel', () => {
  it.each(['pay', 'cancel'])('know no invoice with a number that none has: %s', async (command) => {
    expect(await refusal(['invoice', command, '2026-999999'])).toBe('There is no invoice "2026-999999". "invoice list" shows all.\n');
  });

  it('are told in the audit log as done at the command line', async () => {
    const client = await newClient('audited');
    const [paid, cancelled] = [await invoiceOf(client), await invoiceOf(client)];
    await result(['invoice', 'pay', paid.number]);
    await result(['invoice', 'cancel', cancelled.number]);
    const facts = { licenses: 5, total: 750_000 };
    expect(await sql(`
      select actor, action, details from audit_entry
       where client_id = $1 and action in ('INVOICE_PAID', 'INVOICE_CANCELLED') order by at`, [client.id])).toEqual([
      { actor: 'COMMAND_LINE', action: 'INVOICE_PAID', details: { ...facts, number: paid.number, licenseLimit: { from: 0, to: 5 } } },
      { actor: 'COMMAND_LINE', action: 'INVOICE_CANCELLED', details: { ...facts, number: cancelled.number } },
    ]);
  });
});

describe('a newcomer with the embedded database', () => {
  const asking = (url: string, key: string) => ({ graphql: (query: string, variables?: object) => ask(url, query, variables, key) });

  it('can try invoices at once, of a seller who says that it is a sample', async () => {
    const embedded = { DATA_DIR: join(await newFolder(), 'data') };
    const server = await startServer(embedded);
    const { invoice } = await orderOver(asking(server.url, server.demoKey!), { licenses: 50 });
    expect(invoice).toMatchObject({ licenses: 50, total: { amount: 7_500_000, currency: 'RUB' }, status: 'ISSUED' });
    expect(await json(['invoice', 'pay', invoice.number, '--json'], embedded)).toMatchObject({ licenseLimit: { from: 100, to: 150 } });
    await server.stop();
  });

  it('makes no invoices in production before a seller is named', async () => {
    const embedded = { DATA_DIR: join(await newFolder(), 'data'), NODE_ENV: 'production' };
    const server = await startServer(embedded);
    const { key } = await json(['client', 'create', '--name', 'School', '--slug', 'school', '--payment', 'prepaid', '--license-limit', '1',
      '--license-policy', 'one-test'], embedded);
    expect(await orderOver(asking(server.url, key), { licenses: 50 })).toMatchObject({ missing: expect.arrayContaining(['SELLER']) });
    await server.stop();
  });
});
