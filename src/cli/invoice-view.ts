import type { IssuedInvoice } from '../billing/index.js';
import { roublesOf } from '../kernel/money.js';

/** What commands tell of an invoice: amounts in roubles, days and times in ISO form. */
export function invoiceView(invoice: IssuedInvoice) {
  const { number, status, paymentPolicy, licenses, vatRate, period, buyer, documentKey } = invoice;
  const { issuedAt, dueAt, paidAt, cancelledAt } = invoice;
  return {
    number, status, paymentPolicy, licenses,
    unitPrice: roublesOf(invoice.unitPrice), total: roublesOf(invoice.total),
    vat: invoice.vat === null ? null : roublesOf(invoice.vat), vatRate,
    issuedAt, dueAt, paidAt, cancelledAt, period, buyer, documentKey,
  };
}
