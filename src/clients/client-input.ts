import { z } from 'zod';
import { InputError } from '../kernel/input-error.js';
import { kopecksOf, roublesOf } from '../kernel/money.js';
import { isInn, isKpp } from '../kernel/requisites.js';
import { isAccessToken } from '../kernel/secrets.js';
import { canonicalTimeZone } from '../kernel/time-zone.js';
import { licensePolicies, type LicensePolicy, PaymentPolicy } from '../licensing/index.js';
import type { Buyer } from './client.js';
import { canonicalOrigin, ORIGIN_LENGTH, ORIGIN_LIMIT } from './origins.js';

/** The highest price of a license, in kopecks. */
const HIGHEST_PRICE = 100_000_000;

/** Numbers of licenses, tests and results end here; limit and overdraft together still fit PostgreSQL's integer. */
export const MOST_LICENSES = 1_000_000_000;

const countText = `must be a whole number from 0 to ${MOST_LICENSES}`;
const count = z.number(countText)
  .refine((value) => Number.isInteger(value) && value >= 0 && value <= MOST_LICENSES, countText);
const printable = /^[^\p{Cc}]*$/u;

const nameText = 'must be 1 to 200 characters';
const name = z.string().trim().min(1, nameText).max(200, nameText).regex(printable, 'must not hold control characters');
const slug = z.string().regex(/^[A-Za-z0-9_-]{1,50}$/, 'must be 1 to 50 letters, digits, "-" or "_"');
const key = z.string().regex(/^[\x21-\x7e]{16,200}$/, 'must be 16 to 200 visible ASCII characters without spaces')
  .refine((text) => !isAccessToken(text), 'must not begin with tda_, as access tokens do');
const payment = z.enum(['prepaid', 'postpaid'], 'must be prepaid or postpaid');
const licensePolicy = z.enum(
  ['one-test', 'one-test-and-bonus', 'unlimited', 'custom'], 'must be one-test, one-test-and-bonus, unlimited or custom',
);

const timeZoneText = 'must be an IANA name such as Europe/Moscow';
const timeZone = z.string().refine((text) => canonicalTimeZone(text) !== null, timeZoneText).transform((text) => canonicalTimeZone(text)!);
const priceText = `must be roubles such as 1500 or 1500.50, from 0.01 to ${roublesOf(HIGHEST_PRICE)}`;
const price = z.string().transform((text) => kopecksOf(text) ?? 0)
  .refine((kopecks) => kopecks > 0 && kopecks <= HIGHEST_PRICE, priceText);
const line = (most: number) => z.string().trim().min(1, `must be 1 to ${most} characters`).max(most, `must be 1 to ${most} characters`)
  .regex(printable, 'must not hold control characters');

const origin = z.string().refine((text) => text === '' || canonicalOrigin(text) !== null, {
  error: ({ input }) => `${JSON.stringify(input)} is no origin: give http or https and one host alone, such as ` +
    `https://school5.ru, in at most ${ORIGIN_LENGTH} characters`,
}).transform(canonicalOrigin);
// An empty text is no origin: alone it takes all away.
const origins = z.array(origin).transform((given) => [...new Set(given.filter((each) => each !== null))])
  .refine(({ length }) => length <= ORIGIN_LIMIT, `must be at most ${ORIGIN_LIMIT}`);

const billingChange = {
  timeZone: timeZone.optional(),
  price: price.optional(),
  buyerName: line(300).optional(),
  buyerInn: z.string().refine(isInn, 'must be an ИНН: 10 or 12 digits with right check digits').optional(),
  buyerKpp: z.string().refine((text) => text === '' || isKpp(text), 'must be a КПП of 9 characters, or empty for a person').optional(),
  buyerAddress: line(500).optional(),
};

const policyChange = {
  licenseLimit: count.optional(),
  overdraft: count.optional(),
  maxTests: count.optional(),
  maxBonusTests: count.optional(),
  maxResultsPerTest: count.optional(),
};

const newClient = z.strictObject({
  name, slug, payment, licensePolicy, key: key.optional(), origins: origins.optional(), ...policyChange, ...billingChange,
});
const clientChange = z.strictObject({
  name: name.optional(), payment: payment.optional(), licensePolicy: licensePolicy.optional(), origins: origins.optional(),
  ...policyChange, ...billingChange,
});

export type NewClientInput = z.input<typeof newClient>;
export type ClientChangeInput = z.input<typeof clientChange>;

