import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  admitsOrigin, authenticate, changeClient, createClient, isKnownOrigin, ORIGIN_LIMIT, showClient,
} from '../../src/clients/index.js';
import { canonicalOrigin, ORIGIN_LENGTH } from '../../src/clients/origins.js';
import { InputError } from '../../src/kernel/input-error.js';
import { type OpenDatabase, openTestDatabase } from '../setup/open-database.js';

let opened: OpenDatabase;
beforeAll(async () => {
  opened = await openTestDatabase();
});
afterAll(() => opened.close());

let count = 0;

async function create(origins?: string[]) {
  const { client, key } = await createClient(opened.database, {
    name: 'Client', slug: `client-${count += 1}`, payment: 'postpaid', licensePolicy: 'unlimited', ...(origins && { origins }),
  });
  return { id: client.id, slug: client.slug, key };
}

const set = (slug: string, origins: string[]) => changeClient(opened.database, slug, { origins });
const originsOf = async (slug: string): Promise<string[]> => (await showClient(opened.database, slug)).origins;
const audit = ({ id }: { id: string }) =>
  opened.sql('select action, details from audit_entry where client_id = $1 order by id', [id]);

async function refusal(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(() => undefined, (reason: unknown) => reason);
  expect(error).toBeInstanceOf(InputError);
  expect((error as Error).message).not.toContain('\n');
  return (error as Error).message;
}

/** An origin of so many characters. */
const long = (characters: number): string => 'https://'.padEnd(characters - 3, 'x') + '.ru';
/** So many different origins. */
const several = (origins: number): string[] => Array.from({ length: origins }, (_, number) => `https://school${number}.ru`);

