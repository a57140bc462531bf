import { readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestDefinitionInput } from '../../src/catalogue/index.js';
import { type FreshDatabase, freshDatabase } from '../setup/fresh-database.js';
import {
  ask, cleanUp, type Environment, killAll, newFolder, postgresOf, runCli, type ServerProcess, startServer, until,
} from '../setup/processes.js';
import { reportTest } from '../setup/report-test.js';
import { smallTest } from '../setup/small-tests.js';
import type { Json } from '../setup/test-server.js';

let folder: string;
let database: FreshDatabase;
let environment: Environment;
beforeAll(async () => {
  folder = await newFolder();
  database = await freshDatabase();
  environment = { DATABASE_URL: database.url };
});
afterAll(async () => {
  await cleanUp();
  await database.drop();
});

/** Runs a command that is to succeed without a word on stderr, and gives what it printed. */
async function result(args: readonly string[], where = environment): Promise<string> {
  const { code, stdout, stderr } = await runCli(args, where);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

/** The same with one line of JSON. */
async function json(args: readonly string[], where = environment): Promise<Json> {
  const stdout = await result(args, where);
  expect(stdout).toMatch(/^[^\n]+\n$/);
  return JSON.parse(stdout);
}

/** Runs a command that is to fail with nothing on stdout and no stack trace, and gives what it said. */
async function refusal(args: readonly string[], where = environment): Promise<string> {
  const { code, stdout, stderr } = await runCli(args, where);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).not.toMatch(/^ +at |node:/m);
  return stderr;
}

const prepaid = (slug: string, ...more: string[]): string[] =>
  ['client', 'create', '--name', 'School', '--slug', slug, '--payment', 'prepaid', '--license-policy', 'one-test', ...more];

/** The lines of a table as cells. */
function cells(table: string): string[][] {
  return table.trimEnd().split('\n').map((line) => line.split(/ {2,}/));
}

async function fileOf(content: unknown, name = 'test.json'): Promise<string> {
  const path = join(await newFolder(), name);
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

/** Everything that a command could change. */
async function stored(): Promise<unknown> {
  return Promise.all(['client', 'client_key', 'test', 'test_revision', 'question', 'author']
    .map((table) => database.sql(`select * from ${table} order by 1, 2`)));
}

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

  it('with DATABASE_URL', () => useAll(environment));

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
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    });
    expect(cells(await result(['client', 'show', 'shown']))).toEqual([
      ['id', shown.id], ['slug', 'shown'], ['name', 'Школа № 5'], ['status', 'ACTIVE'], ['paymentPolicy', 'POSTPAID'],
      ['licenseLimit', 'no limit'], ['overdraft', '0'], ['licensesIssued', '0'], ['licensesRemaining', 'no limit'],
      ['createdAt', shown.createdAt], ['licensePolicy', 'CUSTOM'], ['maxTests', '3'], ['maxBonusTests', '0'],
      ['maxResultsPerTest', 'no limit'],
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

  it.each([
    ['an unknown slug', ['client', 'show', 'nobody'], 'There is no client "nobody". "client list" shows all.'],
    ['no slug', ['client', 'set', '--name', 'N'], "missing required argument 'slug'"],
    ['an unknown option', ['client', 'set', 'shown', '--slug', 'other'], "unknown option '--slug'"],
    ['a limit of tests beside a preset', ['client', 'set', 'shown', '--max-tests', '2'], 'belong to the license policy "custom"'],
  ])('are refused and change nothing: %s', async (_, args, problem) => {
    const before = await stored();
    expect(await refusal(args)).toContain(problem);
    expect(await stored()).toEqual(before);
  });
});

