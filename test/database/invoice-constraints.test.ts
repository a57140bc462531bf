import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { billingDetails, createInvoice, issueLicensesAt } from '../setup/billing.js';
import { startTestServer, type TestClient, type TestServer } from '../setup/test-server.js';

let server: TestServer;
let prepaid: TestClient;
let postpaid: TestClient;
beforeAll(async () => {
  server = await startTestServer();
  [prepaid, postpaid] = [await server.client(billingDetails), await server.client({ ...billingDetails, payment: 'postpaid' })];
  await createInvoice(prepaid, { licenses: 2, idempotencyKey: KEY });
  await issueLicensesAt(server.sql, postpaid, ['2026-10-01T12:00:00Z', '2026-10-02T12:00:00Z']);
  await createInvoice(postpaid, { period: { from: '2026-10-01', to: '2026-10-01' } });
});
afterAll(() => server.close());

const KEY = randomUUID();

/** Changes the invoice of a client. */
const change = (what: string, client: () => TestClient = () => prepaid) => ({
  sql: `update invoice set ${what} where client_id = $1`,
  values: () => [client().id],
});
/** Copies it with some columns changed. */
const copy = (changes: object) => ({
  sql: 'insert into invoice select (jsonb_populate_record(i, $2)).* from invoice i where client_id = $1',
  values: () => [prepaid.id, {
    id: randomUUID(), document_key: randomUUID(), sequence: 100, idempotency_key: null, request_digest: null, ...changes,
  }],
});
/** Lets the invoice of one client charge for a license of another, or of the same. */
const bill = (day: string, payer: () => TestClient) => ({
  sql: `insert into invoice_license select $1, l.user_id, i.id from license l, invoice i where l.issued_at::date = $2 and i.client_id = $3`,
  values: () => [payer().id, day, payer().id],
});

describe('the database refuses', () => {
  it.each([
    ['a number that is given already', /invoice_year_sequence_unique/, copy({ sequence: 1 })],
    ['two invoices under one address', /invoice_document_key_unique/,
      change('document_key = (select document_key from invoice where client_id <> $1)')],
    ['two orders under one idempotency key', /invoice_client_id_idempotency_key_unique/,
      copy({ idempotency_key: KEY, request_digest: '\\x00' })],
    ['an idempotency key without its order', /invoice_idempotency_whole/, change('request_digest = null')],
    ['an invoice of no licenses', /invoice_amounts/, change('licenses = 0, total = 0, vat = 0')],
    ['an invoice for nothing', /invoice_amounts/, change('unit_price = 0, total = 0, vat = 0')],
    ['a total that is not price times licenses', /invoice_amounts/, change('total = total + 1')],
    ['more VAT than the total', /invoice_amounts/, change('vat = total + 1')],
    ['negative VAT', /invoice_amounts/, change('vat = -1')],
    ['VAT without its rate', /invoice_vat_whole/, change('vat_rate = null')],
    ['a paid invoice since no time', /invoice_paid_whole/, change(`status = 'PAID'`)],
    ['an issued invoice with a time of payment', /invoice_paid_whole/, change('paid_at = now()')],
    ['a cancelled invoice since no time', /invoice_cancelled_whole/, change(`status = 'CANCELLED'`)],
    ['an invoice both paid and cancelled', /invoice_cancelled_whole/,
      change(`status = 'PAID', paid_at = now(), cancelled_at = now()`)],
    ['a status that does not exist', /invoice_status_check/, change(`status = 'LOST'`)],
    ['a prepaid invoice with a period', /invoice_period_of_postpaid/, change(`period_from = '2026-01-01', period_to = '2026-01-01'`)],
    ['a postpaid invoice without one', /invoice_period_of_postpaid/, change('period_from = null', () => postpaid)],
    ['a reversed period', /invoice_period_forwards/, change(`period_to = '2026-09-30'`, () => postpaid)],
    ['a second invoice for a license', /invoice_license_pkey/, bill('2026-10-01', () => postpaid)],
    ["a license of another client's", /invoice_license_client_id_user_id_foreign/, bill('2026-10-02', () => prepaid)],
    ['a license of an invoice that is none', /invoice_license_client_id_invoice_id_foreign/, {
      sql: 'insert into invoice_license select client_id, user_id, $2 from license where client_id = $1 and issued_at::date = $3',
      values: () => [postpaid.id, randomUUID(), '2026-10-02'],
    }],
    ['an invoice that goes while it charges for licenses', /invoice_license_client_id_invoice_id_foreign/,
      { sql: 'delete from invoice where client_id = $1', values: () => [postpaid.id] }],
    ['a number before the first', /invoice_counter_positive/, { sql: 'update invoice_counter set last = $1', values: () => [0] }],
  ])('%s', async (_, constraint, { sql, values }) => {
    await expect(server.sql(sql, values())).rejects.toThrow(constraint);
  });
});

describe('the database takes', () => {
  it('the same statements with good values, so that the refusals above have no other cause', async () => {
    for (const { sql, values } of [
      copy({}), bill('2026-10-02', () => postpaid), change(`status = 'PAID', paid_at = now()`), change('vat = null, vat_rate = null'),
    ]) await server.sql(sql, values());
  });
});
