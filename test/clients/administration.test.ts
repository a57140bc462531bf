import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import {
  changeClient, type Client, type ClientChangeInput, createClient, listClients, type NewClientInput, resumeClient, showClient,
  suspendClient,
} from '../../src/clients/index.js';
import { loadConfig } from '../../src/config.js';
import { InputError } from '../../src/kernel/input-error.js';
import { presetOf } from '../../src/licensing/index.js';
import { openDatabase, type OpenDatabase } from '../../src/open-database.js';
import { type FreshDatabase, freshDatabase } from '../setup/fresh-database.js';
import { until } from '../setup/until.js';

let fresh: FreshDatabase;
let opened: OpenDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
  opened = await openDatabase(loadConfig({ DATABASE_URL: fresh.url }), 'command');
});
afterAll(async () => {
  await opened.close();
  await fresh.drop();
});

let count = 0;

async function create(input: Partial<NewClientInput> = {}): Promise<Client> {
  count += 1;
  const wanted: NewClientInput = { name: 'Client', slug: `client-${count}`, payment: 'prepaid', licensePolicy: 'one-test' };
  return (await createClient(opened.database, { ...wanted, ...input })).client;
}

/** A client that has issued licenses, as if users had come. */
async function clientWhoIssued(issued: number, input: Partial<NewClientInput>): Promise<string> {
  const { id, slug } = await create(input);
  await fresh.sql('update client set licenses_issued = $2 where id = $1', [id, issued]);
  return slug;
}

function change(slug: string, input: ClientChangeInput): Promise<Client> {
  return changeClient(opened.database, slug, input);
}

/** Everything that is stored of clients. */
async function stored(): Promise<unknown> {
  return [await fresh.sql('select * from client order by id'), await fresh.sql('select * from client_key order by id'),
    await fresh.sql('select * from audit_entry order by id')];
}

async function refusal(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(() => undefined, (reason: unknown) => reason);
  expect(error).toBeInstanceOf(InputError);
  expect((error as Error).message).not.toContain('\n');
  return (error as Error).message;
}

function payment({ paymentPolicy, licenseLimit, overdraft }: Client) {
  return { paymentPolicy, licenseLimit, overdraft };
}

function policy(client: Client) {
  return [presetOf(client), client.maxTests, client.maxBonusTests, client.maxResultsPerTest];
}

function billing({ timeZone, licensePrice, buyer }: Client) {
  return { timeZone, licensePrice, buyer };
}

// No region has these numbers, though their check digits are right.
const ORGANISATION = '0098765437';
const PERSON = '500100732259';
const KPP = '009801001';
const school = { buyerName: 'Школа', buyerInn: ORGANISATION, buyerKpp: KPP } as const;

const PRICE = 'price: must be roubles such as 1500 or 1500.50, from 0.01 to 1000000.00';
const INN = 'buyer inn: must be an ИНН: 10 or 12 digits with right check digits';
const KPP_FORM = 'buyer kpp: must be a КПП of 9 characters, or empty for a person';
const TIME_ZONE = 'time zone: must be an IANA name such as Europe/Moscow';
const BUYER_NEEDS = 'A buyer needs a name and an ИНН: give both.';
const ORGANISATION_NEEDS = 'An organisation (ИНН of 10 digits) needs a КПП.';
const PERSON_HAS_NONE = 'A person (ИНН of 12 digits) has no КПП: give an empty one.';

