import { describe, expect, it } from '@jest/globals';
import type { SourceFile } from '../../src/catalogue/import/index.js';
import { readTest, type TestReading } from '../../src/catalogue/import/read-test.js';
import { smallTest } from '../setup/small-tests.js';

const BYTE_ORDER_MARK = '\uFEFF';
const about = { slug: 'quiz', name: { ru: 'Тест' }, description: { ru: 'О тесте' }, duration: 7, paid: false };
const optionNames = {
  slug: '--slug', legacyId: '--legacy-id', name: '--name', description: '--description', duration: '--duration',
  paid: '--paid',
};

const files = {
  'quiz-xml': {
    name: 'quiz.xml',
    text: '<quiz><items><item id="1"><name>Вопрос</name>'
      + '<options><option value="1">Да</option></options></item></items></quiz>',
  },
  surveyjs: {
    name: 'survey.json',
    text: JSON.stringify({ locale: 'ru', elements: [{ type: 'radiogroup', name: 'q', choices: ['a', 'b'] }] }),
  },
} as const;
const formats = ['quiz-xml', 'surveyjs'] as const;

function metadataFile(content: unknown): SourceFile {
  return { name: 'meta.json', text: typeof content === 'string' ? content : JSON.stringify(content) };
}

function read(
  format: (typeof formats)[number],
  file: SourceFile | null,
  given: Readonly<Record<string, unknown>>,
): TestReading {
  const options = Object.entries(optionNames).map(([field, name]) => ({ field, name, value: given[field] }));
  return readTest({ format, file: files[format], config: null, meta: { file, options } });
}

function readNative(text: string): TestReading {
  return readTest({ format: 'json', file: { name: 'test.json', text }, config: null, meta: null });
}

describe.each(formats)('what is said of a test beside its questions in %s', (format) => {
  it.each([
    ['by a file', metadataFile(about), {}],
    ['by a file with a byte order mark', metadataFile(BYTE_ORDER_MARK + JSON.stringify(about)), {}],
    ['by options', null, about],
    ['by a file and options, which go before it', metadataFile({ ...about, slug: 'a b', paid: true }),
      { slug: 'quiz', paid: false }],
  ])('becomes part of it: %s', (_how, file, given) => {
    const definition = { ...about, bonus: false, authors: [] };
    expect(read(format, file, given)).toMatchObject({ definition, problems: [] });
  });

  const { slug: _slug, ...nameless } = about;
  const long = { ru: 'x'.repeat(1001) };
  const cases: readonly [what: string, file: SourceFile | null, given: object, places: string[]][] = [
    ['nothing', null, {}, ['--slug', '--name', '--description', '--duration', '--paid']],
    ['an empty file', metadataFile({}), {},
      ['slug', 'name', 'description', 'duration', 'paid'].map((field) => `meta.json: ${field}`)],
    ['a field that is said nowhere', metadataFile(nameless), { paid: true }, ['meta.json: slug']],
    ['a mistake of an option over a good field', metadataFile(about), { slug: 'a b' }, ['--slug']],
    ['a mistake of the file beside an option', metadataFile({ ...about, duration: 0 }), { slug: 'quiz' },
      ['meta.json: duration']],
    ['an option of two words', null, { ...about, legacyId: 0 }, ['--legacy-id']],
    ['a text of an option', null, { ...about, name: long }, ['--name ru']],
    ['a text of the file', metadataFile({ ...about, authors: [{ slug: 'a', name: long }] }), {},
      ['meta.json: authors[0].name.ru']],
    ['an unknown field', metadataFile({ ...about, questions: [] }), {}, ['meta.json']],
    ['a list', metadataFile([]), about, ['meta.json']],
    ['null', metadataFile('null'), about, ['meta.json']],
    ['no JSON', metadataFile('{\n"slug": oops\n}'), about, ['meta.json']],
  ];
  it.each(cases)('is refused where it is said, or has to be: %s', (_what, file, given, places) => {
    const { definition, problems } = read(format, file, { ...given });
    expect(definition).toBeNull();
    expect(problems).toEqual(places.map((path) => ({ path, message: expect.stringMatching(/^[^\n]+$/) })));
  });

  const partly = { ru: '<p>О<script>go()</script></p>' };
  const wholly = { ru: '<script>go()</script>' };
  it.each([
    ['the file', metadataFile({ ...about, description: partly }), {}, 'meta.json: description.ru'],
    ['an option', metadataFile(about), { description: partly }, '--description ru'],
  ])('is where a warning about it points: %s', (_what, file, given, path) => {
    const warnings = [{ path, message: 'is not simple HTML; left out: script' }];
    expect(read(format, file, given)).toMatchObject({ warnings, problems: [] });
  });

  it.each([
    ['the file', metadataFile({ ...about, description: wholly }), {}, 'meta.json: description.ru'],
    ['an option', metadataFile(about), { description: wholly }, '--description ru'],
  ])('is where a problem of the whole test points: %s', (_what, file, given, path) => {
    expect(read(format, file, given).problems).toEqual([{ path, message: 'has nothing that may be shown' }]);
  });
});

