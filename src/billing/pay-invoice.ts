import { AuditAction, MOST_LICENSES, OPERATOR, recordAudit } from '../clients/index.js';
import { type Sql, statement } from '../database/index.js';
import { InputError } from '../kernel/input-error.js';
import { roublesOf } from '../kernel/money.js';
import type { Billing } from './billing.js';
import { lockClient } from './client-account.js';
import { decidePayment, type LimitChange } from './decision.js';
import { findInvoices, invoiceByNumber } from './find-invoices.js';
import { invoiceColumns, type InvoiceRow, type IssuedInvoice, issuedInvoice } from './issued-invoice.js';

/** An invoice that is paid. */
export interface PayInvoiceOutcome {
  /** The client that it was made for. */
  readonly slug: string;
  readonly invoice: IssuedInvoice;
  /** Whether it was paid before, so that nothing was changed. */
  readonly replayed: boolean;
  /** What became of the client's limit of licenses; null when it stays as it is. */
  readonly licenseLimit: LimitChange | null;
}

const pay = statement<InvoiceRow>('invoice-pay', `
  with raised as (
    update client set license_limit = $4::int where id = $1 and $4::int is not null
  ), i as (
    update invoice set status = 'PAID', paid_at = $3 where client_id = $1 and id = $2 returning *
  )
  select ${invoiceColumns} from i`);

/**
 * Notes that the money for an invoice has come, and raises the limit of a client that pays in advance: once, however
 * often it is told. The money that has come, in kopecks, has to be the total; null when nobody says how much it is. An
 * `InputError` says why an invoice cannot be paid.
 */
export async function payInvoice(
  { database, now }: Omit<Billing, 'config'>, number: string, money: number | null = null,
): Promise<PayInvoiceOutcome> {
  const { clientId, id: invoiceId, total } = await invoiceByNumber(database, number);
  if (money !== null && money !== total) throw otherTotal(number, total, money);
  return database.transaction(async (sql) => {
    const client = await lockClient(sql, clientId);
    // Read again: somebody may have paid or cancelled it before the client was held.
    const [invoice] = await findInvoices(sql, [{ clientId, invoiceId }]);
    const { slug } = client;
    const decision = decidePayment(invoice!, client);
    switch (decision.kind) {
      case 'INVOICE_CANCELLED': throw cancelled(number);
      case 'LIMIT_TOO_HIGH': throw tooHigh(number, decision.limit, slug);
      case 'REPLAYED': return { slug, invoice: invoice!, replayed: true, licenseLimit: null };
      case 'GRANTED': {
        const { licenseLimit } = decision;
        return { slug, invoice: await write(sql, invoice!, licenseLimit, now()), replayed: false, licenseLimit };
      }
    }
  });
}

async function write(
  sql: Sql, { clientId, id, number, licenses, total }: IssuedInvoice, licenseLimit: LimitChange | null, at: Date,
): Promise<IssuedInvoice> {
  const [row] = await sql.run(pay, [clientId, id, at, licenseLimit?.to ?? null]);
  const details = { number, licenses, total, ...(licenseLimit && { licenseLimit }) };
  await recordAudit(sql, { clientId, at, actor: OPERATOR, action: AuditAction.INVOICE_PAID, details });
  return issuedInvoice(row!);
}

function otherTotal(number: string, total: number, money: number): InputError {
  return new InputError(`The total of invoice ${number} is ${roublesOf(total)} roubles, not ${roublesOf(money)}: nothing is changed.`);
}

function cancelled(number: string): InputError {
  return new InputError(`Invoice ${number} is cancelled and cannot be paid: the client has to order another one.`);
}

function tooHigh(number: string, limit: number, slug: string): InputError {
  return new InputError(
    `Invoice ${number} would raise the license limit to ${limit}, and ${MOST_LICENSES} is the highest: ` +
    `lower it first with "client set ${slug} --license-limit", or cancel the invoice.`,
  );
}
