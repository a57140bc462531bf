import { describe, expect, it } from '@jest/globals';
import { invoiceDocument, type InvoiceDocument } from '../../../src/billing/index.js';
import type { IssuedInvoice } from '../../../src/billing/issued-invoice.js';
import { ordinary, sampleInvoices, TIME_ZONE } from './sample-invoices.js';

/** The document with plain spaces instead of those that do not break. */
const documentOf = (invoice: IssuedInvoice, timeZone = TIME_ZONE): InvoiceDocument =>
  JSON.parse(JSON.stringify(invoiceDocument(invoice, timeZone)).replace(/[\u00a0\u202f]/g, ' ')) as InvoiceDocument;
const sample = (name: string): InvoiceDocument => documentOf(sampleInvoices[name]!);

describe('the document of a prepaid invoice', () => {
  it('says all that an accountant needs', () => {
    expect(documentOf(ordinary)).toEqual({
      title: 'Счёт на оплату № 2026-000042 от 22 ноября 2026 г.',
      issuedAt: '2026-11-21T22:00:00.000Z', changedAt: '2026-11-21T22:00:00.000Z', mark: null,
      account: {
        bank: { label: 'Банк получателя', value: 'ПАО Сбербанк, г. Москва' },
        bic: { label: 'БИК', value: '044525225' },
        correspondentAccount: { label: 'Корр. счёт №', value: '30101810400000000225' },
        inn: { label: 'ИНН', value: '7707083893' },
        kpp: { label: 'КПП', value: '773601001' },
        account: { label: 'Расчётный счёт №', value: '40702810938000000001' },
        payee: { label: 'Получатель', value: 'ООО «Тестодром»' },
      },
      parties: [
        { label: 'Поставщик (исполнитель)',
          value: 'ООО «Тестодром», ИНН 7707083893, КПП 773601001, 117312, г. Москва, ул. Вавилова, д. 19' },
        { label: 'Покупатель (заказчик)',
          value: 'МБОУ «Школа № 5», ИНН 7707083893, КПП 773601001, 101000, г. Москва, ул. Мясницкая, д. 1' },
      ],
      columns: ['№', 'Товары (работы, услуги)', 'Кол-во', 'Ед.', 'Цена, руб.', 'Сумма, руб.'],
      lines: [['1', 'Лицензии на тестирование, предоплата', '1 000', 'шт.', '150,50', '150 500,00']],
      totals: [
        { label: 'Итого', value: '150 500,00' },
        { label: 'В том числе НДС 22 %', value: '27 139,34' },
        { label: 'Всего к оплате', value: '150 500,00' },
      ],
      summary: 'Всего наименований 1, на сумму 150 500,00 руб.',
      amountInWords: 'Сто пятьдесят тысяч пятьсот рублей 00 копеек',
      due: 'Оплатить не позднее 6 декабря 2026 г.',
      payment: {
        text: 'ST00012|Name=ООО «Тестодром»|PersonalAcc=40702810938000000001|BankName=ПАО Сбербанк, г. Москва|BIC=044525225'
          + '|CorrespAcc=30101810400000000225|Sum=15050000|Purpose=Оплата по счёту № 2026-000042 от 22.11.2026 за лицензии на '
          + 'тестирование. В том числе НДС 22 % 27 139,34 руб.|PayeeINN=7707083893|KPP=773601001',
        caption: 'Оплата по QR-коду: отсканируйте его в приложении банка',
      },
      signatures: [{ label: 'Руководитель', value: 'Иванов И. И.' }, { label: 'Бухгалтер', value: 'Петрова А. С.' }],
    });
  });

  it("has the days of the seller's time zone", () => {
    const { title, due, payment } = documentOf(ordinary, 'UTC');
    expect([title, due]).toEqual(['Счёт на оплату № 2026-000042 от 21 ноября 2026 г.', 'Оплатить не позднее 5 декабря 2026 г.']);
    expect(payment?.text).toContain('от 21.11.2026');
  });
});

describe('the document of another invoice', () => {
  it('names the days of a postpaid period as they are', () => {
    for (const timeZone of ['Pacific/Auckland', 'America/New_York']) {
      expect(documentOf(sampleInvoices['a postpaid invoice']!, timeZone).lines[0]![1])
        .toBe('Лицензии на тестирование за период с 1 октября 2026 г. по 31 октября 2026 г.');
    }
  });

  it('says that there is no VAT, and leaves out what a person has not', () => {
    const { totals, account, parties, payment, signatures } = sample('an invoice without VAT');
    expect(totals[1]).toEqual({ label: 'Без налога (НДС)', value: '—' });
    expect(account.kpp.value).toBe('—');
    expect(parties.map(({ value }) => value)).toEqual([
      'Индивидуальный предприниматель Сидоров Пётр Ильич, ИНН 500100732259, 117312, г. Москва, ул. Вавилова, д. 19',
      'МБОУ «Школа № 5», ИНН 7707083893',
    ]);
    expect(payment?.text).toMatch(/НДС не облагается\|PayeeINN=500100732259$/);
    expect(signatures.map(({ value }) => value)).toEqual(['', '']);
  });

  it.each([
    ['a paid invoice', { kind: 'PAID', text: 'Оплачен 23 ноября 2026 г.' }],
    ['a cancelled invoice', { kind: 'CANCELLED', text: 'Отменён 23 ноября 2026 г., оплате не подлежит' }],
  ])('says of %s what became of it, and asks for nothing', (name, mark) => {
    const document = sample(name);
    expect(document).toMatchObject({ mark, due: null, payment: null, changedAt: '2026-11-22T22:00:00.000Z' });
    const { mark: _, due: __, payment: ___, changedAt: ____, ...same } = document;
    expect(documentOf(ordinary)).toMatchObject(same);
  });
});