describe('test import', () => {
  const test = smallTest('imported', { paid: true });

  it('publishes a file, leaves an equal one alone and makes a changed one the next revision', async () => {
    const file = await fileOf(test);
    expect(await result(['test', 'import', file])).toBe('imported: created, 3 questions, 1 scale\n');
    const before = await stored();
    expect(await result(['test', 'import', file])).toBe('imported: unchanged (revision 1), 3 questions, 1 scale\n');
    expect(await stored()).toEqual(before);

    await writeFile(file, JSON.stringify({ ...test, duration: 4 }, null, 2));
    expect(await result(['test', 'import', file])).toBe('imported: revision 2, 3 questions, 1 scale\n');
    const [heading, ...rows] = cells(await result(['test', 'list']));
    expect(heading).toEqual(['slug', 'revision', 'questions', 'paid', 'bonus', 'locales', 'name']);
    expect(rows).toContainEqual(['imported', '2', '3', 'paid', 'ru,en', 'Тест imported']);
  });

  it('tells every problem of a file with its place, and imports nothing', async () => {
    const broken: TestDefinitionInput = {
      ...smallTest('broken', { paid: true }),
      locales: ['ru', 'ru'],
      duration: 1,
      scales: [{ id: 'mood', name: { ru: 'Настроение', de: 'Stimmung' }, items: [{ question: 'nowhere' }] }],
    };
    const file = await fileOf(broken);
    const before = await stored();
    const [heading, ...lines] = (await refusal(['test', 'import', file])).trimEnd().split('\n');
    expect(heading).toBe(`The test was not imported; problems: ${lines.length}`);
    expect(lines).toEqual(expect.arrayContaining([
      `${file}: locales[1]: "ru" stands here a second time`,
      `${file}: scales[0].name.de: "de" is not among the test's locales`,
      `${file}: scales[0].items[0].question: the test has no question "nowhere"`,
    ]));
    expect(await stored()).toEqual(before);
  });

  it('tells every problem of the shape of a file, and imports nothing', async () => {
    const file = await fileOf({ slug: 'a b', locales: [], questions: 'none' });
    const before = await stored();
    const [heading, ...lines] = (await refusal(['test', 'import', file])).trimEnd().split('\n');
    expect(heading).toBe(`The test was not imported; problems: ${lines.length}`);
    for (const path of ['slug', 'locales', 'name', 'description', 'duration', 'paid', 'questions']) {
      expect(lines.filter((line) => line.startsWith(`${file}: ${path}: `))).toHaveLength(1);
    }
    expect(await stored()).toEqual(before);
  });

  it.each([
    ['no JSON', () => fileOf('{\n  "slug": oops\n}\n'), /is not valid JSON/],
    ['an empty file', () => fileOf(''), /Unexpected end of JSON input/],
    ['a missing file', async () => join(folder, 'missing.json'), /no such file or directory/],
    ['a folder', () => newFolder(), /EISDIR|directory/],
    ['a file that is too large', largeFile, /larger than 20971520 bytes/],
  ])('refuses %s in one line that names it', async (_, makeFile, reason) => {
    const file = await makeFile();
    const before = await stored();
    const said = await refusal(['test', 'import', file]);
    expect(said).toMatch(/^[^\n]+\n$/);
    expect(said.startsWith(`${file}: `)).toBe(true);
    expect(said).toMatch(reason);
    expect(await stored()).toEqual(before);
  });

  async function largeFile(): Promise<string> {
    const file = await fileOf('[');
    await truncate(file, 20 * 1024 * 1024 + 1);
    return file;
  }

  const fixtures = join(import.meta.dirname, '../catalogue');
  const quiz = join(fixtures, 'quiz-xml/fixtures/synth-basic');
  const metadata = {
    slug: 'quiz', name: { ru: 'Опрос', en: 'Quiz' }, description: { ru: '<p>Опрос<script>go()</script></p>' }, duration: 5, paid: false,
  };

  it("publishes the platform's quiz.xml with the config.xml beside it, and tells what it warns of", async () => {
    const meta = await fileOf(metadata, 'meta.json');
    const { code, stdout, stderr } = await runCli(['test', 'import', quiz, '--meta', meta], environment);
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: 'quiz: created, 3 questions, 2 interpretations\n',
      stderr: 'warning: meta description.ru: is not simple HTML; left out: script\n',
    });
    // The options go before the file.
    const again = ['test', 'import', join(quiz, 'quiz.xml'), '--format', 'quiz-xml', '--meta', meta, '--description', 'ru=<p>Опрос</p>', '--json'];
    expect(await json(again)).toEqual({ outcome: 'UNCHANGED', slug: 'quiz', revision: 1, questions: 3, scales: 0, interpretations: 2, warnings: [] });
    expect(await json([...again, '--slug', 'quiz-2', '--paid', '--bonus', '--legacy-id', '78', '--duration', '9']))
      .toMatchObject({ outcome: 'CREATED', slug: 'quiz-2' });
    expect((await json(['test', 'list', '--json'])).find(({ slug }: Json) => slug === 'quiz-2'))
      .toMatchObject({ paid: true, bonus: true, legacyId: 78 });
  });

  it('publishes the JSON of SurveyJS', async () => {
    const file = join(fixtures, 'surveyjs/fixtures/career-quiz.json');
    const said = await runCli(['test', 'import', file, '--format', 'surveyjs', '--slug', 'survey', '--name', 'ru=Опрос', '--name', 'en=Survey',
      '--description', 'ru=Опрос', '--duration', '5', '--no-paid'], environment);
    expect(said.stdout).toMatch(/^survey: created, \d+ questions\n$/);
  });

  it('tells what a file would make, without a database, when only asked to try', async () => {
    const before = await stored();
    const nowhere = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing' };
    const file = await fileOf(smallTest('tried', { paid: true }));
    expect(await result(['test', 'import', file, '--dry-run'], nowhere)).toBe('tried: can be imported, 3 questions, 1 scale\n');
    expect(await json(['test', 'import', file, '--dry-run', '--json'], nowhere))
      .toEqual({ outcome: 'CHECKED', slug: 'tried', questions: 3, scales: 1, interpretations: 0, warnings: [] });
    expect(await refusal(['test', 'import', await fileOf({ ...smallTest('a b', { paid: true }) }), '--dry-run'], nowhere)).toMatch(/: slug: /);
    expect(await stored()).toEqual(before);
  });

  it.each([
    ['without what the test is called', [], /^The test was not imported; problems: 5\nmeta slug: .*\nmeta name: .*\nmeta description: .*\nmeta duration: .*\nmeta paid: /],
    ['with a name in no language', ['--name', 'Опрос'], /locale=text, for example ru=Имя/],
    ['in a format that does not exist', ['--format', 'yaml'], /Allowed choices are json, quiz-xml, surveyjs/],
    ['with metadata that is no JSON', ['--meta', join(quiz, 'quiz.xml')], /quiz\.xml: .*is not valid JSON/],
    ['with metadata that is a list', ['--meta', join(fixtures, 'list.json')], /no such file/],
    ['as the native format', ['--format', 'json', '--slug', 'x'], /leave --meta and the options of the test out/],
  ])('refuses quiz.xml %s, and imports nothing', async (_what, options, reason) => {
    const before = await stored();
    expect(await refusal(['test', 'import', quiz, ...options])).toMatch(reason);
    expect(await stored()).toEqual(before);
  });

  it('refuses a file in another encoding than UTF-8', async () => {
    const file = await fileOf('', 'quiz.xml');
    await writeFile(file, Buffer.from([0x3c, 0xcf, 0xf0, 0xe8]));
    expect(await refusal(['test', 'import', file])).toBe(`${file}: is not in UTF-8: save it in that encoding\n`);
  });

  it('refuses a legacy id that another test has, and names that test', async () => {
    await result(['test', 'import', await fileOf({ ...smallTest('elder', { paid: true }), legacyId: 77 })]);
    const file = await fileOf({ ...smallTest('younger', { paid: true }), legacyId: 77 });
    const before = await stored();
    expect(await refusal(['test', 'import', file])).toBe(`${file}: legacyId: 77 belongs to the test "elder"\n`);
    expect(await stored()).toEqual(before);
  });
});

describe('test export', () => {
  it('gives a file that imports to the same revision', async () => {
    await result(['test', 'import', await fileOf(reportTest('exported'))]);
    const file = join(await newFolder(), 'exported.json');
    expect(await result(['test', 'export', 'exported', '--output', file])).toBe('');
    expect(await result(['test', 'export', 'exported'])).toBe(await readFile(file, 'utf8'));
    expect(await result(['test', 'import', file])).toBe('exported: unchanged (revision 1), 4 questions, 3 scales, 2 interpretations\n');
  });

  it('names a slug that nobody has, and a file that cannot be written', async () => {
    expect(await refusal(['test', 'export', 'nobody'])).toMatch(/^There is no published test "nobody"[^\n]*\n$/);
    const file = join(folder, 'missing', 'x.json');
    expect(await refusal(['test', 'export', 'exported', '--output', file])).toMatch(/^[^\n]*missing\/x\.json: [^\n]*\n$/);
  });
});

describe('the command line', () => {
  it.each([[['--help'], 'client'], [['client', 'create', '--help'], '--license-limit']])(
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