type BadBilling = readonly [input: Pick<NewClientInput, 'price' | 'timeZone' | `buyer${'Name' | 'Inn' | 'Kpp' | 'Address'}`>, message: string];
/** What is refused of any client, with what the operator is told. */
const badValues: readonly BadBilling[] = [
  ...['', '0', '0.00', '-1', '1500 roubles', '1.5', '1500.505', '1 500', '1e3', '1000000.01', '9'.repeat(12)]
    .map((price): BadBilling => [{ price }, PRICE]),
  ...['0098765438', '500100732258', '0000000000', '123', '00987654 37', 'inn']
    .map((buyerInn): BadBilling => [{ buyerInn }, INN]),
  ...['00980100', '0098010011', 'abcdefghi', '0098ab001'].map((buyerKpp): BadBilling => [{ buyerKpp }, KPP_FORM]),
  ...['', 'Nowhere/City', '+03:00', 'UTC+3', 'Europe/Moscow\u0000', 'Europe/ Moscow']
    .map((timeZone): BadBilling => [{ timeZone }, TIME_ZONE]),
  [{ buyerName: '' }, 'buyer name: must be 1 to 300 characters'],
  [{ buyerName: '  ' }, 'buyer name: must be 1 to 300 characters'],
  [{ buyerName: 'x'.repeat(301) }, 'buyer name: must be 1 to 300 characters'],
  [{ buyerName: 'two\nlines' }, 'buyer name: must not hold control characters'],
  [{ buyerAddress: '' }, 'buyer address: must be 1 to 500 characters'],
  [{ buyerAddress: 'x'.repeat(501) }, 'buyer address: must be 1 to 500 characters'],
  [{ buyerAddress: 'a\u0007b' }, 'buyer address: must not hold control characters'],
  [{ price: '0', timeZone: '+03:00', buyerInn: '1' }, `${TIME_ZONE}; ${PRICE}; ${INN}`],
];
/** What is no buyer, of a client that has none. */
const badBuyers: readonly BadBilling[] = [
  [{ buyerName: 'Школа' }, BUYER_NEEDS],
  [{ buyerInn: ORGANISATION }, BUYER_NEEDS],
  [{ buyerKpp: KPP }, BUYER_NEEDS],
  [{ buyerKpp: '' }, BUYER_NEEDS],
  [{ buyerAddress: 'Москва' }, BUYER_NEEDS],
  [{ buyerName: 'Школа', buyerInn: ORGANISATION }, ORGANISATION_NEEDS],
  [{ buyerName: 'Школа', buyerInn: ORGANISATION, buyerKpp: '' }, ORGANISATION_NEEDS],
  [{ buyerName: 'Иванов', buyerInn: PERSON, buyerKpp: KPP }, PERSON_HAS_NONE],
];

