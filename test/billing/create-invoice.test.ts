import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type BillingConfig, cancelInvoice, createInvoice, type IssuedInvoice, type Seller,
} from '../../src/billing/index.js';
import {
  changeClient, type Client, createClient, type NewClientInput, OPERATOR, rebuildLicenseUsage,
} from '../../src/clients/index.js';
import { InputError } from '../../src/kernel/input-error.js';
import { daysAfter } from '../../src/kernel/period.js';
import { Interval, readLicenseUsage } from '../../src/licensing/index.js';
import { billingAt, billingDetails, issueLicensesAt, seller } from '../setup/billing.js';
import { type OpenDatabase, openTestDatabase } from '../setup/open-database.js';

let opened: OpenDatabase;
beforeAll(async () => {
  opened = await openTestDatabase();
});
afterAll(() => opened.close());

let count = 0;

async function newClient(input: Partial<NewClientInput> = {}): Promise<Client> {
  count += 1;
  const wanted: NewClientInput = { name: 'Client', slug: `client-${count}`, payment: 'prepaid', licensePolicy: 'unlimited' };
  return (await createClient(opened.database, { ...wanted, ...billingDetails, ...input })).client;
}

const licensesAt = (client: Client, ...times: string[]): Promise<void> => issueLicensesAt(opened.sql, client, times);

const NOON = '2026-11-22T09:00:00.000Z';

interface Order {
  readonly licenses?: number;
  readonly period?: readonly [from: string, to: string];
}

async function order({ id }: Client, { licenses, period }: Order, time = NOON, config: Partial<BillingConfig> = {}) {
  return createInvoice(billingAt(opened.database, time, config), {
    clientId: id, licenses: licenses ?? null, period: period ? { from: period[0], to: period[1] } : null, idempotencyKey: null,
    actor: OPERATOR,
  });
}

async function invoiced(...args: Parameters<typeof order>): Promise<IssuedInvoice> {
  const outcome = await order(...args);
  if (outcome.kind !== 'CREATED') throw new Error(outcome.kind);
  return outcome.invoice;
}

describe('an invoice', () => {
  it('says what was agreed when it was made, also when it changes afterwards', async () => {
    const client = await newClient({ price: '1500.50' });
    const before = await invoiced(client, { licenses: 3 });
    expect(before).toMatchObject({
      clientId: client.id, status: 'ISSUED', paymentPolicy: 'PREPAID', licenses: 3,
      unitPrice: 150_050, total: 450_150, vat: 81_175, vatRate: 22,
      issuedAt: new Date(NOON), dueAt: new Date('2026-12-02T09:00:00.000Z'), paidAt: null, cancelledAt: null, period: null, seller,
      buyer: { name: 'АНО «Школа № 5»', inn: '0098765437', kpp: '009801001', address: '101000, г. Москва' },
    });
    await changeClient(opened.database, client.slug, { price: '0.01', buyerName: 'Another' });
    const other: Seller = { ...seller, name: 'Another seller' };
    const after = await invoiced(client, { licenses: 3 }, NOON, { seller: other, vat: 'none', paymentTermDays: 1 });
    expect(after).toMatchObject({
      unitPrice: 1, total: 3, vat: null, vatRate: null, dueAt: new Date('2026-11-23T09:00:00.000Z'),
      seller: other, buyer: { name: 'Another' },
    });
    const stored = await opened.sql(`
      select total::int, vat::int, seller ->> 'name' as seller, buyer ->> 'name' as buyer
        from invoice where client_id = $1 order by sequence`, [client.id]);
    expect(stored).toEqual([
      { total: 450_150, vat: 81_175, seller: seller.name, buyer: billingDetails.buyerName },
      { total: 3, vat: null, seller: other.name, buyer: 'Another' },
    ]);
  });

  it('can be of a million licenses of a million roubles, to the kopeck', async () => {
    const client = await newClient({ price: '1000000' });
    expect(await invoiced(client, { licenses: 1_000_000 })).toMatchObject({ total: 100_000_000_000_000, vat: 18_032_786_885_246 });
  });

  it.each([0, -1, 1_000_001, 2_147_483_647])('is not made of %i licenses', async (licenses) => {
    await expect(order(await newClient(), { licenses }))
      .rejects.toThrow(`An invoice is for 1 to 1000000 licenses, and this one would be for ${licenses}: `);
  });
});