describe('an origin', () => {
  it.each([
    ['https://school5.ru', 'https://school5.ru'],
    ['http://school5.ru', 'http://school5.ru'],
    ['https://school5.ru/', 'https://school5.ru'],
    ['HTTPS://School5.RU/', 'https://school5.ru'],
    ['https://школа.рф', 'https://xn--80atdl2c.xn--p1ai'],
    ['https://ШКОЛА.рф/', 'https://xn--80atdl2c.xn--p1ai'],
    ['https://xn--80atdl2c.xn--p1ai', 'https://xn--80atdl2c.xn--p1ai'],
    ['https://school5.ru:443', 'https://school5.ru'],
    ['http://school5.ru:80/', 'http://school5.ru'],
    ['https://school5.ru:80', 'https://school5.ru:80'],
    ['http://school5.ru:443', 'http://school5.ru:443'],
    ['https://school5.ru:08443', 'https://school5.ru:8443'],
    ['http://localhost:3000', 'http://localhost:3000'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['http://[0:0::1]:8080', 'http://[::1]:8080'],
    ['https://a_b-c.school5.ru', 'https://a_b-c.school5.ru'],
    [long(ORIGIN_LENGTH), long(ORIGIN_LENGTH)],
  ])('%s is kept as browsers send it: %s', (text, canonical) => {
    expect(canonicalOrigin(text)).toBe(canonical);
    expect(canonicalOrigin(canonical)).toBe(canonical);
  });

  it.each([
    ['what browsers send for a page without one', 'null'],
    ['any', '*'],
    ['a host alone', 'school5.ru'],
    ['a host and a port', 'school5.ru:443'],
    ['no host', 'https://'],
    ['no scheme', '//school5.ru'],
    ['another scheme', 'ftp://school5.ru'],
    ['a scheme of extensions', 'chrome-extension://abcdefghijklmnop'],
    ['a scheme without slashes', 'https:school5.ru'],
    ['a slash too few', 'https:/school5.ru'],
    ['a slash too many', 'https:///school5.ru'],
    ['backslashes', 'https:\\\\school5.ru'],
    ['a wildcard', 'https://*.school5.ru'],
    ['a wildcard port', 'https://school5.ru:*'],
    ['a wildcard in disguise', 'https://%2A.school5.ru'],
    ['a wide wildcard', 'https://\uff0a.school5.ru'],
    ['a path', 'https://school5.ru/tests'],
    ['a path of dots', 'https://school5.ru/.'],
    ['two slashes behind it', 'https://school5.ru//'],
    ['a query', 'https://school5.ru?a=b'],
    ['an empty query', 'https://school5.ru?'],
    ['a fragment', 'https://school5.ru#top'],
    ['an empty fragment', 'https://school5.ru/#'],
    ['a user', 'https://user@school5.ru'],
    ['a user and a password', 'https://user:password@school5.ru'],
    ['an empty user', 'https://@school5.ru'],
    ['two of them with a comma', 'https://school5.ru,https://school6.ru'],
    ['two hosts with a comma', 'https://school5.ru,school6.ru'],
    ['two of them with a space', 'https://school5.ru https://school6.ru'],
    ['a space before it', ' https://school5.ru'],
    ['a space behind it', 'https://school5.ru '],
    ['a tab within it', 'https://school\t5.ru'],
    ['a line feed behind it', 'https://school5.ru\n'],
    ['a control character behind it', 'https://school5.ru\u0000'],
    ['a broken character', 'https://school\ud83d.ru'],
    ['a port that is too high', 'https://school5.ru:65536'],
    ['a port that is no number', 'https://school5.ru:https'],
    ['too many characters', long(ORIGIN_LENGTH + 1)],
    ['a host that is too long in punycode', `https://${Array(20).fill('школа-школа').join('.')}.рф`],
  ])('is refused with %s, and without a trace: %j', async (_, text) => {
    expect(canonicalOrigin(text)).toBeNull();
    const { slug } = await create(['https://school5.ru']);
    const before = await opened.sql('select * from client order by id');
    const told = `origins: ${JSON.stringify(text)} is no origin: give http or https and one host alone, such as ` +
      'https://school5.ru, in at most 255 characters';
    expect(await refusal(set(slug, ['https://school6.ru', text]))).toBe(told);
    expect(await refusal(create([text]))).toBe(told);
    expect(await opened.sql('select * from client order by id')).toEqual(before);
  });
});

describe('the origins of a client', () => {
  it('are none unless some are given', async () => {
    const { slug } = await create();
    expect(await originsOf(slug)).toEqual([]);
  });

  it('are kept from its creation on, in their order, each once however it is written', async () => {
    const { slug } = await create(['https://School6.ru/', 'https://школа.рф', 'https://school5.ru', 'https://school6.ru:443']);
    expect(await originsOf(slug)).toEqual(['https://school6.ru', 'https://xn--80atdl2c.xn--p1ai', 'https://school5.ru']);
  });

  it('are replaced as a whole', async () => {
    const { slug } = await create(['https://school5.ru', 'https://school6.ru']);
    await set(slug, ['https://school6.ru', 'http://localhost:3000']);
    expect(await originsOf(slug)).toEqual(['https://school6.ru', 'http://localhost:3000']);
  });

  it.each([[[]], [['']], [['', '']]])('are taken away by %j', async (origins) => {
    const { slug } = await create(['https://school5.ru']);
    expect((await set(slug, origins)).origins).toEqual([]);
    expect(await originsOf(slug)).toEqual([]);
  });

  it('stay when something else is changed', async () => {
    const { slug } = await create(['https://school5.ru']);
    await changeClient(opened.database, slug, { name: 'Renamed' });
    expect(await originsOf(slug)).toEqual(['https://school5.ru']);
  });

  it(`are at most ${ORIGIN_LIMIT}, those that are the same counted once`, async () => {
    const most = several(ORIGIN_LIMIT);
    const { slug } = await create([...most, ...most]);
    expect(await originsOf(slug)).toEqual(most);
    expect(await refusal(set(slug, several(ORIGIN_LIMIT + 1)))).toBe('origins: must be at most 20');
    expect(await refusal(create(several(ORIGIN_LIMIT + 1)))).toBe('origins: must be at most 20');
    expect(await originsOf(slug)).toEqual(most);
  });

  it('are refused with all that are wrong', async () => {
    const wrong = (text: string): string =>
      `origins: "${text}" is no origin: give http or https and one host alone, such as https://school5.ru, in at most 255 characters`;
    expect(await refusal(create(['null', 'https://school5.ru', 'school5.ru']))).toBe(`${wrong('null')}; ${wrong('school5.ru')}`);
  });

  it('are in the audit log when they are given or changed, and only then', async () => {
    const client = await create(['https://school5.ru']);
    await set(client.slug, ['https://school5.ru/']);
    await set(client.slug, ['https://school6.ru']);
    await set(client.slug, ['']);
    await set(client.slug, []);
    const changed = (from: string[], to: string[]) => ({ action: 'CLIENT_CHANGED', details: { origins: { from, to } } });
    expect(await audit(client)).toEqual([
      { action: 'CLIENT_CREATED', details: expect.objectContaining({ origins: ['https://school5.ru'] }) },
      changed(['https://school5.ru'], ['https://school6.ru']), changed(['https://school6.ru'], []),
    ]);
  });

  it('are known as soon as its key is', async () => {
    const { slug, key } = await create(['https://school5.ru', 'https://школа.рф']);
    const [signature] = await authenticate(opened.database, [key], new Date());
    const { client } = signature!;
    expect(client.origins).toEqual(['https://school5.ru', 'https://xn--80atdl2c.xn--p1ai']);
    expect(client).toEqual(await showClient(opened.database, slug));
  });
});

describe('a client', () => {
  const client = { origins: ['https://school5.ru', 'http://localhost:3000'] };

  it.each([
    ['https://school5.ru', true],
    ['http://localhost:3000', true],
    ['http://school5.ru', false],
    ['https://school5.ru:8443', false],
    ['https://school5.ru/', false],
    ['https://SCHOOL5.ru', false],
    ['https://www.school5.ru', false],
    ['https://school5.ru.example.org', false],
    ['https://school5.r', false],
    ['http://localhost', false],
    ['null', false],
    ['*', false],
    ['', false],
  ])('admits %j: %s', (origin, admitted) => {
    expect(admitsOrigin(client, origin, [])).toBe(admitted);
  });

  it.each(['https://school5.ru', 'null', ''])('without origins does not admit %j', (origin) => {
    expect(admitsOrigin({ origins: [] }, origin, [])).toBe(false);
  });

  it('admits origins that may use the keys of every client', () => {
    expect(admitsOrigin({ origins: [] }, 'https://api.example.org', ['https://api.example.org'])).toBe(true);
  });
});

it('an origin is known as long as any client has it', async () => {
  const known = (origin: string): Promise<boolean> => isKnownOrigin(opened.database, origin);
  const [shared, own] = ['https://shared.example.org', 'https://own.example.org'];
  expect(await known(shared)).toBe(false);
  const [one, other] = [await create([own, shared]), await create([shared])];
  expect(await Promise.all([shared, own, `${own}/`, 'https://example.org', 'null', ''].map(known)))
    .toEqual([true, true, false, false, false, false]);
  await set(one.slug, []);
  expect(await Promise.all([shared, own].map(known))).toEqual([true, false]);
  await set(other.slug, ['']);
  expect(await known(shared)).toBe(false);
});
