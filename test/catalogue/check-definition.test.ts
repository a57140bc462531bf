import { describe, expect, it } from '@jest/globals';
import { checkDefinition, definitionLimits } from '../../src/catalogue/import/index.js';
import { QuestionKind } from '../../src/catalogue/index.js';
import { smallTest } from '../setup/small-tests.js';
import type { Json } from '../setup/test-server.js';

/** A good definition after a change of its own. */
function definition(change: (test: Json) => void = () => undefined): Json {
  // By way of JSON, because the questions of a small test share their options.
  const test: Json = JSON.parse(JSON.stringify(smallTest('test', { paid: false })));
  change(test);
  return test;
}

const paths = (input: unknown): string[] => checkDefinition(input).problems.map(({ path }) => path);
const list = <Item>(length: number, item: (index: number) => Item): Item[] => Array.from({ length }, (_, index) => item(index));
const text = (length: number): { ru: string } => ({ ru: 'я'.repeat(length) });
const question = (id: string, more: object = {}): object =>
  ({ id, name: { ru: 'Вопрос' }, options: [{ value: '1', text: { ru: 'Да' } }], ...more });

const options = (values: readonly string[]): object[] => values.map((value) => ({ value, text: { ru: 'Да' } }));
const gradient = (...values: string[]) => (test: Json): void => {
  test.questions[2] = question('7', { kind: QuestionKind.GRADIENT, options: options(values) });
};

type Case = readonly [what: string, path: string, change: (test: Json) => void];

