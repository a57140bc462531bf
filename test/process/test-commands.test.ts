import { readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { TestDefinitionInput } from '../../src/catalogue/import/index.js';
import { cells, fileOf, useCommands } from '../setup/commands.js';
import { newFolder, runCli } from '../setup/processes.js';
import { reportTest } from '../setup/report-test.js';
import { smallTest } from '../setup/small-tests.js';
import type { Json } from '../setup/test-server.js';

const { environment, result, json, refusal, stored } = useCommands();

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
    ['a missing file', async () => join(await newFolder(), 'missing.json'), /no such file or directory/],
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
    const { code, stdout, stderr } = await runCli(['test', 'import', quiz, '--meta', meta], environment());
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: 'quiz: created, 3 questions, 2 interpretations\n',
      stderr: `warning: ${meta}: description.ru: is not simple HTML; left out: script\n`,
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
    const said = await runCli([
      'test', 'import', file, '--slug', 'survey', '--name', 'ru=Опрос', '--name', 'en=Survey',
      '--description', 'ru=Опрос', '--duration', '5', '--no-paid',
    ], environment());
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
    ['without what the test is called', [],
      /^The test was not imported; problems: 5\n--slug: .*\n--name: .*\n--description: .*\n--duration: .*\n--paid: /],
    ['with a name in no language', ['--name', 'Опрос'], /locale=text, for example ru=Имя/],
    ['in a format that does not exist', ['--format', 'yaml'], /Allowed choices are json, quiz-xml, surveyjs/],
    ['with metadata that is no JSON', ['--meta', join(quiz, 'quiz.xml')], /^[^\n]*quiz\.xml: .*is not valid JSON\n$/],
    ['with metadata that is not there', ['--meta', join(fixtures, 'nowhere.json')], /^[^\n]*nowhere\.json: .*no such file.*\n$/],
    ['as the native format', ['--format', 'json', '--slug', 'x'], /leave --meta and the options of the test out/],
    ['as the native format beside metadata', ['--format', 'json', '--meta', 'meta.json'],
      /leave --meta and the options of the test out/],
  ])('refuses quiz.xml %s, and imports nothing', async (_what, options, reason) => {
    const before = await stored();
    expect(await refusal(['test', 'import', quiz, ...options])).toMatch(reason);
    expect(await stored()).toEqual(before);
  });

  it.each([
    ['that is a list', [metadata], [], ': Invalid input: expected object, received array'],
    ['with a mistake', { ...metadata, duration: 0 }, ['--paid'], ': duration: Too small: expected number to be >=1'],
  ])('refuses quiz.xml with metadata %s, in one line that names their file', async (_what, content, options, reason) => {
    const meta = await fileOf(content, 'meta.json');
    const before = await stored();
    expect(await refusal(['test', 'import', quiz, '--meta', meta, ...options])).toBe(`${meta}${reason}\n`);
    expect(await stored()).toEqual(before);
  });

  it('refuses an option with a mistake by its name, whatever the metadata say', async () => {
    const meta = await fileOf(metadata, 'meta.json');
    const before = await stored();
    expect(await refusal(['test', 'import', quiz, '--meta', meta, '--legacy-id', '0']))
      .toMatch(/^--legacy-id: [^\n]+\n$/);
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
    const file = join(await newFolder(), 'missing', 'x.json');
    expect(await refusal(['test', 'export', 'exported', '--output', file])).toMatch(/^[^\n]*missing\/x\.json: [^\n]*\n$/);
  });
});
