import { describe, expect, it } from '@jest/globals';
import {
  decideCancellation, decideOrder, decidePayment, INVOICE_LICENSES, type InvoiceOrder, OPEN_INVOICE_LIMIT, type OrderStanding,
  PERIOD_LICENSES,
} from '../../src/billing/decision.js';
import { InvoiceStatus } from '../../src/billing/index.js';
import { PaymentPolicy } from '../../src/licensing/index.js';
import { seller } from '../setup/billing.js';

const { PREPAID, POSTPAID } = PaymentPolicy;
const buyer = { name: 'Buyer', inn: '0098765437', kpp: '009801001', address: null };
const period = { from: '2026-11-01', to: '2026-11-30' };

const inAdvance: InvoiceOrder = { licenses: 5, period: null };
const afterwards: InvoiceOrder = { licenses: null, period };
const overNewYear: InvoiceOrder = { licenses: null, period: { from: '2025-12-31', to: '2026-01-01' } };
const nothing: InvoiceOrder = { licenses: null, period: null };
const everything: InvoiceOrder = { licenses: 5, period };

interface Case extends Partial<Omit<OrderStanding, 'client'>>, Partial<OrderStanding['client']> {}

/** All is known, nothing waits to be paid, and of the period 3 licenses are open, unless a case says otherwise. */
function standing({ paymentPolicy = PREPAID, licensePrice = 150_000, buyer: who = buyer, ...rest }: Case): OrderStanding {
  return { client: { paymentPolicy, licensePrice, buyer: who }, seller, vat: 'standard', earlier: null, openInvoices: 0, unbilled: 3, ...rest };
}

const mismatch = (paymentPolicy: PaymentPolicy) => ({ kind: 'PAYMENT_POLICY_MISMATCH', paymentPolicy });
const missing = (...names: string[]) => ({ kind: 'BILLING_DETAILS_MISSING', missing: names });
const granted = (licenses: number) => ({ kind: 'GRANTED', licenses, unitPrice: 150_000, buyer, seller });
const full = { kind: 'OPEN_INVOICE_LIMIT_REACHED', limit: OPEN_INVOICE_LIMIT };
const unknown = { licensePrice: null, buyer: null, seller: null } as const;

describe('an order', () => {
  it.each<[string, InvoiceOrder, Case, object]>([
    ['of licenses by a prepaid client', inAdvance, {}, granted(5)],
    ['of the most licenses', { licenses: INVOICE_LICENSES, period: null }, {}, granted(1_000_000)],
    ['of a period by a postpaid client', afterwards, { paymentPolicy: POSTPAID }, granted(3)],
    ['of a period with the most licenses', afterwards, { paymentPolicy: POSTPAID, unbilled: PERIOD_LICENSES }, granted(100_000)],
    ['of a period with more', afterwards, { paymentPolicy: POSTPAID, unbilled: PERIOD_LICENSES + 1 },
      { kind: 'TOO_MANY_LICENSES', licenses: 100_001 }],
    ['of a period over a change of VAT', overNewYear, { paymentPolicy: POSTPAID }, { kind: 'VAT_CHANGES', day: '2026-01-01' }],
    ['of such a period of an exempt seller', overNewYear, { paymentPolicy: POSTPAID, vat: 'none' }, granted(3)],
    ['of a period without licenses', afterwards, { paymentPolicy: POSTPAID, unbilled: 0 }, { kind: 'NOTHING_TO_INVOICE' }],
    ['of a period by a prepaid client', afterwards, {}, mismatch(PREPAID)],
    ['of licenses by a postpaid client', inAdvance, { paymentPolicy: POSTPAID }, mismatch(POSTPAID)],
    ['of nothing by a prepaid client', nothing, {}, mismatch(PREPAID)],
    ['of nothing by a postpaid client', nothing, { paymentPolicy: POSTPAID }, mismatch(POSTPAID)],
    ['of both by a prepaid client', everything, {}, mismatch(PREPAID)],
    ['of both by a postpaid client', everything, { paymentPolicy: POSTPAID }, mismatch(POSTPAID)],
    ['without a price', inAdvance, { licensePrice: null }, missing('PRICE')],
    ['without a buyer', inAdvance, { buyer: null }, missing('BUYER')],
    ['without a seller', inAdvance, { seller: null }, missing('SELLER')],
    ['without anything', inAdvance, unknown, missing('PRICE', 'BUYER', 'SELLER')],
    ['while one invoice less than the limit waits', inAdvance, { openInvoices: OPEN_INVOICE_LIMIT - 1 }, granted(5)],
    ['while as many as the limit wait', inAdvance, { openInvoices: OPEN_INVOICE_LIMIT }, full],
    ['that was made before', inAdvance, { earlier: 'SAME_ORDER' }, { kind: 'REPLAYED' }],
    ['under the key of another', inAdvance, { earlier: 'OTHER_ORDER' }, { kind: 'IDEMPOTENCY_KEY_REUSED' }],
  ])('%s', (_, order, facts, decision) => {
    expect(decideOrder(order, standing(facts))).toEqual(decision);
  });

  it('that could be refused for many reasons is answered with the first of them', () => {
    const facts = { paymentPolicy: POSTPAID, openInvoices: OPEN_INVOICE_LIMIT, unbilled: 0 };
    const answers = [
      decideOrder(inAdvance, standing({ ...facts, ...unknown, earlier: 'SAME_ORDER' })),
      decideOrder(inAdvance, standing({ ...facts, ...unknown, earlier: 'OTHER_ORDER' })),
      decideOrder(inAdvance, standing({ ...facts, ...unknown })),
      decideOrder(afterwards, standing({ ...facts, ...unknown })),
      decideOrder(afterwards, standing(facts)),
      decideOrder(afterwards, standing({ ...facts, openInvoices: 0 })),
      decideOrder(overNewYear, standing({ ...facts, openInvoices: 0, unbilled: PERIOD_LICENSES + 1 })),
    ];
    expect(answers.map(({ kind }) => kind)).toEqual([
      'REPLAYED', 'IDEMPOTENCY_KEY_REUSED', 'PAYMENT_POLICY_MISMATCH', 'BILLING_DETAILS_MISSING', 'OPEN_INVOICE_LIMIT_REACHED',
      'NOTHING_TO_INVOICE', 'TOO_MANY_LICENSES',
    ]);
  });
});