const fieldCases: readonly Case[] = [
  ['no slug', 'slug', (test) => delete test.slug],
  ['a slug with a space', 'slug', (test) => (test.slug = 'my test')],
  ['a slug of Cyrillic letters', 'slug', (test) => (test.slug = 'тест')],
  ['a slug with a new line', 'slug', (test) => (test.slug = 'test\n')],
  ['an empty slug', 'slug', (test) => (test.slug = '')],
  ['a slug of 51 characters', 'slug', (test) => (test.slug = 'x'.repeat(51))],
  ['a legacy id of 0', 'legacyId', (test) => (test.legacyId = 0)],
  ['a legacy id beyond 32 bits', 'legacyId', (test) => (test.legacyId = 2_147_483_648)],
  ['a legacy id with a fraction', 'legacyId', (test) => (test.legacyId = 1.5)],
  ['no locales', 'locales', (test) => (test.locales = [])],
  ['a locale that is none', 'locales[1]', (test) => (test.locales[1] = 'english')],
  ['too many locales', 'locales',
    (test) => (test.locales = list(definitionLimits.locales + 1, (index) => `a${String.fromCharCode(97 + index)}`))],
  ['no name', 'name', (test) => delete test.name],
  ['a name in no locale', 'name', (test) => (test.name = {})],
  ['a name that is a text', 'name', (test) => (test.name = 'Тест')],
  ['an empty name', 'name.ru', (test) => (test.name.ru = '')],
  ['a name of spaces', 'name.ru', (test) => (test.name.ru = '  \n')],
  ['a name that is null', 'name.ru', (test) => (test.name.ru = null)],
  ['a name that is too long', 'name.ru', (test) => (test.name = text(definitionLimits.nameLength + 1))],
  ['a name with U+0000', 'name.ru', (test) => (test.name.ru = 'a\0b')],
  ['a name with half a surrogate pair', 'name.ru', (test) => (test.name.ru = 'a\ud800')],
  ['a name with a bell', 'name.ru', (test) => (test.name.ru = 'a\u0007b')],
  ['a description with a control character of C1', 'description.ru', (test) => (test.description.ru = 'a\u0085b')],
  ['a locale of a text that is none', 'name.Russian', (test) => (test.name.Russian = 'Тест')],
  ['no description', 'description', (test) => delete test.description],
  ['a description that is too long', 'description.ru', (test) => (test.description = text(definitionLimits.textLength + 1))],
  ['a duration of 0', 'duration', (test) => (test.duration = 0)],
  ['a duration of more than a day', 'duration', (test) => (test.duration = 1441)],
  ['a duration as text', 'duration', (test) => (test.duration = '5')],
  ['no word on payment', 'paid', (test) => delete test.paid],
  ['payment as text', 'paid', (test) => (test.paid = 'yes')],
  ['bonus as a number', 'bonus', (test) => (test.bonus = 1)],
  ['an author without a name', 'authors[0].name', (test) => delete test.authors[0].name],
  ['an author with a bad slug', 'authors[0].slug', (test) => (test.authors[0].slug = 'a b')],
  ['an author with a page that is no web address', 'authors[0].url', (test) => (test.authors[0].url = 'javascript:alert(1)')],
  ["an author's page with U+0000", 'authors[0].url', (test) => (test.authors[0].url = 'https://example.org/\0')],
  ['too many authors', 'authors',
    (test) => (test.authors = list(definitionLimits.authors + 1, (index) => ({ slug: `a${index}`, name: { ru: 'A' } })))],
  ['no questions', 'questions', (test) => (test.questions = [])],
  ['too many questions', 'questions', (test) => (test.questions = list(definitionLimits.questions + 1, (index) => question(`q${index}`)))],
  ['a question without an id', 'questions[1].id', (test) => delete test.questions[1].id],
  ['a question with a number as id', 'questions[1].id', (test) => (test.questions[1].id = 5)],
  ['a question id of 33 characters', 'questions[1].id', (test) => (test.questions[1].id = 'x'.repeat(33))],
  ['a question without a name', 'questions[0].name', (test) => delete test.questions[0].name],
  ['a kind that does not exist', 'questions[0].kind', (test) => (test.questions[0].kind = 'SLIDER')],
  ['a count of 0', 'questions[0].count', (test) => (test.questions[0].count = 0)],
  ['a negative timer', 'questions[0].timerSeconds', (test) => (test.questions[0].timerSeconds = -1)],
  ['an empty group', 'questions[0].group', (test) => (test.questions[0].group = ' ')],
  ['a group with a tab', 'questions[0].group', (test) => (test.questions[0].group = 'a\tb')],
  ['an empty image', 'questions[0].image', (test) => (test.questions[0].image = '')],
  ...[
    'javascript:alert(1)', ' JavaScript:alert(1)', '/a\nb.png', 'data:image/png;base64,AAAA', 'ftp://example.org/a.png',
    'example.org:80/a.png', '//example.org/a.png', '/\\example.org/a.png', '\\\\example.org/a.png', 'https:a.png', 'http:///a.png', 'https://',
  ].map((image): Case => [`the image ${JSON.stringify(image)}`, 'questions[0].image', (test) => (test.questions[0].image = image)]),
  ["an option's image that is a script", 'questions[0].options[1].image', (test) => (test.questions[0].options[1].image = 'javascript:0')],
  ['a question without a list of options', 'questions[0].options', (test) => delete test.questions[0].options],
  ['too many options', 'questions[0].options',
    (test) => (test.questions[0].options = list(101, (index) => ({ value: String(index), text: { ru: 'x' } })))],
  ['an option with a number as value', 'questions[0].options[2].value', (test) => (test.questions[0].options[2].value = 2)],
  ['an option value with U+0000', 'questions[0].options[2].value', (test) => (test.questions[0].options[2].value = '\0')],
  ['an option value with a new line', 'questions[0].options[2].value', (test) => (test.questions[0].options[2].value = 'a\nb')],
  ['an option value with half a surrogate pair', 'questions[0].options[2].value', (test) => (test.questions[0].options[2].value = '\ud800')],
  ['an option value that is too long', 'questions[0].options[2].value', (test) => (test.questions[0].options[2].value = 'x'.repeat(1001))],
  ['correct as text', 'questions[0].options[1].correct', (test) => (test.questions[0].options[1].correct = 'true')],
  ['a scale without items', 'scales[0].items', (test) => (test.scales[0].items = [])],
  ['a scale without a name', 'scales[0].name', (test) => delete test.scales[0].name],
  ['an endless weight', 'scales[0].items[1].weight', (test) => (test.scales[0].items[1].weight = Infinity)],
  ['a weight that is too large', 'scales[0].items[1].weight', (test) => (test.scales[0].items[1].weight = -1001)],
  ['too many scales', 'scales', (test) => (test.scales = list(definitionLimits.scales + 1, (index) => ({ ...test.scales[0], id: `s${index}` })))],
];

