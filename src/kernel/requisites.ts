import { checkBik, checkINN } from 'ru-validation-codes';

/** ИНН, the number of a taxpayer: 10 digits of an organisation or 12 of a person, with right check digits. */
export function isInn(text: string): boolean {
  return /^(\d{10}|\d{12})$/.test(text) && !/^0+$/.test(text) && checkINN(text);
}

/** КПП, the reason why an organisation is registered where it is: 4 digits, 2 digits or capital letters, 3 digits. */
export function isKpp(text: string): boolean {
  return /^\d{4}[\dA-Z]{2}\d{3}$/.test(text);
}

/** БИК, the number of a Russian bank: 9 digits. */
export function isBic(text: string): boolean {
  return /^\d{9}$/.test(text) && checkBik(text);
}

/** Расчётный счёт, an account in the bank with this БИК: 20 digits, of which one is a check digit. */
export function isAccount(text: string, bic: string): boolean {
  // A bank without a number of its own, a branch of the Bank of Russia, is told by its region.
  return hasCheckDigit(text, /00[012]$/.test(bic) ? `0${bic.slice(4, 6)}` : bic.slice(-3));
}

/** Корреспондентский счёт, the account of the bank with this БИК at the Bank of Russia: 20 digits beginning with 301. */
export function isCorrespondentAccount(text: string, bic: string): boolean {
  return text.startsWith('301') && hasCheckDigit(text, `0${bic.slice(4, 6)}`);
}

const WEIGHTS = [7, 1, 3] as const;

/** Whether the digits of the bank and the account, weighted 7, 1, 3 in turn, end in zero: the rule of the Bank of Russia. */
function hasCheckDigit(account: string, bank: string): boolean {
  if (!/^\d{20}$/.test(account)) return false;
  const sum = Array.from(`${bank}${account}`).reduce((total, digit, place) => total + ((Number(digit) * WEIGHTS[place % 3]!) % 10), 0);
  return sum % 10 === 0;
}