/** What is to be known of a client before it is made; an `InputError` names every problem at once. */
export function parseNewClient(input: NewClientInput): z.output<typeof newClient> {
  return parse(newClient, input);
}

/** What is to change of a client; absent means as it is. */
export function parseClientChange(input: ClientChangeInput): z.output<typeof clientChange> {
  if (Object.keys(input).length === 0) throw new InputError('Nothing is to change: name at least one property.');
  return parse(clientChange, input);
}

type PolicyInput = Omit<z.output<typeof clientChange>, 'name' | 'origins' | keyof typeof billingChange>;
type BillingInput = Pick<z.output<typeof clientChange>, keyof typeof billingChange>;

/** The columns of the payment policy. */
export interface PaymentTerms {
  readonly paymentPolicy: PaymentPolicy;
  readonly licenseLimit: number | null;
  readonly overdraft: number;
}

/** The payment policy after the input, given what it was; a new prepaid client starts with no license. */
export function paymentTerms({ payment: chosen, licenseLimit, overdraft }: PolicyInput, was: PaymentTerms): PaymentTerms {
  const paymentPolicy = chosen ? (chosen === 'prepaid' ? PaymentPolicy.PREPAID : PaymentPolicy.POSTPAID) : was.paymentPolicy;
  if (paymentPolicy === PaymentPolicy.POSTPAID) {
    if (licenseLimit !== undefined) throw new InputError('A postpaid client has no license limit: leave it out.');
    if (overdraft !== undefined) throw new InputError('A postpaid client has no overdraft: leave it out.');
    return { paymentPolicy, licenseLimit: null, overdraft: 0 };
  }
  return { paymentPolicy, licenseLimit: licenseLimit ?? was.licenseLimit ?? 0, overdraft: overdraft ?? was.overdraft };
}

/** The columns from which usage and invoices are made. */
export interface BillingTerms {
  readonly timeZone: string;
  readonly licensePrice: number | null;
  readonly buyer: Buyer | null;
}

/** The price, the buyer and the time zone after the input, given what they were. A buyer needs a name and an ИНН. */
export function billingTerms(input: BillingInput, was: BillingTerms): BillingTerms {
  return {
    timeZone: input.timeZone ?? was.timeZone, licensePrice: input.price ?? was.licensePrice, buyer: buyerAfter(input, was.buyer),
  };
}

function buyerAfter({ buyerName, buyerInn, buyerKpp, buyerAddress }: BillingInput, was: Buyer | null): Buyer | null {
  if ([buyerName, buyerInn, buyerKpp, buyerAddress].every((value) => value === undefined)) return was;
  const [name, inn] = [buyerName ?? was?.name, buyerInn ?? was?.inn];
  if (name === undefined || inn === undefined) throw new InputError('A buyer needs a name and an ИНН: give both.');
  // An empty text takes the КПП away; a person never has one.
  const kpp = (buyerKpp ?? was?.kpp ?? '') || null;
  if (inn.length === 10 && kpp === null) throw new InputError('An organisation (ИНН of 10 digits) needs a КПП.');
  if (inn.length === 12 && kpp !== null) throw new InputError('A person (ИНН of 12 digits) has no КПП: give an empty one.');
  return { name, inn, kpp, address: buyerAddress ?? was?.address ?? null };
}

/** The license policy after the input, given what it was. */
export function licenseTerms(input: PolicyInput, was: LicensePolicy): LicensePolicy {
  const { maxTests, maxBonusTests, maxResultsPerTest } = input;
  const limits = { maxTests, maxBonusTests, maxResultsPerTest };
  const given = Object.values(limits).some((limit) => limit !== undefined);
  const chosen = input.licensePolicy;
  if (given && chosen !== 'custom') {
    throw new InputError('Limits of tests and results belong to the license policy "custom": choose it, or leave them out.');
  }
  if (chosen === undefined) return was;
  if (chosen === 'custom') {
    return { maxTests: maxTests ?? null, maxBonusTests: maxBonusTests ?? null, maxResultsPerTest: maxResultsPerTest ?? null };
  }
  const preset = { 'one-test': 'ONE_TEST', 'one-test-and-bonus': 'ONE_TEST_AND_BONUS', unlimited: 'UNLIMITED' } as const;
  return licensePolicies[preset[chosen]];
}

function parse<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${inWords(String(path[0] ?? 'input'))}: ${message}`);
  throw new InputError(problems.join('; '));
}

/** `licenseLimit` as the operator knows it: license limit. */
function inWords(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