const crossCases: readonly Case[] = [
  ['a locale twice', 'locales[2]', (test) => test.locales.push('ru')],
  ['an author twice', 'authors[1].slug', (test) => test.authors.push(test.authors[0])],
  ['a question id twice', 'questions[2].id', (test) => (test.questions[2].id = '11')],
  ['a scale id twice', 'scales[1].id', (test) => test.scales.push(test.scales[0])],
  ['an item of a scale twice', 'scales[0].items[2].question', (test) => test.scales[0].items.push({ question: '11' })],
  ['an item that is no question', 'scales[0].items[1].question', (test) => (test.scales[0].items[1].question = 'x')],
  ['an item with text answers', 'scales[0].items[0].question', (test) => (test.questions[0].kind = 'TEXT')],
  ['an item that is put in order', 'scales[0].items[0].question', (test) => (test.questions[0].kind = 'RATING')],
  ['an item without options', 'scales[0].items[0].question', (test) => Object.assign(test.questions[0], { kind: 'GRADIENT', options: [] })],
  ...['OPTION', 'CHECKBOX', 'TEXT', 'RATING'].map((kind): Case =>
    [`a question of kind ${kind} without options`, 'questions[2].options', (test) => Object.assign(test.questions[2], { kind, options: [] })]),
  ['too many options together', 'questions',
    (test) => test.questions.push(...list(101, (index) => question(`q${index}`, { options: options(list(index < 100 ? 100 : 1, String)) })))],
  ['a gradient with one end', 'questions[2].options', gradient('5')],
  ['a gradient with equal ends', 'questions[2].options', gradient('5', '5')],
  ['a gradient with ends that are equal numbers', 'questions[2].options', gradient('0', '-0', '00')],
  ...['', ' 5', '2.5', '1e3', '+5', '٣', 'high', '1000000000'].map((value): Case =>
    [`a gradient up to ${JSON.stringify(value)}`, 'questions[2].options[1].value', gradient('0', value)]),
  ['several values expected of a gradient', 'questions[2].count',
    (test) => (test.questions[2] = question('7', { kind: 'GRADIENT', count: 2, options: options(['0', '5']) }))],
  ['several values expected of a gradient without options', 'questions[2].count',
    (test) => (test.questions[2] = question('7', { kind: 'GRADIENT', count: 2, options: [] }))],
  ['values expected of a text question', 'questions[2].count',
    (test) => (test.questions[2] = question('7', { kind: 'TEXT', count: 1 }))],
  ...['CHECKBOX', 'RATING'].map((kind): Case =>
    [`a value twice in a question of kind ${kind}`, 'questions[2].options[2].value',
      (test) => (test.questions[2] = question('7', { kind, options: options(['a', 'b', 'a']) }))]),
  ["no name in the test's own language", 'name', (test) => (test.name = { en: 'Test' })],
  ['more values expected than options', 'questions[1].count', (test) => (test.questions[1].count = 4)],
  ['an option with nothing to show', 'questions[1].options[0]', (test) => delete test.questions[1].options[0].text],
  ['a right field of a text question', 'questions[2].options[0].correct',
    (test) => Object.assign(test.questions[2], { kind: 'TEXT', options: [{ value: 'x', correct: true }] })],
  ['a name in a language that the test does not have', 'name.de', (test) => (test.name.de = 'Test')],
  ['a description in such a language', 'description.de', (test) => (test.description.de = 'Text')],
  ['an instruction in such a language', 'instruction.de', (test) => (test.instruction = { de: 'Text' })],
  ["an author's name in such a language", 'authors[0].name.de', (test) => (test.authors[0].name.de = 'Name')],
  ["a scale's name in such a language", 'scales[0].name.de', (test) => (test.scales[0].name.de = 'Name')],
  ["a question's name in such a language", 'questions[1].name.de', (test) => (test.questions[1].name.de = 'Name')],
  ["a question's text in such a language", 'questions[1].text.de', (test) => (test.questions[1].text = { de: 'Text' })],
  ['feedback to a right answer in such a language', 'questions[1].correctFeedback.de', (test) => (test.questions[1].correctFeedback = { de: 'Ja' })],
  ['feedback to a wrong answer in such a language', 'questions[1].wrongFeedback.de', (test) => (test.questions[1].wrongFeedback = { de: 'Nein' })],
  ["an option's text in such a language", 'questions[1].options[2].text.de', (test) => (test.questions[1].options[2].text.de = 'Text')],
];

describe('a definition with one mistake', () => {
  it.each([...fieldCases, ...crossCases])('is refused at its place: %s', (_what, path, change) => {
    const check = checkDefinition(definition(change));
    expect(check).toEqual({ definition: null, warnings: [], problems: [{ path, message: expect.stringMatching(/\S/) }] });
  });

  const strangers: readonly (readonly [where: string, path: string, part: (test: Json) => Json])[] = [
    ['the test', '', (test) => test],
    ['a question', 'questions[0]', (test) => test.questions[0]],
    ['an option', 'questions[0].options[1]', (test) => test.questions[0].options[1]],
    ['a scale', 'scales[0]', (test) => test.scales[0]],
    ['an item', 'scales[0].items[0]', (test) => test.scales[0].items[0]],
    ['an author', 'authors[0]', (test) => test.authors[0]],
  ];
  it.each(strangers)('is refused for an unknown field of %s, which the message names', (_where, path, part) => {
    expect(checkDefinition(definition((test) => (part(test).stranger = 1))).problems).toEqual([
      { path, message: expect.stringContaining('stranger') },
    ]);
  });

  it.each([null, undefined, 5, 'test', [], true])('is refused as a whole when it is no object: %p', (input) => {
    expect(paths(input)).toEqual(['']);
  });
});

