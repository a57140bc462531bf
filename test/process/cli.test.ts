import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cells, fileOf, useCommands } from '../setup/commands.js';
import {
  ask, type Environment, killAll, newFolder, postgresOf, type ServerProcess, startServer, until,
} from '../setup/processes.js';
import { smallTest } from '../setup/small-tests.js';
import type { Json } from '../setup/test-server.js';

const { environment, result, json, refusal, stored } = useCommands();

let folder: string;
beforeAll(async () => {
  folder = await newFolder();
});

const prepaid = (slug: string, ...more: string[]): string[] =>
  ['client', 'create', '--name', 'School', '--slug', slug, '--payment', 'prepaid', '--license-policy', 'one-test', ...more];

describe('every command works', () => {
  /** Uses each command once, each in a process of its own. */
  async function useAll(where: Environment): Promise<void> {
    expect(await json(prepaid('walk', '--key', 'the-old-key-of-walk', '--license-limit', '5'), where))
      .toEqual({ id: expect.stringMatching(/^cli_/), slug: 'walk', key: 'the-old-key-of-walk' });
    expect(await json(['client', 'show', 'walk', '--json'], where)).toMatchObject({ slug: 'walk', licenseLimit: 5 });
    expect(await json(['client', 'set', 'walk', '--license-limit', '6', '--json'], where)).toMatchObject({ licenseLimit: 6 });
    expect(await json(['client', 'suspend', 'walk', '--json'], where)).toMatchObject({ status: 'SUSPENDED' });
    expect(await json(['client', 'resume', 'walk', '--json'], where)).toMatchObject({ status: 'ACTIVE', licenseLimit: 6 });
    expect(await json(['client', 'list', '--json'], where)).toContainEqual(expect.objectContaining({ slug: 'walk' }));
    const file = await fileOf(smallTest('walk', { paid: true }));
    expect(await json(['test', 'import', file, '--json'], where))
      .toEqual({ outcome: 'CREATED', slug: 'walk', revision: 1, questions: 3, scales: 1, interpretations: 0, warnings: [] });
    expect(await json(['test', 'list', '--json'], where)).toContainEqual(expect.objectContaining({ slug: 'walk' }));
  }

  it('with DATABASE_URL', () => useAll(environment()));

  it('with the embedded database, whether or not a server is running', async () => {
    const embedded = { DATA_DIR: join(folder, 'walk') };
    await useAll(embedded);
    await expect(postgresOf(embedded.DATA_DIR)).rejects.toThrow('ENOENT');

    const server = await startServer(embedded);
    expect((await ask(server.url, '{ test(slug: "walk") { slug } viewer { slug status } }', {}, 'the-old-key-of-walk')).data)
      .toEqual({ test: { slug: 'walk' }, viewer: { slug: 'walk', status: 'ACTIVE' } });
    expect((await json(['client', 'list', '--json'], embedded)).map(({ slug }: Json) => slug)).toEqual(['demo', 'walk']);
    await server.stop();
  }, 60_000);

  it('when two are used at the same time without a server', async () => {
    const embedded = { DATA_DIR: join(folder, 'walk') };
    await Promise.all([json(prepaid('one'), embedded), json(prepaid('two'), embedded)]);
    expect((await json(['client', 'list', '--json'], embedded)).map(({ slug }: Json) => slug))
      .toEqual(expect.arrayContaining(['one', 'two']));
  });
});

describe('at a running server a command takes effect at once:', () => {
  let embedded: Environment;
  let server: ServerProcess;
  beforeAll(async () => {
    embedded = { DATA_DIR: join(folder, 'running') };
    server = await startServer(embedded);
  });
  afterAll(killAll);

  async function register(key: string, userId: string): Promise<string> {
    const { data } = await ask(server.url, `mutation ($input: RegisterUserInput!) { registerUser(input: $input) {
      __typename ... on Problem { code } } }`, { input: { userId } }, key);
    return data.registerUser.code ?? data.registerUser.__typename;
  }

  async function published(slug: string): Promise<Json> {
    return (await ask(server.url, 'query ($slug: String!) { test(slug: $slug) { name length } }', { slug })).data.test;
  }

  it('a new key, a suspension, its end and another limit', async () => {
    const { key } = await json(prepaid('school', '--license-limit', '1'), embedded);
    expect(key).toMatch(/^tdk_[0-9a-f]{72}$/);
    expect(await register(key, 'first')).toBe('RegisterUserSuccess');
    expect(await register(key, 'second')).toBe('LICENSE_LIMIT_REACHED');

    await result(['client', 'suspend', 'school'], embedded);
    expect(await register(key, 'second')).toBe('CLIENT_SUSPENDED');
    await result(['client', 'resume', 'school'], embedded);
    expect(await register(key, 'second')).toBe('LICENSE_LIMIT_REACHED');

    await result(['client', 'set', 'school', '--license-limit', '2'], embedded);
    expect(await register(key, 'second')).toBe('RegisterUserSuccess');
    expect(await refusal(['client', 'set', 'school', '--license-limit', '1'], embedded))
      .toBe('2 licenses are issued already: limit and overdraft together must be at least 2.\n');
    expect(await json(['client', 'show', 'school', '--json'], embedded))
      .toMatchObject({ licenseLimit: 2, licensesIssued: 2, licensesRemaining: 0 });
  });

  it('a new test and its next revision', async () => {
    const test = smallTest('news', { paid: false });
    expect(await published('news')).toBeNull();
    await result(['test', 'import', await fileOf(test)], embedded);
    expect(await until(async () => (await published('news')) ?? undefined)).toEqual({ name: 'Тест news', length: 3 });

    await result(['test', 'import', await fileOf({ ...test, name: { ru: 'Новое имя' } })], embedded);
    await until(async () => (await published('news')).name === 'Новое имя' || undefined);
    expect(await json(['test', 'list', '--json'], embedded))
      .toContainEqual(expect.objectContaining({ slug: 'news', revision: 2, name: 'Новое имя' }));
  });
});