describe('a new client', () => {
  it.each([
    [{ payment: 'prepaid' }, { paymentPolicy: 'PREPAID', licenseLimit: 0, overdraft: 0 }],
    [{ payment: 'prepaid', licenseLimit: 5 }, { paymentPolicy: 'PREPAID', licenseLimit: 5, overdraft: 0 }],
    [{ payment: 'prepaid', overdraft: 2 }, { paymentPolicy: 'PREPAID', licenseLimit: 0, overdraft: 2 }],
    [
      { payment: 'prepaid', licenseLimit: 1_000_000_000, overdraft: 1_000_000_000 },
      { paymentPolicy: 'PREPAID', licenseLimit: 1_000_000_000, overdraft: 1_000_000_000 },
    ],
    [{ payment: 'postpaid' }, { paymentPolicy: 'POSTPAID', licenseLimit: null, overdraft: 0 }],
  ] as [Partial<NewClientInput>, object][])('with %j pays by %j', async (input, terms) => {
    const { slug } = await create(input);
    expect(payment(await showClient(opened.database, slug))).toEqual(terms);
  });

  it.each([
    [{ licensePolicy: 'one-test' }, ['ONE_TEST', 1, 0, 1]],
    [{ licensePolicy: 'one-test-and-bonus' }, ['ONE_TEST_AND_BONUS', 1, 1, 1]],
    [{ licensePolicy: 'unlimited' }, ['UNLIMITED', null, null, null]],
    [{ licensePolicy: 'custom', maxTests: 3 }, ['CUSTOM', 3, null, null]],
    [{ licensePolicy: 'custom', maxTests: 3, maxBonusTests: 0, maxResultsPerTest: 2 }, ['CUSTOM', 3, 0, 2]],
    [{ licensePolicy: 'custom', maxTests: 1, maxBonusTests: 1, maxResultsPerTest: 1 }, ['ONE_TEST_AND_BONUS', 1, 1, 1]],
  ] as [Partial<NewClientInput>, unknown[]][])('with %j admits %j', async (input, limits) => {
    const { slug } = await create(input);
    expect(policy(await showClient(opened.database, slug))).toEqual(limits);
  });

  it('has no license issued, is active and has a name without spaces around it', async () => {
    expect(await create({ name: '  Школа № 1  ' })).toMatchObject({ name: 'Школа № 1', status: 'ACTIVE', licensesIssued: 0 });
  });

  it.each([
    [{ name: '' }, 'name: must be 1 to 200 characters'],
    [{ name: '   ' }, 'name: must be 1 to 200 characters'],
    [{ name: 'x'.repeat(201) }, 'name: must be 1 to 200 characters'],
    [{ name: 'two\nlines' }, 'name: must not hold control characters'],
    [{ slug: '' }, 'slug: must be 1 to 50 letters, digits, "-" or "_"'],
    [{ slug: 'a b' }, 'slug: must be 1 to 50 letters, digits, "-" or "_"'],
    [{ slug: 'школа' }, 'slug: must be 1 to 50 letters, digits, "-" or "_"'],
    [{ slug: 'x'.repeat(51) }, 'slug: must be 1 to 50 letters, digits, "-" or "_"'],
    [{ key: '123456789012345' }, 'key: must be 16 to 200 visible ASCII characters without spaces'],
    [{ key: '12345678 90123456' }, 'key: must be 16 to 200 visible ASCII characters without spaces'],
    [{ key: 'tda_5678901234567890' }, 'key: must not begin with tda_, as access tokens do'],
    [{ key: 'ключ-ключ-ключ-ключ' }, 'key: must be 16 to 200 visible ASCII characters without spaces'],
    [{ payment: 'cash' }, 'payment: must be prepaid or postpaid'],
    [{ licensePolicy: 'ONE_TEST' }, 'license policy: must be one-test, one-test-and-bonus, unlimited or custom'],
    [{ licenseLimit: -1 }, 'license limit: must be a whole number from 0 to 1000000000'],
    [{ licenseLimit: 1.5 }, 'license limit: must be a whole number from 0 to 1000000000'],
    [{ licenseLimit: 1_000_000_001 }, 'license limit: must be a whole number from 0 to 1000000000'],
    [{ overdraft: Number.POSITIVE_INFINITY }, 'overdraft: must be a whole number from 0 to 1000000000'],
    [{ payment: 'postpaid', licenseLimit: 1 }, 'A postpaid client has no license limit: leave it out.'],
    [{ payment: 'postpaid', overdraft: 0 }, 'A postpaid client has no overdraft: leave it out.'],
    [
      { licensePolicy: 'one-test', maxTests: 1 },
      'Limits of tests and results belong to the license policy "custom": choose it, or leave them out.',
    ],
    [{ name: '', slug: '', key: '' }, 'name: must be 1 to 200 characters; slug: must be 1 to 50 letters, digits, "-" or "_"; ' +
      'key: must be 16 to 200 visible ASCII characters without spaces'],
  ] as [Partial<NewClientInput>, string][])('is refused without a trace with %j', async (input, message) => {
    const before = await stored();
    expect(await refusal(create(input))).toBe(message);
    expect(await stored()).toEqual(before);
  });

  it('counts its days in Moscow and has no price and no buyer unless they are named', async () => {
    expect(billing(await create())).toEqual({ timeZone: 'Europe/Moscow', licensePrice: null, buyer: null });
  });

  it.each([
    [{ timeZone: 'europe/moscow' }, { timeZone: 'Europe/Moscow', licensePrice: null, buyer: null }],
    [{ timeZone: 'Asia/Vladivostok' }, { timeZone: 'Asia/Vladivostok', licensePrice: null, buyer: null }],
    [{ price: '0.01' }, { timeZone: 'Europe/Moscow', licensePrice: 1, buyer: null }],
    [{ price: '1500,50' }, { timeZone: 'Europe/Moscow', licensePrice: 150_050, buyer: null }],
    [{ price: '1000000.00' }, { timeZone: 'Europe/Moscow', licensePrice: 100_000_000, buyer: null }],
    [{ ...school, buyerName: ' Школа ' }, {
      timeZone: 'Europe/Moscow', licensePrice: null, buyer: { name: 'Школа', inn: ORGANISATION, kpp: KPP, address: null },
    }],
    [{ buyerName: 'x'.repeat(300), buyerInn: PERSON, buyerKpp: '', buyerAddress: 'y'.repeat(500) }, {
      timeZone: 'Europe/Moscow', licensePrice: null, buyer: { name: 'x'.repeat(300), inn: PERSON, kpp: null, address: 'y'.repeat(500) },
    }],
  ] as [Partial<NewClientInput>, object][])('with %j is invoiced by %j', async (input, terms) => {
    const { slug } = await create(input);
    expect(billing(await showClient(opened.database, slug))).toEqual(terms);
  });

  it.each([...badValues, ...badBuyers])('is refused without a trace with %j', async (input, message) => {
    const before = await stored();
    expect(await refusal(create(input))).toBe(message);
    expect(await stored()).toEqual(before);
  });

  it('is refused without a trace with a slug or a key that is in use, which is not repeated', async () => {
    const { slug } = await create({ key: 'the-key-of-somebody' });
    const before = await stored();
    expect(await refusal(create({ slug }))).toBe(`There is a client "${slug}" already.`);
    expect(await refusal(create({ key: 'the-key-of-somebody' }))).toBe('Another client has this key: choose another one.');
    expect(await stored()).toEqual(before);
  });

  it('wins or loses a slug as a whole when two are made at once', async () => {
    const outcomes = await Promise.allSettled([create({ slug: 'contended' }), create({ slug: 'contended' })]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await fresh.sql(`
      select from client c join client_key k on k.client_id = c.id where c.slug = 'contended'`)).toHaveLength(1);
  });

  it('leaves no key behind that could be read', async () => {
    const key = 'a-key-brought-along';
    await create({ key });
    expect(JSON.stringify(await stored())).not.toContain(key);
  });
});