describe("the seller's day", () => {
  it.each([
    ['2025-12-31T20:59:59.999Z', 'Europe/Moscow', /^2025-/, 20],
    ['2025-12-31T21:00:00.000Z', 'Europe/Moscow', /^2026-/, 22],
    ['2025-12-31T14:00:00.000Z', 'Asia/Vladivostok', /^2026-/, 22],
    ['2026-01-01T00:00:00.000Z', 'America/New_York', /^2025-/, 20],
  ])('at %s in %s decides the year of the number and, in advance, the rate of VAT', async (time, timeZone, number, vatRate) => {
    const client = await newClient({ timeZone: 'Asia/Kamchatka' });
    expect(await invoiced(client, { licenses: 1 }, time, { timeZone })).toMatchObject({ number: expect.stringMatching(number), vatRate });
  });
});

describe('the numbers', () => {
  it('count on in a year over all clients, and begin again in the next', async () => {
    const [one, other] = [await newClient(), await newClient()];
    const numbers: string[] = [];
    for (const [client, time] of [
      [one, '2031-05-01T00:00:00Z'], [other, '2031-05-02T00:00:00Z'], [one, '2032-01-01T00:00:00Z'], [other, '2031-12-31T00:00:00Z'],
    ] as const) numbers.push((await invoiced(client, { licenses: 1 }, time)).number);
    expect(numbers).toEqual(['2031-000001', '2031-000002', '2032-000001', '2031-000003']);
  });

  it('have no gap where an order was refused or failed', async () => {
    const client = await newClient();
    const time = '2041-01-01T00:00:00Z';
    await invoiced(client, { licenses: 1 }, time);
    const postpaid = await newClient({ payment: 'postpaid' });
    expect(await order(postpaid, { period: ['2041-01-01', '2041-01-01'] }, time)).toEqual({ kind: 'NOTHING_TO_INVOICE' });
    await opened.sql(`alter table audit_entry add constraint no_sevens check (details ->> 'licenses' is distinct from '7')`);
    await expect(order(client, { licenses: 7 }, time)).rejects.toThrow('no_sevens');
    expect((await invoiced(client, { licenses: 1 }, time)).number).toBe('2041-000002');
    expect(await opened.sql('select last from invoice_counter where year = 2041')).toEqual([{ last: 2 }]);
  });
});

describe('the VAT of a postpaid invoice', () => {
  const licenseOf = async (time: string, input: Partial<NewClientInput> = {}): Promise<Client> => {
    const client = await newClient({ payment: 'postpaid', ...input });
    await licensesAt(client, time);
    return client;
  };

  it.each([
    ['Europe/Moscow', '2025-12-31T20:59:59.999Z', '2025-12-31', 20],
    ['Europe/Moscow', '2025-12-31T21:00:00.000Z', '2026-01-01', 22],
    ['Asia/Kamchatka', '2025-12-31T12:00:00.000Z', '2026-01-01', 22],
    ['America/New_York', '2026-01-01T04:59:59.999Z', '2025-12-31', 20],
  ])('is, in %s, for a license of %s at the rate of its day, not of the day of issue', async (timeZone, time, day, vatRate) => {
    const client = await licenseOf(time, { timeZone });
    for (const issued of ['2025-12-31T13:00:00Z', '2026-02-01T00:00:00Z']) {
      const invoice = await invoiced(client, { period: [day, day] }, issued);
      expect(invoice).toMatchObject({ number: expect.stringMatching(`^${issued.slice(0, 4)}-`), vatRate });
      await cancelInvoice({ database: opened.database, now: () => new Date(issued) }, { clientId: client.id, invoiceId: invoice.id, actor: OPERATOR });
    }
  });

  it('is of one rate: a period over two is refused with what to order instead, and leaves no gap', async () => {
    const client = await licenseOf('2025-12-31T12:00:00Z');
    const time = '2042-01-01T00:00:00Z';
    await expect(order(client, { period: ['2025-12-01', '2026-01-31'] }, time)).rejects.toThrow(new InputError(
      'The rate of VAT changes on 2026-01-01, within the period: order two invoices, one until 2025-12-31 and one from 2026-01-01.',
    ));
    expect(await invoiced(client, { period: ['2025-12-01', '2025-12-31'] }, time)).toMatchObject({ number: '2042-000001', vatRate: 20 });
  });

  it('is none of an exempt seller, whose periods go over any change', async () => {
    const client = await licenseOf('2025-12-31T12:00:00Z');
    expect(await invoiced(client, { period: ['2025-12-01', '2026-01-31'] }, NOON, { vat: 'none' })).toMatchObject({ vat: null, vatRate: null });
  });
});

