import { describe, expect, it } from '@jest/globals';
import { isAccount, isBic, isCorrespondentAccount, isInn, isKpp } from '../../src/kernel/requisites.js';

const BIC = '044525225';
/** A branch of the Bank of Russia, which is told by its region. */
const TREASURY = '044525000';
const ACCOUNT = '40702810938000000001';
const CORRESPONDENT = '30101810400000000225';

/** The text with each of its digits changed in turn to the next. */
const misspelt = (text: string): string[] =>
  Array.from(text, (digit, place) => `${text.slice(0, place)}${(Number(digit) + 1) % 10}${text.slice(place + 1)}`);

describe('an ИНН', () => {
  it.each([
    ['of an organisation', '7707083893', true],
    ['of another organisation', '7736207543', true],
    ['of a person', '500100732259', true],
    ['of another person', '772012345670', true],
    ['whose last digit is wrong', '7707083894', false],
    ['of a person whose last digit is wrong', '500100732258', false],
    ['of a person whose digit before the last is wrong', '500100732249', false],
    ['of ten zeros', '0000000000', false],
    ['of twelve zeros', '000000000000', false],
    ['of eleven digits', '77070838930', false],
    ['of nine digits', '770708389', false],
    ['with a letter', '77070838g3', false],
    ['with a space', ' 7707083893', false],
    ['in other digits', '٧٧٠٧٠٨٣٨٩٣', false],
    ['without digits', '', false],
  ])('%s, %j: %j', (_what, inn, right) => {
    expect(isInn(inn)).toBe(right);
  });

  it.each(['7707083893', '500100732259'])('%s is refused when one digit is another', (inn) => {
    expect(misspelt(inn).filter(isInn)).toEqual([]);
  });
});

describe('a КПП', () => {
  it.each([
    ['773601001', true], ['7736AZ001', true],
    ['77360100', false], ['7736010011', false], ['7736az001', false], ['77A601001', false], ['7736Ж1001', false], ['', false],
  ])('%j: %j', (kpp, right) => {
    expect(isKpp(kpp)).toBe(right);
  });
});

describe('a БИК', () => {
  it.each([
    [BIC, true], [TREASURY, true],
    ['04452522', false], ['0445252255', false], ['04452522a', false], [' 44525225', false], ['', false],
  ])('%j: %j', (bic, right) => {
    expect(isBic(bic)).toBe(right);
  });
});

describe('an account', () => {
  it.each([
    ['in its bank', ACCOUNT, BIC, true],
    ['in another bank', ACCOUNT, '044525593', false],
    ['of 19 digits', ACCOUNT.slice(1), BIC, false],
    ['of 21 digits', `${ACCOUNT}0`, BIC, false],
    ['with a letter', `${ACCOUNT.slice(0, 5)}A${ACCOUNT.slice(6)}`, BIC, false],
    ['without digits', '', BIC, false],
  ])('%s, %j with %s: %j', (_what, account, bic, right) => {
    expect(isAccount(account, bic)).toBe(right);
  });

  it('is refused when one digit is another', () => {
    expect(misspelt(ACCOUNT).filter((account) => isAccount(account, BIC))).toEqual([]);
  });

  it.each(['000', '001', '002'])('at a branch of the Bank of Russia, whose БИК ends in %s, is checked by the region', (end) => {
    // The weighted digits of 0, of the region 45 and of this account end in zero; those of the end of the БИК do not.
    const account = '40101810045250010041';
    expect(isAccount(account, `044525${end}`)).toBe(true);
    expect(misspelt(account).filter((wrong) => isAccount(wrong, `044525${end}`))).toEqual([]);
    expect(isAccount(account, '044525003')).toBe(false);
  });
});

describe('a correspondent account', () => {
  it.each([
    ['of its bank', CORRESPONDENT, BIC, true],
    ['of a bank in another region', CORRESPONDENT, '044030653', false],
    ['that is no correspondent account', ACCOUNT, BIC, false],
    ['that begins otherwise, with a right check digit', '40101810045250010041', BIC, false],
    ['of 19 digits', CORRESPONDENT.slice(0, 19), BIC, false],
    ['without digits', '', BIC, false],
  ])('%s, %j with %s: %j', (_what, account, bic, right) => {
    expect(isCorrespondentAccount(account, bic)).toBe(right);
  });

  it('is refused when one digit is another', () => {
    expect(misspelt(CORRESPONDENT).filter((account) => isCorrespondentAccount(account, BIC))).toEqual([]);
  });
});
