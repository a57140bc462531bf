import { createHash } from 'node:crypto';
import { type Actor, AuditAction, recordAudit } from '../clients/index.js';
import type { Sql } from '../database/index.js';
import { newId } from '../kernel/ids.js';
import { InputError } from '../kernel/input-error.js';
import { daysAfter } from '../kernel/period.js';
import type { Billing } from './billing.js';
import { type ClientAccount, lockClient } from './client-account.js';
import {
  decideOrder, type GrantedOrder, INVOICE_LICENSES, type InvoiceOrder, type OrderRefusal, PERIOD_LICENSES,
} from './decision.js';
import { invoiceByOrderKey } from './find-invoices.js';
import type { IssuedInvoice } from './issued-invoice.js';
import { issueInvoice } from './issue-invoice.js';
import { billLicenses, readStanding } from './order-standing.js';

/** A client orders an invoice. */
export interface CreateInvoiceRequest extends InvoiceOrder {
  readonly clientId: string;
  /** The caller's UUID of this order, in lower case; null when repeats need not be recognised. */
  readonly idempotencyKey: string | null;
  readonly actor: Actor;
}

export type CreateInvoiceOutcome =
  | OrderRefusal
  | { readonly kind: 'CREATED'; readonly invoice: IssuedInvoice; readonly replayed: boolean };

/**
 * Makes an invoice with the next number of its year. It says for ever what was agreed when it was made: seller, buyer,
 * price and VAT are copied into it. A refused order leaves nothing behind, and no gap among the numbers.
 */
export async function createInvoice(billing: Billing, request: CreateInvoiceRequest): Promise<CreateInvoiceOutcome> {
  const { clientId, licenses, period, idempotencyKey } = request;
  if (licenses !== null && (licenses < 1 || licenses > INVOICE_LICENSES)) throw wrongNumber(licenses);
  const { database, config: { seller, vat } } = billing;
  return database.transaction(async (sql) => {
    const client = await lockClient(sql, clientId);
    const ordered = { clientId, period, timeZone: client.timeZone };
    const { digest, openInvoices, unbilled } = await readStanding(sql, ordered, idempotencyKey);
    const earlier = digest && (digest.equals(orderDigest(request)) ? 'SAME_ORDER' : 'OTHER_ORDER');
    const decision = decideOrder(request, { client, seller, vat, earlier, openInvoices, unbilled });
    switch (decision.kind) {
      case 'REPLAYED':
        return { kind: 'CREATED', invoice: await invoiceByOrderKey(sql, clientId, idempotencyKey), replayed: true };
      case 'GRANTED':
        return { kind: 'CREATED', invoice: await write(sql, billing, request, client, decision), replayed: false };
      case 'TOO_MANY_LICENSES': throw tooMany(decision.licenses);
      case 'VAT_CHANGES': throw twoRates(decision.day);
      default: return decision;
    }
  });
}

async function write(
  sql: Sql, { config, now }: Billing, request: CreateInvoiceRequest, { paymentPolicy, timeZone }: ClientAccount,
  { licenses, unitPrice, buyer, seller }: GrantedOrder,
): Promise<IssuedInvoice> {
  const { clientId, period, idempotencyKey, actor } = request;
  const id = newId();
  // Before the number is taken, for which all clients wait. The lock makes a difference impossible; without the check a
  // mistake in it would charge for what is not listed.
  if (period && await billLicenses(sql, { clientId, period, timeZone }, id) !== licenses) {
    throw new Error('A license was issued or invoiced under lock.');
  }
  const invoice = await issueInvoice(sql, {
    clientId, id, paymentPolicy, licenses, unitPrice, buyer, seller, period, issuedAt: now(),
    repeat: idempotencyKey === null ? null : { key: idempotencyKey, digest: orderDigest(request) },
  }, config);
  const details = { number: invoice.number, licenses, total: invoice.total, ...(period && { period }) };
  await recordAudit(sql, { clientId, at: invoice.issuedAt, actor, action: AuditAction.INVOICE_CREATED, details });
  return invoice;
}

function wrongNumber(licenses: number): InputError {
  return new InputError(
    `An invoice is for 1 to ${INVOICE_LICENSES} licenses, and this one would be for ${licenses}: order another number.`,
  );
}

function tooMany(licenses: number): InputError {
  return new InputError(
    `An invoice of a period is for at most ${PERIOD_LICENSES} licenses, and this one would be for ${licenses}: ` +
    'order a shorter period.',
  );
}

function twoRates(day: string): InputError {
  return new InputError(
    `The rate of VAT changes on ${day}, within the period: order two invoices, one until ${daysAfter(day, -1)} and one from ${day}.`,
  );
}

/** Tells a repeat from another order. */
function orderDigest({ licenses, period }: InvoiceOrder): Buffer {
  return createHash('sha256').update(JSON.stringify([licenses, period?.from, period?.to])).digest();
}
