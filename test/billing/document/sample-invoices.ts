import type { Buyer } from '../../../src/clients/index.js';
import { InvoiceStatus, type Seller } from '../../../src/billing/index.js';
import type { IssuedInvoice } from '../../../src/billing/issued-invoice.js';
import { PaymentPolicy } from '../../../src/licensing/index.js';

/** Midnight in Moscow is three hours earlier elsewhere, so that a day shows whose it is. */
export const TIME_ZONE = 'Europe/Moscow';

export const seller: Seller = {
  name: 'ООО «Тестодром»', inn: '7707083893', kpp: '773601001', address: '117312, г. Москва, ул. Вавилова, д. 19',
  account: '40702810938000000001', bank: 'ПАО Сбербанк, г. Москва', bic: '044525225',
  correspondentAccount: '30101810400000000225', director: 'Иванов И. И.', accountant: 'Петрова А. С.',
};

export const buyer: Buyer = {
  name: 'МБОУ «Школа № 5»', inn: '7707083893', kpp: '773601001', address: '101000, г. Москва, ул. Мясницкая, д. 1',
};

/** A person who sells, without КПП, accountant and VAT. */
const person: Seller = {
  ...seller, name: 'Индивидуальный предприниматель Сидоров Пётр Ильич', inn: '500100732259', kpp: null,
  director: null, accountant: null,
};

const longWord = 'Превысокомногорассмотрительствующий'.repeat(4);
const hostile = `</style><script>alert(1)</script> "onload=x ' & &amp; | ~ ^`;

/** A prepaid invoice that is not paid yet. */
export const ordinary: IssuedInvoice = {
  clientId: '0190cb2e-0000-7000-8000-000000000001', id: '0190cb2e-0000-7000-8000-000000000002', number: '2026-000042',
  documentKey: '0190cb2e-0000-7000-8000-000000000003', status: InvoiceStatus.ISSUED, paymentPolicy: PaymentPolicy.PREPAID,
  licenses: 1000, unitPrice: 15_050, total: 15_050_000, vat: 2_713_934, vatRate: 22,
  issuedAt: new Date('2026-11-21T22:00:00Z'), dueAt: new Date('2026-12-05T22:00:00Z'), paidAt: null, cancelledAt: null,
  period: null, seller, buyer,
};

/** One invoice of each kind, by what it is. */
export const sampleInvoices: Readonly<Record<string, IssuedInvoice>> = {
  'a prepaid invoice': ordinary,
  'a postpaid invoice': { ...ordinary, paymentPolicy: PaymentPolicy.POSTPAID, period: { from: '2026-10-01', to: '2026-10-31' } },
  'an invoice without VAT': {
    ...ordinary, vat: null, vatRate: null, seller: person, buyer: { ...buyer, kpp: null, address: null },
  },
  'a paid invoice': { ...ordinary, status: InvoiceStatus.PAID, paidAt: new Date('2026-11-22T22:00:00Z') },
  'a cancelled invoice': { ...ordinary, status: InvoiceStatus.CANCELLED, cancelledAt: new Date('2026-11-22T22:00:00Z') },
  'an invoice with unruly names': {
    ...ordinary,
    licenses: 2_000_000, unitPrice: 9_999_999, total: 19_999_998_000_000, vat: 3_606_556_967_213,
    seller: {
      ...seller, name: `${hostile} ${'Объединение '.repeat(9)}`.slice(0, 160), bank: hostile.slice(0, 45), director: longWord,
    },
    buyer: {
      ...buyer, name: `${longWord} ${hostile}`,
      address: `${'улица Героя Советского Союза Константинова, '.repeat(6)}кабинет 1`,
    },
  },
};
