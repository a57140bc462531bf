import { randomUUID } from 'node:crypto';
import type { Billing, BillingConfig, Seller } from '../../src/billing/index.js';
import type { Database } from '../../src/database/index.js';
import type { FreshDatabase } from './fresh-database.js';
import type { ClientCalls, Json } from './test-server.js';

/** A seller as the environment names one. No region and no bank has these numbers, though their check digits are right. */
export const sellerVariables = {
  SELLER_NAME: 'ООО «Тестодром»',
  SELLER_INN: '0012345673',
  SELLER_KPP: '001201001',
  SELLER_ADDRESS: '101000, г. Москва, ул. Мясницкая, д. 1',
  SELLER_ACCOUNT: '40702810300000000001',
  SELLER_BANK: 'АО «Банк», г. Москва',
  SELLER_BIC: '049900123',
  SELLER_CORRESPONDENT_ACCOUNT: '30101810800000000123',
  SELLER_DIRECTOR: 'Иванова А. А.',
} as const;

/** The same seller as invoices know it. */
export const seller: Seller = {
  name: sellerVariables.SELLER_NAME,
  inn: sellerVariables.SELLER_INN,
  kpp: sellerVariables.SELLER_KPP,
  address: sellerVariables.SELLER_ADDRESS,
  account: sellerVariables.SELLER_ACCOUNT,
  bank: sellerVariables.SELLER_BANK,
  bic: sellerVariables.SELLER_BIC,
  correspondentAccount: sellerVariables.SELLER_CORRESPONDENT_ACCOUNT,
  director: sellerVariables.SELLER_DIRECTOR,
  accountant: null,
};

/** What a client needs before it can be invoiced: a price of 1500 roubles and a buyer. */
export const billingDetails = {
  price: '1500', buyerName: 'АНО «Школа № 5»', buyerInn: '0098765437', buyerKpp: '009801001',
  buyerAddress: '101000, г. Москва',
} as const;

/** Billing without a server, at a time of its own. */
export function billingAt(database: Database, time: string, config: Partial<BillingConfig> = {}): Billing {
  return {
    database,
    now: () => new Date(time),
    config: { seller, vat: 'standard', timeZone: 'Europe/Moscow', paymentTermDays: 10, ...config },
  };
}

/** Registers users of a client as if they had come at these times. */
export async function issueLicensesAt(sql: FreshDatabase['sql'], client: { readonly id: string }, times: readonly string[]): Promise<void> {
  const ids = times.map(() => randomUUID());
  await sql(`
    with u as (
      insert into client_user (client_id, id, external_id, registered_at)
      select $1, id, id, at from unnest($2::uuid[], $3::timestamptz[]) as u (id, at)
      returning *
    ), counter as (
      update client set licenses_issued = licenses_issued + cardinality($2::uuid[]) where id = $1
    )
    insert into license (client_id, user_id, issued_at, payment_policy)
    select u.client_id, u.id, registered_at, payment_policy from u join client c on c.id = u.client_id`, [client.id, ids, times]);
}

const INVOICE = `id number status licenses unitPrice { amount currency } total { amount currency } vat { amount currency } vatRate
  issuedAt dueAt paidAt cancelledAt period { from to } url html: url(format: HTML)`;
const PROBLEM = `__typename ... on Problem { code message } ... on PaymentPolicyMismatchProblem { paymentPolicy }
  ... on BillingDetailsMissingProblem { missing } ... on OpenInvoiceLimitReachedProblem { limit }`;
const CREATE = `mutation ($input: CreateInvoiceInput!) { createInvoice(input: $input) {
  ${PROBLEM} ... on CreateInvoiceSuccess { replayed invoice { ${INVOICE} } } } }`;
const CANCEL = `mutation ($input: CancelInvoiceInput!) { cancelInvoice(input: $input) {
  __typename ... on Problem { code message } ... on CancelInvoiceSuccess { replayed invoice { ${INVOICE} } } } }`;

type Caller = Pick<ClientCalls, 'graphql'>;

/** Orders an invoice and gives the outcome, `__typename` and all facts. */
export function createInvoice(client: Caller, input: object): Promise<Json> {
  return mutate(client, CREATE, input);
}

export function cancelInvoice(client: Caller, invoiceId: string): Promise<Json> {
  return mutate(client, CANCEL, { invoiceId });
}

/** The invoices of a client, the newest first, as the API tells them. */
export async function invoicesOf(client: Caller, status: string | null = null): Promise<Json[]> {
  const query = `query ($status: InvoiceStatus) { viewer { invoices(first: 100, status: $status) { nodes { ${INVOICE} } } } }`;
  const { data, errors } = await client.graphql(query, { status });
  if (errors) throw new Error(errors[0]?.message);
  return data.viewer.invoices.nodes;
}

async function mutate(client: Caller, query: string, input: object): Promise<Json> {
  const { data, errors } = await client.graphql(query, { input });
  if (errors) throw new Error(`${errors[0]?.extensions.code}: ${errors[0]?.message}`);
  return Object.values(data as object)[0];
}
