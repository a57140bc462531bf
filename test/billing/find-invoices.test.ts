import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createInvoice, findInvoices, findInvoicesOfLicenses, invoiceByNumber, type IssuedInvoice } from '../../src/billing/index.js';
import { type Client, createClient, type NewClientInput, OPERATOR } from '../../src/clients/index.js';
import { statementsOf } from '../setup/count-statements.js';
import { billingAt, billingDetails, issueLicensesAt } from '../setup/billing.js';
import { type OpenDatabase, openTestDatabase } from '../setup/open-database.js';

let opened: OpenDatabase;
let clients: readonly [Client, Client];
/** Two invoices of the first client, and one of the other, each for one license of its own. */
let invoices: readonly IssuedInvoice[];
/** The licenses of these invoices, and one of the other client that none charges for. */
let users: readonly string[];

beforeAll(async () => {
  opened = await openTestDatabase();
  clients = [await newClient('one'), await newClient('other')];
  const wanted = [[clients[0], '2026-10-01'], [clients[0], '2026-10-02'], [clients[1], '2026-10-01'], [clients[1], '2026-10-09']] as const;
  for (const [client, day] of wanted) await issueLicensesAt(opened.sql, client, [`${day}T12:00:00Z`]);
  invoices = [];
  for (const [client, day] of wanted.slice(0, 3)) invoices = [...invoices, await invoiceOf(client, day)];
  const licenses = await opened.sql<{ id: string }>(`
    select l.user_id as id from license l join client c on c.id = l.client_id order by c.slug, l.issued_at`);
  users = licenses.map(({ id }) => id);
});
afterAll(() => opened.close());

async function newClient(slug: string): Promise<Client> {
  const input: NewClientInput = { name: slug, slug, payment: 'postpaid', licensePolicy: 'unlimited', ...billingDetails };
  return (await createClient(opened.database, input)).client;
}

async function invoiceOf({ id }: Client, day: string): Promise<IssuedInvoice> {
  const outcome = await createInvoice(billingAt(opened.database, '2026-11-22T09:00:00Z'), {
    clientId: id, licenses: null, period: { from: day, to: day }, idempotencyKey: null, actor: OPERATOR,
  });
  if (outcome.kind !== 'CREATED') throw new Error(outcome.kind);
  return outcome.invoice;
}

describe('invoices by their ids', () => {
  it('come in the order asked for, in one statement, and only to their own client', async () => {
    const [one, other] = clients;
    const name = (client: Client, invoiceId: string) => ({ clientId: client.id, invoiceId });
    const wanted = [
      name(other, invoices[2]!.id), name(other, invoices[0]!.id), name(one, randomUUID()),
      name(one, invoices[1]!.id), name(one, invoices[0]!.id),
    ];
    let found: unknown;
    const sent = await statementsOf(async () => {
      found = await findInvoices(opened.database, wanted);
    });
    expect(found).toEqual([invoices[2], null, null, invoices[1], invoices[0]]);
    expect(sent).toEqual(['invoices-by-id']);
  });
});

describe('the invoices of licenses', () => {
  it('come in the order asked for, in one statement, and only to their own client', async () => {
    const [one, other] = clients;
    const name = (client: Client, userId: string) => ({ clientId: client.id, userId });
    const wanted = [
      name(other, users[3]!), name(other, users[2]!), name(one, users[2]!), name(one, randomUUID()),
      name(one, users[1]!), name(one, users[0]!),
    ];
    let found: unknown;
    const sent = await statementsOf(async () => {
      found = await findInvoicesOfLicenses(opened.database, wanted);
    });
    expect(found).toEqual([null, invoices[2], null, null, invoices[1], invoices[0]]);
    expect(sent).toEqual(['invoices-of-licenses']);
  });
});

describe('an invoice by its number', () => {
  it('is found in the one way in which the number is written', async () => {
    expect(invoices.map(({ number }) => number)).toEqual(['2026-000001', '2026-000002', '2026-000003']);
    expect(await invoiceByNumber(opened.database, '2026-000002')).toEqual(invoices[1]);
  });

  it.each([
    '2026-000004', '2025-000001', '2026-1', '2026-0000001', ' 2026-000001', '2026-000001\n', '0000-000000', '2026',
    '', 'x', '9999-999999999', '2026-9999999999', '2026-00000١', "' or 1=1 --",
  ])('is not found as %j', async (number) => {
    await expect(invoiceByNumber(opened.database, number)).rejects.toThrow(`There is no invoice "${number}". "invoice list" shows all.`);
  });
});