describe('a postpaid invoice', () => {
  const TIMES = [
    '2026-10-31T20:59:59.999Z', '2026-10-31T21:00:00.000Z', '2026-11-15T21:30:00.000Z', '2026-11-30T20:59:59.999Z',
    '2026-11-30T21:00:00.000Z',
  ];
  const november = ['2026-11-01', '2026-11-30'] as const;

  it.each([
    ['Europe/Moscow', november, 3],
    ['UTC', november, 3],
    ['Europe/London', ['2026-10-31', '2026-10-31'], 2],
    ['Europe/Moscow', ['2026-11-16', '2026-11-16'], 1],
    ['Europe/Moscow', ['2026-11-15', '2026-11-15'], 0],
    ['Europe/Kaliningrad', ['2026-12-01', '2026-12-31'], 0],
    ['Asia/Kamchatka', ['2026-12-01', '2026-12-31'], 2],
  ] as const)('counts the days of a client in %s: %j', async (timeZone, period, licenses) => {
    const client = await newClient({ payment: 'postpaid', timeZone });
    await licensesAt(client, ...TIMES);
    const outcome = await order(client, { period });
    const [from, to] = period;
    expect(outcome).toMatchObject(licenses === 0
      ? { kind: 'NOTHING_TO_INVOICE' }
      : { kind: 'CREATED', invoice: { licenses, total: licenses * 150_000, period: { from, to } } });
  });

  it.each([
    ['two midnights', 'America/Havana', '2026-11-01', '2026-11-01T04:00:00.000Z', '2026-11-02T05:00:00.000Z'],
    ['two midnights two hours apart', 'Asia/Magadan', '2014-10-26', '2014-10-25T12:00:00.000Z', '2014-10-26T14:00:00.000Z'],
    ['no midnight', 'America/Havana', '2026-03-08', '2026-03-08T05:00:00.000Z', '2026-03-09T04:00:00.000Z'],
    ['an evening twice', 'America/Sao_Paulo', '2018-02-17', '2018-02-17T02:00:00.000Z', '2018-02-18T03:00:00.000Z'],
  ])('charges for a day of %s (%s, %s) what the series of that day shows', async (_, timeZone, day, start, next) => {
    const client = await newClient({ payment: 'postpaid', timeZone });
    const aMomentBefore = (time: string) => new Date(Date.parse(time) - 1).toISOString();
    const anHourAfter = (time: string) => new Date(Date.parse(time) + 3_600_000).toISOString();
    await licensesAt(client, aMomentBefore(start), start, anHourAfter(start), aMomentBefore(next), next);
    await rebuildLicenseUsage(opened.database, client.slug);
    const days = [daysAfter(day, -1), day, daysAfter(day, 1)];
    const { id: clientId, createdAt: registeredAt } = client;
    const [usage] = await readLicenseUsage(opened.database, [{
      clientId, timeZone, registeredAt, period: { from: days[0]!, to: days[2]! }, interval: Interval.DAY, askedAt: new Date(NOON),
    }]);
    expect(usage!.series.map(({ issued }) => issued)).toEqual([1, 3, 1]);
    const charged: number[] = [];
    for (const one of days) charged.push((await invoiced(client, { period: [one, one] })).licenses);
    expect(charged).toEqual([1, 3, 1]);
  });

  it('takes what no other has, and nothing of other clients', async () => {
    const [client, other] = [await newClient({ payment: 'postpaid' }), await newClient({ payment: 'postpaid' })];
    await licensesAt(client, ...TIMES);
    await licensesAt(other, ...TIMES);
    expect(await invoiced(client, { period: ['2026-11-16', '2026-11-16'] })).toMatchObject({ licenses: 1 });
    expect(await invoiced(client, { period: november })).toMatchObject({ licenses: 2 });
    expect(await order(client, { period: november })).toEqual({ kind: 'NOTHING_TO_INVOICE' });
    await licensesAt(client, '2026-11-16T12:00:00Z');
    expect(await invoiced(client, { period: ['2026-01-01', '2026-12-31'] })).toMatchObject({ licenses: 3 });
    expect(await opened.sql('select count(*)::int from invoice_license where client_id = $1', [client.id])).toEqual([{ count: 6 }]);
    expect(await opened.sql('select count(*)::int from invoice_license where client_id = $1', [other.id])).toEqual([{ count: 0 }]);
  });
});