describe('client create', () => {
  it('prints one line of JSON with id, slug and the key, which is stored nowhere', async () => {
    const created = await json(prepaid('new-school'));
    expect(created).toEqual({
      id: expect.stringMatching(/^cli_[\w-]{22}$/), slug: 'new-school', key: expect.stringMatching(/^tdk_[0-9a-f]{72}$/),
    });
    expect(JSON.stringify(await stored())).not.toContain(created.key);
  });

  const all = ['--name', 'N', '--slug', 'wrong', '--payment', 'prepaid', '--license-policy', 'one-test'];
  const without = (option: string): string[] => all.toSpliced(all.indexOf(option), 2);
  const instead = (option: string, value: string): string[] => all.with(all.indexOf(option) + 1, value);

  it.each([
    ['no name', without('--name'), "required option '--name <name>' not specified"],
    ['no license policy', without('--license-policy'), "required option '--license-policy <policy>' not specified"],
    ['an unknown option', [...all, '--discount', '5'], "unknown option '--discount'"],
    ['an argument too many', [...all, 'more'], 'too many arguments'],
    ['a negative limit', [...all, '--license-limit', '-5'], "argument '-5' is invalid. It has to be a whole number."],
    ['a limit that is no number', [...all, '--license-limit', 'many'], "argument 'many' is invalid. It has to be a whole number."],
    ['a huge limit', [...all, '--license-limit', '9'.repeat(30)], 'license limit: must be a whole number from 0 to 1000000000'],
    ['a limit of a postpaid client', [...instead('--payment', 'postpaid'), '--license-limit', '1'], 'A postpaid client has no license limit'],
    ['a limit of tests beside a preset', [...all, '--max-tests', '2'], 'belong to the license policy "custom"'],
    ['a short key', [...all, '--key', '1234567'], 'key: must be 16 to 200 visible ASCII characters without spaces'],
  ])('is refused without a trace: %s', async (_, options, problem) => {
    const before = await stored();
    expect(await refusal(['client', 'create', ...options])).toContain(problem);
    expect(await stored()).toEqual(before);
  });

  it('is refused with all that is wrong in one line', async () => {
    expect(await refusal([
      'client', 'create', '--name', ' ', '--slug', 'a b', '--payment', 'cash', '--license-policy', 'two', '--key', 'open sesame',
    ])).toBe(
      'name: must be 1 to 200 characters; slug: must be 1 to 50 letters, digits, "-" or "_"; ' +
      'payment: must be prepaid or postpaid; license policy: must be one-test, one-test-and-bonus, unlimited or custom; ' +
      'key: must be 16 to 200 visible ASCII characters without spaces\n',
    );
  });

  it('is refused without a trace for a slug or a key that is in use, and does not repeat the key', async () => {
    await json(prepaid('original', '--key', 'the-key-of-original'));
    const before = await stored();
    expect(await refusal(prepaid('original'))).toBe('There is a client "original" already.\n');
    expect(await refusal(prepaid('copy', '--key', 'the-key-of-original')))
      .toBe('Another client has this key: choose another one.\n');
    expect(await stored()).toEqual(before);
  });
});

