import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { App } from '../../src/app.js';
import { OPEN_INVOICE_LIMIT, payInvoice } from '../../src/billing/index.js';
import { changeClient, type NewClientInput } from '../../src/clients/index.js';
import { InputError } from '../../src/kernel/input-error.js';
import { dayIn, daysAfter } from '../../src/kernel/period.js';
import { billingDetails, cancelInvoice, createInvoice, invoicesOf, issueLicensesAt } from '../setup/billing.js';
import { type ClientCalls, type Json, startTestServer, type TestClient, type TestServer } from '../setup/test-server.js';
import { together } from '../setup/together.js';
import { until } from '../setup/until.js';

/** Of each server to the database. */
const CONNECTIONS = 10;

let server: TestServer;
let apps: readonly [App, App];
beforeAll(async () => {
  server = await startTestServer({ DATABASE_POOL_SIZE: String(CONNECTIONS) });
  apps = [server.app, await server.another()];
});
afterAll(() => server.close());

const billed = (input: Partial<NewClientInput> = {}): Promise<TestClient> => server.client({ ...billingDetails, ...input });
/** The client, calling the two servers in turn. */
const calling = (client: TestClient, index: number): ClientCalls => client.at(apps[index % 2]!.url);

/** Pays through one of the servers, and tells how it ended. */
async function pay(number: string, index: number): Promise<'paid' | 'paid already' | 'refused'> {
  const { database } = apps[index % 2]!.services;
  try {
    return (await payInvoice({ database, now: () => new Date() }, number)).replayed ? 'paid already' : 'paid';
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return 'refused';
  }
}

/** How often each answer came: the code of a problem, else "done" or "replayed". */
function tally(answers: readonly Json[]): Record<string, number> {
  const told = answers.map((answer) => (typeof answer === 'string' ? answer : answer.code ?? (answer.replayed ? 'replayed' : 'done')));
  return Object.fromEntries([...Map.groupBy(told, (one) => one)].map(([one, all]) => [one, all.length]));
}

/** Holds a client, or something of it, as another server would, until it is released. */
async function hold({ id }: TestClient, lock = 'select from client where id = $1 for update'): Promise<() => Promise<void>> {
  const holder = new pg.Client({ connectionString: server.databaseUrl });
  await holder.connect();
  await holder.query('begin');
  await holder.query(lock, [id]);
  return () => holder.end();
}

/** How many connections wait for a lock. */
async function waiting(): Promise<number> {
  const [row] = await server.sql<{ count: number }>(`
    select count(*)::int from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`);
  return row!.count;
}

async function limitOf({ id }: TestClient): Promise<number> {
  const [row] = await server.sql<{ limit: number }>('select license_limit as limit from client where id = $1', [id]);
  return row!.limit;
}

/** The numbers of the year, in order, as places in it. */
async function sequences(): Promise<number[]> {
  const rows = await server.sql<{ sequence: number }>('select sequence from invoice order by year, sequence');
  return rows.map(({ sequence }) => sequence);
}

async function expectNoGap(): Promise<void> {
  const given = await sequences();
  expect(given).toEqual(given.map((_, index) => index + 1));
  expect(await server.sql('select last from invoice_counter')).toEqual([{ last: given.length }]);
}

/** The last days, whatever the time of day is while the test runs. */
function lately(): { from: string; to: string } {
  const today = dayIn('Europe/Moscow', new Date());
  return { from: daysAfter(today, -1), to: daysAfter(today, 1) };
}