describe('the native format', () => {
  it('may begin with a byte order mark', () => {
    const text = JSON.stringify(smallTest('marked', { paid: true }));
    expect(readNative(BYTE_ORDER_MARK + text)).toEqual(readNative(text));
    expect(readNative(text)).toMatchObject({ definition: { slug: 'marked' }, problems: [] });
  });

  it.each([
    ['no JSON', '{\n  "slug": oops\u001b[31m\n}', 'test.json'],
    ['nothing', '', 'test.json'],
    ['null', 'null', 'test.json'],
    ['a list', '[]', 'test.json'],
    ['a field that is no test\'s', JSON.stringify({ ...smallTest('odd', { paid: true }), odd: 1 }), 'test.json'],
    ['a slug with a space', JSON.stringify(smallTest('a b', { paid: true })), 'test.json: slug'],
  ])('is refused in one line that a terminal can show: %s', (_what, text, path) => {
    const { definition, problems } = readNative(text);
    expect(definition).toBeNull();
    expect(problems).toEqual([{ path, message: expect.stringMatching(/^\P{Cc}+$/u) }]);
  });
});

describe('a test with problems of every kind', () => {
  const meta = { file: metadataFile({ ...about, slug: 'a b' }), options: [] };
  const placesOf = ({ problems }: TestReading): string[] => problems.map(({ path }) => path);

  it('in quiz.xml is refused with all of them at once', () => {
    const items = '<item><name>Без номера</name></item>\n<item id="2"><name>Без вариантов</name></item>\n'
      + '<item id="3"><name>Без ошибок</name><options><option value="1">Да</option></options></item>';
    const file = { name: 'quiz.xml', text: `<quiz><items>\n${items}</items></quiz>` };
    const reading = readTest({ format: 'quiz-xml', file, config: { name: 'config.xml', text: '<config>' }, meta });
    expect(placesOf(reading)).toEqual([
      'meta.json: slug', 'quiz.xml:2 item', expect.stringMatching(/^config\.xml:1/), 'quiz.xml:3 item id="2"',
    ]);
  });

  it('in SurveyJS is refused with all of them at once', () => {
    const elements = [{ type: 'file', name: 'a' }, { type: 'checkbox', name: 'b', choices: ['x', 'x'] }];
    const file = { name: 'survey.json', text: JSON.stringify({ locale: 'ru', elements }) };
    const reading = readTest({ format: 'surveyjs', file, config: null, meta });
    expect(placesOf(reading).map((place) => place.replace(/ ".*/, ''))).toEqual([
      'meta.json: slug', 'survey.json: elements[0]', expect.stringMatching(/^survey\.json: elements\[1\]/),
    ]);
  });
});
