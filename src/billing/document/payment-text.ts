import type { Seller } from '../seller.js';

/** A payment that somebody is asked for. */
export interface Payment {
  readonly payee: Seller;
  /** In kopecks. */
  readonly sum: number;
  readonly purpose: string;
}

/** `ST`, version `0001`, and `2` for UTF-8. */
const FORMAT = 'ST00012';
/** The most characters of a value that is free text. */
export const paymentLimits = { Name: 160, BankName: 45, Purpose: 210 } as const;
/** Whatever follows the format parts the values; the first that no value holds. `|` is the usual one. */
const SEPARATORS = ['|', '~', '^', '_', '#', '$', '&', ';', '%', '*', '+', '!', '@'] as const;

/**
 * A payment as text for a QR code, which the apps of Russian banks read: GOST R 56042-2014. White space and control
 * characters become single spaces, texts that are too long end at a word.
 */
export function paymentText({ payee, sum, purpose }: Payment): string {
  const values = Object.entries({
    Name: fitted(payee.name, paymentLimits.Name),
    PersonalAcc: payee.account,
    BankName: fitted(payee.bank, paymentLimits.BankName),
    BIC: payee.bic,
    CorrespAcc: payee.correspondentAccount,
    Sum: String(sum),
    Purpose: fitted(purpose, paymentLimits.Purpose),
    PayeeINN: payee.inn,
    ...(payee.kpp === null ? {} : { KPP: payee.kpp }),
  }).map(([name, value]) => `${name}=${value}`);
  const separator = SEPARATORS.find((each) => !values.some((value) => value.includes(each))) ?? SEPARATORS[0];
  // Where every separator is in some value, values give way.
  return [FORMAT, ...values.map((value) => value.replaceAll(separator, ' '))].join(separator);
}

function fitted(text: string, limit: number): string {
  const characters = Array.from(text.toWellFormed().replace(/[\p{Cc}\p{Z}]+/gu, ' ').trim());
  if (characters.length <= limit) return characters.join('');
  const kept = characters.slice(0, limit + 1);
  const space = kept.lastIndexOf(' ');
  return kept.slice(0, space > 0 ? space : limit).join('');
}
