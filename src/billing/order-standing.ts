import { type Sql, startOfDay, statement } from '../database/index.js';
import type { Period } from '../kernel/period.js';

/** What was ordered of whom, as the statements here need it. */
export interface Ordered {
  readonly clientId: string;
  /** Days in the client's time zone; null when no period was ordered. */
  readonly period: Period | null;
  readonly timeZone: string;
}

/** How things stand for an order. */
export interface Standing {
  /** SHA-256 of the order that the idempotency key belongs to; null when it belongs to none. */
  readonly digest: Buffer | null;
  /** Invoices of the client that wait to be paid. */
  readonly openInvoices: number;
  /** Licenses of the period that no invoice charges for; 0 without a period. */
  readonly unbilled: number;
}

// A period of nulls has no license. Those issued in advance are paid for by the limit.
const ofPeriod = `
    from license l
   where l.client_id = $1 and l.payment_policy = 'POSTPAID'
     and l.issued_at >= ${startOfDay('$2::date', '$4::text')}
     and l.issued_at < ${startOfDay('$3::date + 1', '$4::text')}`;

const read = statement<Standing>('invoice-order-standing', `
  select (select request_digest from invoice where client_id = $1 and idempotency_key = $5) as digest,
         (select count(*)::int from invoice where client_id = $1 and status = 'ISSUED') as "openInvoices",
         (select count(*)::int ${ofPeriod} and not exists (
           select from invoice_license b where b.client_id = l.client_id and b.user_id = l.user_id)) as unbilled`);

// Licenses of other invoices are left out by the primary key. To ask for them first would be planned for the table as it
// is before the insert: while it is small, the time would be the square of the number of licenses.
const bill = statement<{ licenses: number }>('invoice-bill-licenses', `
  with billed as (
    insert into invoice_license (client_id, user_id, invoice_id)
    select l.client_id, l.user_id, $5::uuid ${ofPeriod}
    on conflict (client_id, user_id) do nothing
    returning 1
  )
  select count(*)::int as licenses from billed`);

/** What is asked before an invoice is made. */
export async function readStanding(sql: Sql, ordered: Ordered, idempotencyKey: string | null): Promise<Standing> {
  const [row] = await sql.run(read, [...values(ordered), idempotencyKey]);
  return row!;
}

/**
 * Lets an invoice charge for the licenses of the period that none charges for, and tells how many they were. The invoice
 * itself may be stored after them, in the same transaction.
 */
export async function billLicenses(sql: Sql, ordered: Ordered, invoiceId: string): Promise<number> {
  const [row] = await sql.run(bill, [...values(ordered), invoiceId]);
  return row!.licenses;
}

function values({ clientId, period, timeZone }: Ordered): readonly unknown[] {
  return [clientId, period?.from ?? null, period?.to ?? null, timeZone];
}