describe('through two servers in parallel', () => {
  it('50 orders of many clients are numbered without a gap or a double, though some are refused, fail or are cancelled', async () => {
    await server.sql(`alter table audit_entry add constraint no_sevens check (details ->> 'licenses' is distinct from '7')`);
    const clients = await together(10, (index) => (index === 9 ? server.client() : billed()));
    const before = (await sequences()).length;
    const answers = await together(50, async (index) => {
      const client = calling(clients[index % 10]!, index >> 1);
      // One of five fails after it has taken its number.
      const outcome: Json = await createInvoice(client, { licenses: index % 5 === 2 ? 7 : 1 }).catch(() => 'failed');
      if (outcome.invoice && index % 3 === 0) await cancelInvoice(client, outcome.invoice.id);
      return outcome;
    });
    await server.sql('alter table audit_entry drop constraint no_sevens');
    const { done, ...refused } = tally(answers);
    expect(refused).toEqual({ failed: 10, BILLING_DETAILS_MISSING: 5 });
    expect(await sequences()).toHaveLength(before + done!);
    await expectNoGap();
    const made = answers.flatMap(({ invoice }) => invoice?.number ?? []);
    expect(new Set(made).size).toBe(35);
  });

  it('an order of 20,000 licenses under way keeps no other client waiting, and leaves no gap when it fails', async () => {
    const [large, other] = [await billed({ payment: 'postpaid' }), await billed()];
    const times = Array.from({ length: 20_000 }, () => new Date().toISOString());
    await issueLicensesAt(server.sql, large, times);
    await server.sql(`alter table audit_entry add constraint no_heaps check (details ->> 'licenses' is distinct from '20000')`);
    const release = await hold(large, 'select from license where client_id = $1 order by user_id desc limit 1 for update');
    const under = createInvoice(large, { period: lately() }).catch(() => 'failed');
    await until('the order waits for a license', async () => await waiting() === 1);
    const { invoice } = await createInvoice(other, { licenses: 1 });
    expect(invoice).toMatchObject({ licenses: 1 });
    expect(await waiting()).toBe(1);
    await release();
    expect(await under).toBe('failed');
    await expectNoGap();
    await server.sql('alter table audit_entry drop constraint no_heaps');
    expect(await createInvoice(large, { period: lately() })).toMatchObject({ invoice: { licenses: 20_000 } });
    await expectNoGap();
    await expectEachLicenseOnce(large, 20_000);
  });

  it('50 orders with one idempotency key are one invoice', async () => {
    const client = await billed();
    const input = { licenses: 3, idempotencyKey: randomUUID() };
    const answers = await together(50, (index) => createInvoice(calling(client, index), input));
    expect(tally(answers)).toEqual({ done: 1, replayed: 49 });
    expect(new Set(answers.map(({ invoice }) => invoice.id)).size).toBe(1);
    expect(await invoicesOf(client)).toHaveLength(1);
    await expectNoGap();
  });

  it('different orders with one idempotency key are one invoice, and the others are told', async () => {
    const client = await billed();
    const idempotencyKey = randomUUID();
    const answers = await together(50, (index) => createInvoice(calling(client, index), { licenses: 1 + (index % 5), idempotencyKey }));
    expect(tally(answers)).toEqual({ done: 1, replayed: 9, IDEMPOTENCY_KEY_REUSED: 40 });
    expect(await invoicesOf(client)).toHaveLength(1);
  });

  it('more orders than may wait are as many as may', async () => {
    const client = await billed();
    const answers = await together(OPEN_INVOICE_LIMIT + 50, (index) => createInvoice(calling(client, index), { licenses: 1 }));
    expect(tally(answers)).toEqual({ done: OPEN_INVOICE_LIMIT, OPEN_INVOICE_LIMIT_REACHED: 50 });
    expect(await invoicesOf(client, 'ISSUED')).toHaveLength(OPEN_INVOICE_LIMIT);
    await expectNoGap();
  });

  it('an invoice paid 50 times raises the limit once, and is noted once', async () => {
    const client = await billed({ licenseLimit: 10 });
    const { invoice } = await createInvoice(client, { licenses: 5 });
    expect(tally(await together(50, (index) => pay(invoice.number, index)))).toEqual({ paid: 1, 'paid already': 49 });
    expect(await limitOf(client)).toBe(15);
    const noted = `select details -> 'licenseLimit' as limit from audit_entry where client_id = $1 and action = 'INVOICE_PAID'`;
    expect(await server.sql(noted, [client.id])).toEqual([{ limit: { from: 10, to: 15 } }]);
  });

  it('50 invoices of a client that are paid at once raise the limit by all of them', async () => {
    const client = await billed({ licenseLimit: 10 });
    const invoices = await together(50, async (index) => (await createInvoice(calling(client, index), { licenses: index + 1 })).invoice);
    expect(tally(await together(50, (index) => pay(invoices[index].number, index)))).toEqual({ paid: 50 });
    expect(await limitOf(client)).toBe(10 + (50 * 51) / 2);
  });

  it('of paying and cancelling at the same time exactly one wins, and the limit agrees with it', async () => {
    const client = await billed({ licenseLimit: 0 });
    for (const first of ['pay', 'cancel', 'pay', 'cancel']) {
      const { invoice } = await createInvoice(client, { licenses: 1 });
      const before = await limitOf(client);
      const call = (index: number): Promise<Json> => ((index % 2 === 0) === (first === 'pay')
        ? pay(invoice.number, index >> 1) : cancelInvoice(calling(client, index >> 1), invoice.id));
      // All wait for the client, in the order in which they came to it.
      const release = await hold(client);
      const one = call(0);
      await until('the first waits', async () => await waiting() === 1);
      const others = together(49, (index) => call(index + 1));
      // Whoever has no connection yet cannot overtake the first when the client is free.
      await until('all connections wait', async () => await waiting() === 2 * CONNECTIONS);
      await release();

      expect(tally([await one, ...await others]))
        .toEqual(first === 'pay' ? { paid: 1, 'paid already': 24, INVOICE_PAID: 25 } : { done: 1, replayed: 24, refused: 25 });
      const status = first === 'pay' ? 'PAID' : 'CANCELLED';
      expect(await invoicesOf(client)).toContainEqual(expect.objectContaining({ id: invoice.id, status }));
      expect(await limitOf(client) - before).toBe(first === 'pay' ? 1 : 0);
    }
  });

  it('50 postpaid orders of one period charge for each license exactly once while users are registered', async () => {
    const client = await billed({ payment: 'postpaid' });
    const period = lately();
    const answers = await together(50, async (index) => {
      const caller = calling(client, index);
      await caller.register(`before ${index}`);
      const [answer] = await Promise.all([createInvoice(caller, { period }), caller.register(`meanwhile ${index}`)]);
      return answer;
    });
    const { done = 0, NOTHING_TO_INVOICE: idle = 0 } = tally(answers);
    expect(done + idle).toBe(50);
    await createInvoice(client, { period });
    await expectEachLicenseOnce(client, 100);
    await expectNoGap();
  });

  it('postpaid invoices that are cancelled meanwhile leave each license to exactly one that is not', async () => {
    const client = await billed({ payment: 'postpaid' });
    const period = lately();
    await together(50, async (index) => {
      const caller = calling(client, index);
      await caller.register(`person ${index}`);
      const { invoice } = await createInvoice(caller, { period });
      if (invoice && index % 2 === 0) await cancelInvoice(caller, invoice.id);
    });
    await createInvoice(client, { period });
    await expectEachLicenseOnce(client, 50);
  });

  it('licenses that are paid for while 100 users come are never exceeded, and all payments count', async () => {
    const client = await billed({ licenseLimit: 10 });
    const invoices = await together(20, async () => (await createInvoice(client, { licenses: 3 })).invoice);
    const keys = await together(100, () => server.save());
    const beyond: object[] = [];
    const [attached, paid] = await Promise.all([
      together(100, (index) => calling(client, index).attach(keys[index]!, `person ${index}`)),
      together(20, async (index) => {
        const ended = await pay(invoices[index].number, index);
        beyond.push(...await server.sql('select from client where id = $1 and licenses_issued > license_limit', [client.id]));
        return ended;
      }),
    ]);
    expect(tally(paid)).toEqual({ paid: 20 });
    expect(beyond).toEqual([]);
    expect(await limitOf(client)).toBe(10 + 20 * 3);
    const licensed = attached.filter(({ licenseIssued }) => licenseIssued).length;
    expect(tally(attached)).toEqual({ done: licensed, ...(licensed < 100 ? { LICENSE_LIMIT_REACHED: 100 - licensed } : {}) });
    expect(licensed).toBeGreaterThanOrEqual(10);
    expect(licensed).toBeLessThanOrEqual(70);
    expect(await server.holdings(client)).toEqual({ users: licensed, licenses: licensed, counter: licensed, attached: licensed });
    const more = await together(100, (index) => calling(client, index).register(`more ${index}`));
    expect(more.filter(({ licenseIssued }) => licenseIssued)).toHaveLength(70 - licensed);
  });

  it('a limit that an operator sets while invoices are paid is raised by those that are paid after it', async () => {
    const client = await billed({ licenseLimit: 0 });
    const invoices = await together(20, async () => (await createInvoice(client, { licenses: 1 })).invoice);
    await Promise.all([
      together(20, (index) => pay(invoices[index].number, index)),
      changeClient(apps[0].services.database, client.slug, { licenseLimit: 1_000 }),
    ]);
    const changes = await server.sql<{ from: number; to: number }>(`
      select (details -> 'licenseLimit' ->> 'from')::int as "from", (details -> 'licenseLimit' ->> 'to')::int as "to"
        from audit_entry where client_id = $1 and details ? 'licenseLimit' and action <> 'CLIENT_CREATED'`, [client.id]);
    // Each change begins where another ended: from 0, in whatever order, to what the limit is.
    const next = new Map(changes.map(({ from, to }) => [from, to]));
    let limit = 0;
    for (let step = 0; step < 21; step += 1) limit = next.get(limit)!;
    expect(await limitOf(client)).toBe(limit);
  });

  it('none of this has met a deadlock', async () => {
    // PostgreSQL's own count is complete when the connections are closed.
    await server.stop();
    expect(await server.sql('select deadlocks::int from pg_stat_database where datname = current_database()')).toEqual([{ deadlocks: 0 }]);
  });
});

/** Every license of the client stands in one invoice that is not cancelled, and each invoice charges for what it lists. */
async function expectEachLicenseOnce(client: TestClient, licenses: number): Promise<void> {
  const invoices = await server.sql<{ status: string; licenses: number; listed: number }>(`
    select i.status, i.licenses,
           (select count(*)::int from invoice_license b where b.client_id = i.client_id and b.invoice_id = i.id) as listed
      from invoice i where i.client_id = $1`, [client.id]);
  for (const { status, licenses: charged, listed } of invoices) expect(listed).toBe(status === 'CANCELLED' ? 0 : charged);
  expect(invoices.reduce((sum, { listed }) => sum + listed, 0)).toBe(licenses);
  expect(await server.holdings(client)).toMatchObject({ licenses, counter: licenses });
}
