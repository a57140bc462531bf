import { describe, expect, it } from '@jest/globals';
import { SAMPLE_SELLER } from '../../src/billing/index.js';
import { loadConfig } from '../../src/config.js';
import { OperatorError } from '../../src/kernel/operator-error.js';
import { seller, sellerVariables } from '../setup/billing.js';

function problemsOf(variables: Record<string, string>): string[] {
  try {
    loadConfig({ ...sellerVariables, ...variables });
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(OperatorError);
    const [, problems] = /^The environment is wrong: (.*)\.$/.exec((error as OperatorError).message) ?? [];
    return problems?.split('; ') ?? [];
  }
}

const NO_CORRESPONDENT_ACCOUNT = 'is no account of the bank of SELLER_BIC: it begins with 301, and its check digit has to be right';
const person = { SELLER_INN: '001234567887', SELLER_KPP: '', SELLER_ACCOUNT: '40802810200000000001' };

describe('a seller of the environment', () => {
  it('is taken whole', () => {
    expect(loadConfig(sellerVariables).billing.seller).toEqual(seller);
    expect(loadConfig({ ...sellerVariables, SELLER_DIRECTOR: '', SELLER_ACCOUNTANT: 'Петрова Б. Б.' }).billing.seller)
      .toEqual({ ...seller, director: null, accountant: 'Петрова Б. Б.' });
  });

  it('may be a person, who has no КПП', () => {
    expect(loadConfig({ ...sellerVariables, ...person }).billing.seller).toMatchObject({ inn: '001234567887', kpp: null });
  });

  it('may fill every line', () => {
    expect(problemsOf({
      SELLER_NAME: 'н'.repeat(160), SELLER_ADDRESS: 'а'.repeat(300), SELLER_BANK: 'б'.repeat(45),
      SELLER_DIRECTOR: 'д'.repeat(100), SELLER_ACCOUNTANT: 'с'.repeat(100),
    })).toEqual([]);
  });

  it.each(Object.keys(sellerVariables).filter((name) => name !== 'SELLER_DIRECTOR'))('is refused without its %s', (name) => {
    const [problem = '', ...others] = problemsOf({ [name]: '' });
    expect(problem).toMatch(new RegExp(`^${name} must be set`));
    expect(others).toEqual([]);
  });

  it('is refused when only a name that may be left out is given', () => {
    expect(() => loadConfig({ SELLER_ACCOUNTANT: 'Петрова Б. Б.' }))
      .toThrow('SELLER_NAME must be set, as other variables of the seller are; SELLER_INN must be set');
  });

  it.each([
    ['SELLER_NAME', 'н'.repeat(161), 'must be at most 160 characters'],
    ['SELLER_NAME', 'two\nlines', 'must be one line of text'],
    ['SELLER_NAME', '   ', 'must be one line of text'],
    ['SELLER_ADDRESS', 'а'.repeat(301), 'must be at most 300 characters'],
    ['SELLER_BANK', 'б'.repeat(46), 'must be at most 45 characters'],
    ['SELLER_DIRECTOR', 'д'.repeat(101), 'must be at most 100 characters'],
    ['SELLER_INN', '0012345674', 'must be an ИНН: 10 or 12 digits with right check digits'],
    ['SELLER_INN', '123', 'must be an ИНН: 10 or 12 digits with right check digits'],
    ['SELLER_INN', '001234567887', 'SELLER_KPP must not be set for a person, whose SELLER_INN has 12 digits'],
    ['SELLER_KPP', '00120100', 'must be a КПП of 9 characters'],
    ['SELLER_KPP', '', 'must be set for an organisation, whose SELLER_INN has 10 digits'],
    ['SELLER_BIC', '04990012', 'must be a БИК of 9 digits'],
    ['SELLER_ACCOUNT', '4070281030000000000', 'must be 20 digits'],
    ['SELLER_ACCOUNT', '40702810400000000001', 'is no account in the bank of SELLER_BIC: its check digit is wrong'],
    ['SELLER_CORRESPONDENT_ACCOUNT', '40702810300000000001', NO_CORRESPONDENT_ACCOUNT],
    ['SELLER_CORRESPONDENT_ACCOUNT', '30101810900000000123', NO_CORRESPONDENT_ACCOUNT],
  ])('is refused for the %s %j: %s', (name, value, problem) => {
    expect(problemsOf({ [name]: value })).toEqual([problem.startsWith('SELLER_') ? problem : `${name} ${problem}`]);
  });

  it('is refused with all that is wrong at once, beside what else is wrong', () => {
    expect(problemsOf({
      PORT: 'x', SELLER_NAME: '', SELLER_INN: '1', SELLER_ACCOUNT: '40702810400000000001', SELLER_BANK: 'б'.repeat(46),
    })).toEqual([
      'PORT must be a whole number from 0 to 65535',
      'SELLER_NAME must be set, as other variables of the seller are',
      'SELLER_INN must be an ИНН: 10 or 12 digits with right check digits',
      'SELLER_BANK must be at most 45 characters',
      'SELLER_ACCOUNT is no account in the bank of SELLER_BIC: its check digit is wrong',
    ]);
  });
});

describe('the sample seller', () => {
  it('could be a seller of the environment, and says that nobody is to pay', () => {
    const { name, inn, kpp, address, account, bank, bic, correspondentAccount, director } = SAMPLE_SELLER;
    expect(loadConfig({
      SELLER_NAME: name, SELLER_INN: inn, SELLER_KPP: kpp!, SELLER_ADDRESS: address, SELLER_ACCOUNT: account,
      SELLER_BANK: bank, SELLER_BIC: bic, SELLER_CORRESPONDENT_ACCOUNT: correspondentAccount, SELLER_DIRECTOR: director!,
    }).billing.seller).toEqual(SAMPLE_SELLER);
    expect(name).toContain('не для оплаты');
  });
});