describe('other client commands', () => {
  beforeAll(async () => {
    await json([
      'client', 'create', '--name', 'Школа № 5', '--slug', 'shown', '--payment', 'postpaid',
      '--license-policy', 'custom', '--max-tests', '3', '--max-bonus-tests', '0',
    ]);
  });

  it('show a client as a table and as JSON', async () => {
    const shown = await json(['client', 'show', 'shown', '--json']);
    expect(shown).toEqual({
      id: expect.stringMatching(/^cli_/), slug: 'shown', name: 'Школа № 5', status: 'ACTIVE', paymentPolicy: 'POSTPAID',
      licenseLimit: null, overdraft: 0, licensesIssued: 0, licensesRemaining: null,
      licensePolicy: { preset: 'CUSTOM', maxTests: 3, maxBonusTests: 0, maxResultsPerTest: null },
      timeZone: 'Europe/Moscow', licensePrice: null, buyer: null, origins: [],
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    });
    expect(cells(await result(['client', 'show', 'shown']))).toEqual([
      ['id', shown.id], ['slug', 'shown'], ['name', 'Школа № 5'], ['status', 'ACTIVE'], ['paymentPolicy', 'POSTPAID'],
      ['licenseLimit', 'no limit'], ['overdraft', '0'], ['licensesIssued', '0'], ['licensesRemaining', 'no limit'],
      ['timeZone', 'Europe/Moscow'], ['createdAt', shown.createdAt], ['licensePolicy', 'CUSTOM'], ['maxTests', '3'],
      ['maxBonusTests', '0'], ['maxResultsPerTest', 'no limit'], ['licensePrice', 'not agreed'], ['buyer', 'not known'],
      ['origins', 'none'],
    ]);
  });

  it('list all clients as a table and as JSON', async () => {
    const [heading, ...rows] = cells(await result(['client', 'list']));
    expect(heading).toEqual(['slug', 'name', 'status', 'payment', 'issued', 'limit', 'license policy']);
    expect(rows).toContainEqual(['shown', 'Школа № 5', 'ACTIVE', 'POSTPAID', '0', 'no limit', 'CUSTOM']);
    const listed = await json(['client', 'list', '--json']);
    expect(listed.map(({ slug }: Json) => slug)).toEqual(rows.map(([slug]) => slug));
  });

  it('change what is said, print the client as it is then, and leave the rest', async () => {
    expect(await json(['client', 'set', 'shown', '--name', 'Renamed', '--payment', 'prepaid', '--license-limit', '7', '--json']))
      .toMatchObject({ name: 'Renamed', paymentPolicy: 'PREPAID', licenseLimit: 7, licensePolicy: { preset: 'CUSTOM', maxTests: 3 } });
    expect(await json(['client', 'set', 'shown', '--license-policy', 'one-test-and-bonus', '--json']))
      .toMatchObject({ name: 'Renamed', licenseLimit: 7, licensePolicy: { preset: 'ONE_TEST_AND_BONUS' } });
    expect(cells(await result(['client', 'suspend', 'shown']))).toContainEqual(['status', 'SUSPENDED']);
    expect(cells(await result(['client', 'resume', 'shown']))).toContainEqual(['status', 'ACTIVE']);
    expect(cells(await result(['client', 'set', 'shown', '--payment', 'postpaid']))).toContainEqual(['licenseLimit', 'no limit']);
  });

  it('register origins with a new client or later, in place of those before, and take them away', async () => {
    const [one, two] = ['https://one.example.org', 'https://two.example.org'];
    await json(prepaid('web', '--origin', 'https://One.example.org/', '--origin', two));
    expect(await json(['client', 'list', '--json'])).toContainEqual(expect.objectContaining({ slug: 'web', origins: [one, two] }));
    expect(cells(await result(['client', 'show', 'web']))).toContainEqual(['origins', `${one}, ${two}`]);
    expect(await json(['client', 'set', '--origin', two, 'web', '--json'])).toMatchObject({ slug: 'web', origins: [two] });
    expect(await json(['client', 'set', 'web', '--origin', '', '--json'])).toMatchObject({ slug: 'web', origins: [] });
  });

  it.each([
    ['an unknown slug', ['client', 'show', 'nobody'], 'There is no client "nobody". "client list" shows all.'],
    ['no slug', ['client', 'set', '--name', 'N'], "missing required argument 'slug'"],
    ['an unknown option', ['client', 'set', 'shown', '--slug', 'other'], "unknown option '--slug'"],
    ['a limit of tests beside a preset', ['client', 'set', 'shown', '--max-tests', '2'], 'belong to the license policy "custom"'],
    ['an origin with a path', ['client', 'set', 'shown', '--origin', 'https://school5.ru/tests'],
      'origins: "https://school5.ru/tests" is no origin: give http or https and one host alone'],
  ])('are refused and change nothing: %s', async (_, args, problem) => {
    const before = await stored();
    expect(await refusal(args)).toContain(problem);
    expect(await stored()).toEqual(before);
  });
});

describe('the command line', () => {
  it.each([[['--help'], 'client'], [['client', 'create', '--help'], '--license-limit'], [['client', 'set', '--help'], 'settle']])(
    'explains itself: %j', async (args, word) => {
      const help = await result(args, {});
      expect(help).toContain('Usage: testodrom');
      expect(help).toContain(word);
    },
  );

  it('shows its help when no command is given, and that is a failure', async () => {
    expect(await refusal([], {})).toContain('Usage: testodrom');
  });

  it('names an unknown command', async () => {
    expect(await refusal(['customer'], {})).toContain("unknown command 'customer'");
  });

  it.each([
    ['a wrong variable', { PORT: 'abc' }, 'The environment is wrong: PORT must be a whole number from 0 to 65535.\n'],
    [
      'a database that is not there', { DATABASE_URL: 'postgres://user:hidden@127.0.0.1:1/name' },
      'Cannot use the database of DATABASE_URL (127.0.0.1:1/name): connect ECONNREFUSED 127.0.0.1:1.\n',
    ],
  ] as [string, Environment, string][])('says in one line what is wrong with %s', async (_, where, said) => {
    expect(await refusal(['client', 'list'], where)).toBe(said);
  });
});
