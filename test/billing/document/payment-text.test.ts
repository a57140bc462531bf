import { describe, expect, it } from '@jest/globals';
import { type Payment, paymentLimits, paymentText } from '../../../src/billing/document/payment-text.js';
import type { Seller } from '../../../src/billing/index.js';
import { seller } from './sample-invoices.js';

const payment: Payment = { payee: seller, sum: 150_050, purpose: 'Оплата по счёту № 2026-000042' };
const textOf = (change: Partial<Seller>, purpose = payment.purpose): string =>
  paymentText({ ...payment, payee: { ...seller, ...change }, purpose });
/** Parts a text as a reader does: by the character after the format. */
const partsOf = (text: string): string[] => text.slice('ST00012'.length + 1).split(text.charAt('ST00012'.length));
const valueOf = (text: string, name: string): string | undefined =>
  partsOf(text).find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1);

describe('the text of a payment', () => {
  it('holds the format, what is mandatory in its order, then the sum in kopecks, the purpose and the payee', () => {
    expect(paymentText(payment)).toBe(
      'ST00012|Name=ООО «Тестодром»|PersonalAcc=40702810938000000001|BankName=ПАО Сбербанк, г. Москва|BIC=044525225'
      + '|CorrespAcc=30101810400000000225|Sum=150050|Purpose=Оплата по счёту № 2026-000042|PayeeINN=7707083893|KPP=773601001',
    );
  });

  it('leaves the КПП out when there is none', () => {
    expect(textOf({ kpp: null })).toMatch(/\|PayeeINN=7707083893$/);
  });

  it.each([
    { name: 'Рога | Копыта', separator: '~' },
    { name: 'Рога | Копыта ~ Хвосты', separator: '^' },
    { name: '|~^_', separator: '#' },
    { name: '|~^_#$&;%*+!', separator: '@' },
    { name: '~^_', separator: '|' },
  ])('is parted by $separator when the name is $name', ({ name, separator }) => {
    const text = textOf({ name });
    expect(text.charAt(7)).toBe(separator);
    expect(partsOf(text)).toHaveLength(9);
    expect([valueOf(text, 'Name'), valueOf(text, 'BankName'), valueOf(text, 'KPP')]).toEqual([name, seller.bank, seller.kpp]);
  });

  it('looks for a separator in all values, not in the name only', () => {
    const text = paymentText({ payee: { ...seller, bank: 'Банк | А' }, sum: 1, purpose: 'за ~ тесты' });
    expect([text.charAt(7), valueOf(text, 'BankName'), valueOf(text, 'Purpose')]).toEqual(['^', 'Банк | А', 'за ~ тесты']);
  });

  it('puts spaces for the separator where every one of them is in some value', () => {
    const text = textOf({ name: 'А|~^_#$&;%*+!@Б' });
    expect([text.charAt(7), valueOf(text, 'Name'), valueOf(text, 'KPP')]).toEqual(['|', 'А ~^_#$&;%*+!@Б', seller.kpp]);
  });

  it.each([
    ['line breaks', 'за\r\nтесты\u2028ноября', 'за тесты ноября'],
    ['control characters', 'за\u0000\u0007тесты\u009f', 'за тесты'],
    ['tabs and several spaces', ' за\t  тесты\u00a0ноября ', 'за тесты ноября'],
    ['half a character', 'за \ud800тесты', 'за \ufffdтесты'],
  ])('has single spaces only: %s', (_what, purpose, expected) => {
    expect(valueOf(textOf({}, purpose), 'Purpose')).toBe(expected);
  });

  it.each([
    ['as long as is allowed', `${'слово '.repeat(34)}абвгде`, `${'слово '.repeat(34)}абвгде`],
    ['of words, one character too long', `${'слово '.repeat(34)}абвгдеж`, 'слово '.repeat(34).trim()],
    ['whose last word ends at the limit', `${'слово '.repeat(34)}абвгде ж`, `${'слово '.repeat(34)}абвгде`],
    ['of one word', 'ж'.repeat(300), 'ж'.repeat(210)],
    ['of letters that take four bytes', '𝔘'.repeat(300), '𝔘'.repeat(210)],
  ])('holds 210 characters of a purpose %s', (_what, purpose, expected) => {
    expect(Array.from(purpose).length).toBeGreaterThanOrEqual(paymentLimits.Purpose);
    expect(valueOf(textOf({}, purpose), 'Purpose')).toBe(expected);
  });

  it('holds 160 characters of a name and 45 of a bank', () => {
    const text = textOf({ name: 'и'.repeat(161), bank: 'б'.repeat(46) });
    expect([valueOf(text, 'Name'), valueOf(text, 'BankName')]).toEqual(['и'.repeat(160), 'б'.repeat(45)]);
  });
});
