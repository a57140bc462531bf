import { type Sql, statement } from '../database/index.js';
import { newId } from '../kernel/ids.js';
import { dayIn, type Period } from '../kernel/period.js';
import type { PaymentPolicy } from '../licensing/index.js';
import type { BillingConfig } from './billing.js';
import type { GrantedOrder } from './decision.js';
import { type InvoiceRow, invoiceColumns, type IssuedInvoice, issuedInvoice } from './issued-invoice.js';
import { vatIn } from './vat.js';

const DAY_MS = 86_400_000;

/** All that an invoice is made of. */
export interface InvoiceTerms extends GrantedOrder {
  readonly clientId: string;
  /** Made before, so that licenses could be told whose they are. */
  readonly id: string;
  readonly paymentPolicy: PaymentPolicy;
  /** Null for a prepaid invoice. */
  readonly period: Period | null;
  readonly issuedAt: Date;
  /** By what a repeat of the order is recognised; null when it need not be. */
  readonly repeat: OrderKey | null;
}

/** An idempotency key with the SHA-256 of the order that it belongs to. */
export interface OrderKey {
  readonly key: string;
  readonly digest: Buffer;
}

// All invoices of a year, of whichever client, wait for the counter until the transaction ends: it is written as late as can be.
const number = statement<{ last: number }>('invoice-number', `
  insert into invoice_counter (year, last) values ($1, 1)
  on conflict (year) do update set last = invoice_counter.last + 1
  returning last`);
const insert = statement<InvoiceRow>('invoice-insert', `
  with i as (
    insert into invoice (
      client_id, id, year, sequence, document_key, status, payment_policy, licenses, unit_price, total, vat, vat_rate,
      issued_at, due_at, period_from, period_to, seller, buyer, idempotency_key, request_digest)
    values ($1, $2, $3, $4, $5, 'ISSUED', $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
    returning *
  )
  select ${invoiceColumns} from i`);

/** Gives an invoice the next number of its year, calculates its amounts and stores it. */
export async function issueInvoice(
  sql: Sql, terms: InvoiceTerms, { vat: regime, timeZone, paymentTermDays }: BillingConfig,
): Promise<IssuedInvoice> {
  const { clientId, id, paymentPolicy, licenses, unitPrice, issuedAt, period, seller, buyer, repeat } = terms;
  const day = dayIn(timeZone, issuedAt);
  const total = licenses * unitPrice;
  // Licenses that were issued are taxed as of then, those to come as of now.
  const vat = vatIn(total, regime, period?.from ?? day);
  const dueAt = new Date(issuedAt.getTime() + paymentTermDays * DAY_MS);
  const year = Number(day.slice(0, 4));
  const [counter] = await sql.run(number, [year]);
  const [row] = await sql.run(insert, [
    clientId, id, year, counter!.last, newId(), paymentPolicy, licenses, unitPrice, total,
    vat?.amount ?? null, vat?.rate ?? null, issuedAt, dueAt, period?.from ?? null, period?.to ?? null,
    JSON.stringify(seller), JSON.stringify(buyer), repeat?.key ?? null, repeat?.digest ?? null,
  ]);
  return issuedInvoice(row!);
}