describe('a definition with many mistakes', () => {
  it('is told all mistakes of its fields at once', () => {
    expect(paths(definition((test) => {
      test.slug = 'my test';
      test.duration = 0;
      test.name.ru = '';
      test.questions[1].id = '';
      test.questions[1].options[0].value = 1;
      test.questions[2].kind = 'SLIDER';
      test.scales[0].items[0].weight = 'much';
    })).sort()).toEqual([
      'duration', 'name.ru', 'questions[1].id', 'questions[1].options[0].value', 'questions[2].kind',
      'scales[0].items[0].weight', 'slug',
    ]);
  });

  it('is told all contradictions between its fields at once', () => {
    expect(paths(definition((test) => {
      test.locales.push('en');
      test.name.de = 'Test';
      test.questions[2].id = '3';
      test.questions[0].count = 9;
      test.scales[0].items.push({ question: '11' }, { question: 'x' });
    })).sort()).toEqual([
      'locales[2]', 'name.de', 'questions[0].count', 'questions[2].id', 'scales[0].items[2].question', 'scales[0].items[3].question',
    ]);
  });
});

describe('a good definition', () => {
  it('may leave out what has a default', () => {
    const minimal = {
      slug: 'minimal', locales: ['ru'], name: { ru: 'Тест' }, description: { ru: 'О тесте' }, duration: 1, paid: true,
      questions: [{ id: '1', name: { ru: 'Вопрос' }, options: [{ value: '', text: { ru: 'Да' } }] }],
    };
    expect(checkDefinition(minimal)).toEqual({
      problems: [],
      warnings: [],
      definition: {
        ...minimal, bonus: false, authors: [], scales: [],
        questions: [{
          ...minimal.questions[0], kind: 'OPTION', timerSeconds: 0, backAllowed: true, forwardAllowed: false, answerShown: false,
          options: [{ value: '', text: { ru: 'Да' }, correct: false }],
        }],
      },
    });
  });

  it('gives an item of a scale the weight 1 and its own direction', () => {
    const { definition: checked } = checkDefinition(definition());
    expect(checked?.scales[0]?.items).toEqual([
      { question: '11', weight: 1, reversed: false }, { question: '3', weight: 1, reversed: true },
    ]);
  });

  it('loses the spaces around its texts, and nothing within', () => {
    const { definition: checked } = checkDefinition(definition((test) => (test.name.ru = '  Мой  тест \n')));
    expect(checked?.name.ru).toBe('Мой  тест');
  });

  const fine: readonly (readonly [what: string, change: (test: Json) => void])[] = [
    ['a schema line', (test) => (test.$schema = './test.schema.json')],
    ['a locale with a country', (test) => test.locales.push('pt-BR')],
    ['a name in its own language only', (test) => (test.name = { ru: 'Тест' })],
    ['other texts in another of its languages only', (test) => (test.description = { en: 'About' })],
    ['line ends and tabs in its texts', (test) => (test.description.ru = 'a\r\n\tb\u2028c')],
    ['a gradient between two ends', gradient('10', '-5')],
    ['a gradient with marks', gradient('-999999999', '0', '0', '999999999')],
    ['one value expected of a gradient', (test) => (test.questions[2] = question('7', { kind: 'GRADIENT', count: 1, options: [] }))],
    ['a value twice in a question of kind OPTION', (test) => (test.questions[0].options[1].value = '0')],
    ['a right answer twice in a text question',
      (test) => (test.questions[2] = question('7', { kind: 'TEXT', options: options(['x', 'x']) }))],
    ['a gradient without options', (test) => (test.questions[2] = question('7', { kind: QuestionKind.GRADIENT, options: [] }))],
    ['fields of a text question without a placeholder',
      (test) => (test.questions[2] = question('7', { kind: QuestionKind.TEXT, options: [{ value: '' }] }))],
    ['an option with a picture instead of a text',
      (test) => (test.questions[0].options[0] = { value: '0', image: 'https://example.org/0.png' })],
    ...['http://example.org', 'https://example.org:8080/a.png?b=c:d#e', '/img/a.png', 'img/a b.png', './a:b.png', '?a:b', 'картинка.png']
      .map((image) => [`the image ${image}`, (test: Json) => (test.questions[0].image = image)] as const),
    ['options at the limit of the test', (test) => {
      test.questions = list(100, (index) => question(`q${index}`, { options: options(list(100, String)) }));
      test.scales = [];
    }],
    ['questions at the limit',
      (test) => test.questions.push(...list(definitionLimits.questions - 3, (index) => question(`q${index}`)))],
    ['a name at the limit', (test) => (test.name = text(definitionLimits.nameLength))],
    ['as many values expected as options', (test) => Object.assign(test.questions[0], { kind: QuestionKind.CHECKBOX, count: 3 })],
  ];
  it.each(fine)('may have %s', (_what, change) => {
    expect(paths(definition(change))).toEqual([]);
  });

  it('is not changed by being checked', () => {
    const test = definition();
    checkDefinition(test);
    expect(test).toEqual(definition());
  });
});
