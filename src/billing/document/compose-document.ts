import type { Buyer } from '../../clients/index.js';
import type { IssuedInvoice } from '../issued-invoice.js';
import type { Seller } from '../seller.js';
import type { Fact, InvoiceDocument, Mark, PaymentCode } from './document.js';
import { amountInWords, shownAmount, shownDate, shownDay, shownNumber } from './format.js';
import { paymentText } from './payment-text.js';

/** What an invoice says. Its days are those of the seller's time zone; the days of a period are as the client counts them. */
export function invoiceDocument(invoice: IssuedInvoice, timeZone: string): InvoiceDocument {
  const { number, issuedAt, dueAt, paidAt, cancelledAt, seller, buyer, licenses, unitPrice, total } = invoice;
  const mark = markOf(invoice, timeZone);
  const lines = [['1', productOf(invoice), shownNumber(licenses), 'шт.', shownAmount(unitPrice), shownAmount(total)]];
  return {
    title: `Счёт на оплату №\u00a0${number} от ${shownDate(issuedAt, timeZone)}`,
    issuedAt: issuedAt.toISOString(),
    changedAt: (paidAt ?? cancelledAt ?? issuedAt).toISOString(),
    mark,
    account: accountOf(seller),
    parties: [
      { label: 'Поставщик (исполнитель)', value: detailsOf(seller) },
      { label: 'Покупатель (заказчик)', value: detailsOf(buyer) },
    ],
    columns: ['№', 'Товары (работы, услуги)', 'Кол-во', 'Ед.', 'Цена, руб.', 'Сумма, руб.'],
    lines,
    totals: [
      { label: 'Итого', value: shownAmount(total) },
      vatOf(invoice),
      { label: 'Всего к оплате', value: shownAmount(total) },
    ],
    summary: `Всего наименований ${lines.length}, на сумму ${shownAmount(total)}\u00a0руб.`,
    amountInWords: amountInWords(total),
    due: mark ? null : `Оплатить не позднее ${shownDate(dueAt, timeZone)}`,
    payment: mark ? null : paymentOf(invoice, timeZone),
    signatures: [
      { label: 'Руководитель', value: seller.director ?? '' },
      { label: 'Бухгалтер', value: seller.accountant ?? '' },
    ],
  };
}

function markOf({ paidAt, cancelledAt }: IssuedInvoice, timeZone: string): Mark | null {
  if (paidAt) return { kind: 'PAID', text: `Оплачен ${shownDate(paidAt, timeZone)}` };
  if (cancelledAt) return { kind: 'CANCELLED', text: `Отменён ${shownDate(cancelledAt, timeZone)}, оплате не подлежит` };
  return null;
}

function accountOf({ bank, bic, correspondentAccount, inn, kpp, account, name }: Seller): InvoiceDocument['account'] {
  return {
    bank: { label: 'Банк получателя', value: bank },
    bic: { label: 'БИК', value: bic },
    correspondentAccount: { label: 'Корр. счёт №', value: correspondentAccount },
    inn: { label: 'ИНН', value: inn },
    kpp: { label: 'КПП', value: kpp ?? '—' },
    account: { label: 'Расчётный счёт №', value: account },
    payee: { label: 'Получатель', value: name },
  };
}

/** A seller is all that a buyer is. */
function detailsOf({ name, inn, kpp, address }: Buyer): string {
  const told = [name, `ИНН\u00a0${inn}`, kpp === null ? null : `КПП\u00a0${kpp}`, address];
  return told.filter((fact) => fact !== null).join(', ');
}

function productOf({ period }: IssuedInvoice): string {
  if (!period) return 'Лицензии на тестирование, предоплата';
  return `Лицензии на тестирование за период с ${shownDay(period.from)} по ${shownDay(period.to)}`;
}

function vatOf({ vat, vatRate }: IssuedInvoice): Fact {
  if (vat === null) return { label: 'Без налога (НДС)', value: '—' };
  return { label: `В том числе НДС ${vatRate}\u00a0%`, value: shownAmount(vat) };
}

function paymentOf({ number, issuedAt, seller, total, vat, vatRate }: IssuedInvoice, timeZone: string): PaymentCode {
  const tax = vat === null ? 'НДС не облагается' : `В том числе НДС ${vatRate} % ${shownAmount(vat)} руб.`;
  const bill = `Оплата по счёту № ${number} от ${shownDate(issuedAt, timeZone, 'short')} за лицензии на тестирование.`;
  return {
    text: paymentText({ payee: seller, sum: total, purpose: `${bill} ${tax}` }),
    caption: 'Оплата по QR-коду: отсканируйте его в приложении банка',
  };
}
