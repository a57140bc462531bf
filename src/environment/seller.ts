import { z } from 'zod';
import type { Seller } from '../billing/index.js';
import { isAccount, isBic, isCorrespondentAccount, isInn, isKpp } from '../kernel/requisites.js';

const required = 'must be set, as other variables of the seller are';
const line = (most: number) => z.string(required).trim().max(most, `must be at most ${most} characters`)
  .regex(/^[^\p{Cc}]+$/u, 'must be one line of text');
const account = z.string(required).regex(/^\d{20}$/, 'must be 20 digits');

const variables = z.object({
  SELLER_NAME: line(160),
  SELLER_INN: z.string(required).refine(isInn, 'must be an ИНН: 10 or 12 digits with right check digits'),
  SELLER_KPP: z.string().refine(isKpp, 'must be a КПП of 9 characters').optional(),
  SELLER_ADDRESS: line(300),
  SELLER_ACCOUNT: account,
  SELLER_BANK: line(45),
  SELLER_BIC: z.string(required).refine(isBic, 'must be a БИК of 9 digits'),
  SELLER_CORRESPONDENT_ACCOUNT: account,
  SELLER_DIRECTOR: line(100).optional(),
  SELLER_ACCOUNTANT: line(100).optional(),
});

type Variable = keyof z.infer<typeof variables>;

/** Whether the environment names a seller: one of its variables asks for the others. */
export function namesSeller(environment: Readonly<Record<string, string | undefined>>): boolean {
  return Object.keys(variables.shape).some((name) => name in environment);
}

/** The seller whom the environment names. What belongs together is compared as soon as each part is good. */
export const sellerEnvironment = variables
  .refine(({ SELLER_INN, SELLER_KPP }) => SELLER_INN.length === 12 || SELLER_KPP !== undefined, {
    path: ['SELLER_KPP'],
    error: 'must be set for an organisation, whose SELLER_INN has 10 digits',
    when: good('SELLER_INN', 'SELLER_KPP'),
  })
  .refine(({ SELLER_INN, SELLER_KPP }) => SELLER_INN.length === 10 || SELLER_KPP === undefined, {
    path: ['SELLER_KPP'],
    error: 'must not be set for a person, whose SELLER_INN has 12 digits',
    when: good('SELLER_INN', 'SELLER_KPP'),
  })
  .refine(({ SELLER_ACCOUNT, SELLER_BIC }) => isAccount(SELLER_ACCOUNT, SELLER_BIC), {
    path: ['SELLER_ACCOUNT'],
    error: 'is no account in the bank of SELLER_BIC: its check digit is wrong',
    when: good('SELLER_ACCOUNT', 'SELLER_BIC'),
  })
  .refine(({ SELLER_CORRESPONDENT_ACCOUNT, SELLER_BIC }) => isCorrespondentAccount(SELLER_CORRESPONDENT_ACCOUNT, SELLER_BIC), {
    path: ['SELLER_CORRESPONDENT_ACCOUNT'],
    error: 'is no account of the bank of SELLER_BIC: it begins with 301, and its check digit has to be right',
    when: good('SELLER_CORRESPONDENT_ACCOUNT', 'SELLER_BIC'),
  })
  .transform((seller): Seller => ({
    name: seller.SELLER_NAME,
    inn: seller.SELLER_INN,
    kpp: seller.SELLER_KPP ?? null,
    address: seller.SELLER_ADDRESS,
    account: seller.SELLER_ACCOUNT,
    bank: seller.SELLER_BANK,
    bic: seller.SELLER_BIC,
    correspondentAccount: seller.SELLER_CORRESPONDENT_ACCOUNT,
    director: seller.SELLER_DIRECTOR ?? null,
    accountant: seller.SELLER_ACCOUNTANT ?? null,
  }));

/** Whether these variables are good each by itself, so that it makes sense to compare them. */
function good(...names: readonly Variable[]) {
  const parts = z.object(Object.fromEntries(names.map((name) => [name, variables.shape[name]])));
  return ({ value }: { readonly value: unknown }): boolean => parts.safeParse(value).success;
}