describe('a cancellation', () => {
  it.each([
    [null, 'INVOICE_NOT_FOUND'],
    [InvoiceStatus.ISSUED, 'GRANTED'],
    [InvoiceStatus.CANCELLED, 'REPLAYED'],
    [InvoiceStatus.PAID, 'INVOICE_PAID'],
  ])('of an invoice that is %s: %s', (status, kind) => {
    expect(decideCancellation(status)).toEqual({ kind });
  });
});

describe('a payment', () => {
  const unchanged = { kind: 'GRANTED', licenseLimit: null };
  it.each<[PaymentPolicy, InvoiceStatus, number | null, object]>([
    [PREPAID, InvoiceStatus.ISSUED, 10, { kind: 'GRANTED', licenseLimit: { from: 10, to: 15 } }],
    [PREPAID, InvoiceStatus.ISSUED, 0, { kind: 'GRANTED', licenseLimit: { from: 0, to: 5 } }],
    [PREPAID, InvoiceStatus.ISSUED, 999_999_995, { kind: 'GRANTED', licenseLimit: { from: 999_999_995, to: 1_000_000_000 } }],
    [PREPAID, InvoiceStatus.ISSUED, 999_999_996, { kind: 'LIMIT_TOO_HIGH', limit: 1_000_000_001 }],
    // The client has become postpaid since, or prepaid.
    [PREPAID, InvoiceStatus.ISSUED, null, unchanged],
    [POSTPAID, InvoiceStatus.ISSUED, 10, unchanged],
    [POSTPAID, InvoiceStatus.ISSUED, null, unchanged],
    [PREPAID, InvoiceStatus.PAID, 10, { kind: 'REPLAYED' }],
    [PREPAID, InvoiceStatus.PAID, 1_000_000_000, { kind: 'REPLAYED' }],
    [PREPAID, InvoiceStatus.CANCELLED, 10, { kind: 'INVOICE_CANCELLED' }],
    [POSTPAID, InvoiceStatus.CANCELLED, null, { kind: 'INVOICE_CANCELLED' }],
  ])('of a %s invoice of 5 licenses that is %s, of a client with the limit %p: %j', (paymentPolicy, status, licenseLimit, decision) => {
    expect(decidePayment({ status, paymentPolicy, licenses: 5 }, { licenseLimit })).toEqual(decision);
  });
});