describe('changing a client', () => {
  const billed = { ...school, price: '1500', buyerAddress: 'Москва', timeZone: 'Asia/Omsk' } as const;
  const buyer = { name: 'Школа', inn: ORGANISATION, kpp: KPP, address: 'Москва' };
  const terms = { timeZone: 'Asia/Omsk', licensePrice: 150_000, buyer };

  it.each([
    [{ name: 'Renamed' }, terms],
    [{ price: '0.50' }, { ...terms, licensePrice: 50 }],
    [{ timeZone: 'europe/moscow' }, { ...terms, timeZone: 'Europe/Moscow' }],
    [{ buyerName: 'Лицей' }, { ...terms, buyer: { ...buyer, name: 'Лицей' } }],
    [{ buyerKpp: '1234AB567' }, { ...terms, buyer: { ...buyer, kpp: '1234AB567' } }],
    [{ buyerAddress: 'Омск' }, { ...terms, buyer: { ...buyer, address: 'Омск' } }],
    [{ buyerInn: PERSON, buyerKpp: '' }, { ...terms, buyer: { ...buyer, inn: PERSON, kpp: null } }],
  ] as [ClientChangeInput, object][])('by %j keeps the rest of what invoices are made of', async (input, expected) => {
    const { slug } = await create(billed);
    await change(slug, input);
    expect(billing(await showClient(opened.database, slug))).toEqual(expected);
  });

  it.each([
    ...badValues,
    [{ buyerKpp: '' }, ORGANISATION_NEEDS],
    [{ buyerInn: PERSON }, PERSON_HAS_NONE],
    [{ name: 'Renamed', price: '2000', buyerName: '' }, 'buyer name: must be 1 to 300 characters'],
  ] as readonly (readonly [ClientChangeInput, string])[])('that is invoiced is refused without a trace for %j', async (input, message) => {
    const { slug } = await create(billed);
    const before = await stored();
    expect(await refusal(change(slug, input))).toBe(message);
    expect(await stored()).toEqual(before);
  });

  it.each(badBuyers)('that has no buyer is refused without a trace for %j', async (input, message) => {
    const { slug } = await create();
    const before = await stored();
    expect(await refusal(change(slug, input))).toBe(message);
    expect(await stored()).toEqual(before);
  });

  const prepaid = { payment: 'prepaid', licenseLimit: 5, overdraft: 1 } as const;

  it.each([
    [{ licenseLimit: 7 }, { paymentPolicy: 'PREPAID', licenseLimit: 7, overdraft: 1 }],
    [{ overdraft: 0 }, { paymentPolicy: 'PREPAID', licenseLimit: 5, overdraft: 0 }],
    [{ licenseLimit: 0, overdraft: 4 }, { paymentPolicy: 'PREPAID', licenseLimit: 0, overdraft: 4 }],
    [{ payment: 'postpaid' }, { paymentPolicy: 'POSTPAID', licenseLimit: null, overdraft: 0 }],
    [{ name: 'Other' }, { paymentPolicy: 'PREPAID', licenseLimit: 5, overdraft: 1 }],
  ] as [ClientChangeInput, object][])('by %j makes a prepaid one pay by %j', async (input, terms) => {
    expect(payment(await change(await clientWhoIssued(4, prepaid), input))).toEqual(terms);
  });

  it('by a limit turns a postpaid one into a prepaid one', async () => {
    const slug = await clientWhoIssued(4, { payment: 'postpaid' });
    expect(payment(await change(slug, { payment: 'prepaid', licenseLimit: 4 })))
      .toEqual({ paymentPolicy: 'PREPAID', licenseLimit: 4, overdraft: 0 });
  });

  it.each([
    ['a limit below', prepaid, { licenseLimit: 2 }],
    ['an overdraft that leaves less', { ...prepaid, licenseLimit: 3 }, { overdraft: 0 }],
    ['prepaid without a limit', { payment: 'postpaid' }, { payment: 'prepaid' }],
  ] as [string, Partial<NewClientInput>, ClientChangeInput][])('is refused for %s what is issued', async (_, was, input) => {
    const slug = await clientWhoIssued(4, was);
    const before = await stored();
    expect(await refusal(change(slug, { ...input, name: 'Renamed' })))
      .toBe('4 licenses are issued already: limit and overdraft together must be at least 4.');
    expect(await stored()).toEqual(before);
  });

  it.each([
    [{ payment: 'postpaid', licenseLimit: 9 }, 'A postpaid client has no license limit: leave it out.'],
    [{ payment: 'postpaid', overdraft: 9 }, 'A postpaid client has no overdraft: leave it out.'],
    [{ name: '' }, 'name: must be 1 to 200 characters'],
    [{ licenseLimit: -1 }, 'license limit: must be a whole number from 0 to 1000000000'],
    [{ maxTests: 2 }, 'Limits of tests and results belong to the license policy "custom": choose it, or leave them out.'],
    [{ slug: 'other' }, 'input: Unrecognized key: "slug"'],
    [{}, 'Nothing is to change: name at least one property.'],
  ] as [ClientChangeInput, string][])('is refused without a trace for %j', async (input, message) => {
    const { slug } = await create();
    const before = await stored();
    expect(await refusal(change(slug, input))).toBe(message);
    expect(await stored()).toEqual(before);
  });

  it('replaces the license policy as a whole', async () => {
    const { slug } = await create({ licensePolicy: 'custom', maxTests: 2, maxResultsPerTest: 3 });
    expect(policy(await change(slug, { name: 'Renamed' }))).toEqual(['CUSTOM', 2, null, 3]);
    expect(policy(await change(slug, { licensePolicy: 'custom', maxBonusTests: 1 }))).toEqual(['CUSTOM', null, 1, null]);
    expect(policy(await change(slug, { licensePolicy: 'one-test' }))).toEqual(['ONE_TEST', 1, 0, 1]);
    expect(policy(await change(slug, { licensePolicy: 'custom' }))).toEqual(['UNLIMITED', null, null, null]);
  });

  it('keeps both of two changes made at once', async () => {
    const { slug } = await create();
    await Promise.all([change(slug, { name: 'Renamed' }), suspendClient(opened.database, slug), change(slug, { licenseLimit: 9 })]);
    expect(await showClient(opened.database, slug)).toMatchObject({ name: 'Renamed', status: 'SUSPENDED', licenseLimit: 9 });
  });

  it.each([
    ['reckons with the licenses issued while it waits', 'for no key update', 1, '1 licenses are issued already'],
    ['waits for nobody who only refers to the client, as one does who issues an access token', 'for key share', 0, null],
  ])('%s', async (_, lock, issued, refusal) => {
    const { id, slug } = await create({ licenseLimit: 5 });
    const holder = new pg.Client({ connectionString: fresh.url });
    await holder.connect();
    await holder.query('begin');
    await holder.query(`select from client where id = $1 ${lock}`, [id]);
    const changing = change(slug, { licenseLimit: 0 }).then(() => null, (error: unknown) => (error as Error).message);
    if (issued > 0) {
      await until('the change waits', async () =>
        (await fresh.sql("select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()")).length === 1);
      await holder.query('update client set licenses_issued = $2 where id = $1', [id, issued]);
      await holder.query('commit');
    }
    const outcome = await changing;
    await holder.end();
    expect(outcome).toEqual(refusal === null ? null : expect.stringContaining(refusal));
  });

  it('suspends and resumes, also twice', async () => {
    const { slug } = await create();
    for (const [act, status] of [[suspendClient, 'SUSPENDED'], [resumeClient, 'ACTIVE']] as const) {
      await act(opened.database, slug);
      expect(await act(opened.database, slug)).toMatchObject({ status });
      expect(await showClient(opened.database, slug)).toMatchObject({ status });
    }
  });

  it.each([
    ['show', (slug: string) => showClient(opened.database, slug)],
    ['change', (slug: string) => change(slug, { name: 'Renamed' })],
    ['suspend', (slug: string) => suspendClient(opened.database, slug)],
    ['resume', (slug: string) => resumeClient(opened.database, slug)],
  ])('has nobody to %s under an unknown slug', async (_, act) => {
    expect(await refusal(act('nobody'))).toBe('There is no client "nobody". "client list" shows all.');
  });
});

it('all clients are listed by their slugs', async () => {
  await create({ slug: 'zz' });
  await create({ slug: 'aa' });
  const slugs = (await listClients(opened.database)).map(({ slug }) => slug);
  expect([slugs[0], slugs.at(-1)]).toEqual(['aa', 'zz']);
});
