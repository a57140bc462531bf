import { describe, expect, it } from '@jest/globals';
import { surveyJsLimits } from '../../../src/catalogue/import/surveyjs/index.js';
import { checked, element, inputOf, lines, read, surveyOf } from './builders.js';

const ids = (survey: unknown): string[] => inputOf(read(survey)).questions.map(({ id }) => id);
const panel = (...elements: readonly unknown[]): object => ({ type: 'panel', name: 'p', elements });
const many = <Item>(length: number, item: (index: number) => Item): Item[] =>
  Array.from({ length }, (_, index) => item(index));
const nestedLists = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
const nested = (depth: number): object => (depth === 0 ? element('deep') : panel(nested(depth - 1)));

describe('the questions of a survey', () => {
  const surveys: readonly (readonly [where: string, survey: object])[] = [
    ['pages', { pages: [{ elements: [element('a')] }, { elements: [] }, { elements: [element('b'), element('c')] }] }],
    ['pages of an older survey',
      { pages: [{ questions: [element('a'), element('b')] }, { questions: [element('c')] }] }],
    ['the survey itself', { elements: [element('a'), element('b'), element('c')] }],
    ['an older survey itself', { questions: [element('a'), element('b'), element('c')] }],
    ['pages and the survey itself', { elements: [element('c')], pages: [{ elements: [element('a'), element('b')] }] }],
    ['panels', { pages: [{ elements: [element('a'), panel(panel(element('b')), { type: 'panel' }), element('c')] }] }],
  ];
  it.each(surveys)('are read in their order: of %s', (_where, survey) => {
    expect(ids(survey)).toEqual(['a', 'b', 'c']);
  });

  it('are read with a byte order mark before them', () => {
    expect(ids(`\uFEFF${JSON.stringify(surveyOf(element('a')))}`)).toEqual(['a']);
  });

  it('are read at the limits of a survey', () => {
    expect(ids(surveyOf(nested(surveyJsLimits.panelDepth)))).toEqual(['deep']);
    const leftOut = many(surveyJsLimits.elements - 2, () => ({ type: 'html' }));
    expect(ids(surveyOf(...leftOut, element('last')))).toEqual(['last']);
    expect(ids(surveyOf(...many(1000, (index) => element(`q${index}`))))).toHaveLength(1000);
  });

  it('leave texts and conditions of pages and panels behind, which is told', () => {
    const p = { ...panel(element('a')), title: 'P', description: 'D' };
    const survey = {
      locale: 'en',
      title: 'Title',
      triggers: [{ type: 'complete' }],
      timeLimit: 60,
      pages: [{ title: 'One', visibleIf: '{a} = 1', elements: [p] }],
    };
    expect(lines(read(survey).warnings)).toEqual([
      'survey.json: left out, for it has no counterpart here: "triggers", "timeLimit"',
      'survey.json: pages[0]: only questions come along, not its title',
      'survey.json: pages[0]: left out, for it has no counterpart here: "visibleIf"',
      'survey.json: pages[0].elements[0] "p": only questions come along, not its title and description',
    ]);
  });
});

describe('a file that is no survey', () => {
  const surveys: readonly (readonly [what: string, survey: unknown, place: string])[] = [
    ['nothing', '', ''],
    ['no JSON', '{"pages": [\n}', ''],
    ['a list', [], ''],
    ['a number', '5', ''],
    ['null', 'null', ''],
    ['a survey without questions', {}, ''],
    ['a survey with nothing but texts', surveyOf({ type: 'html', name: 'a' }), ''],
    ['pages that are no list', { pages: { elements: [] } }, ': pages'],
    ['a page that is no object', { pages: [{ elements: [element('a')] }, 5] }, ': pages[1]'],
    ['elements that are no list', { pages: [{ elements: 'a' }] }, ': pages[0].elements'],
    ['an element that is no object', surveyOf(element('a'), null), ': pages[0].elements[1]'],
    ['a panel of something else', surveyOf({ type: 'panel', elements: {} }), ': pages[0].elements[0].elements'],
    ['too long a file', ' '.repeat(surveyJsLimits.textLength + 1), ''],
    ['panels that stand too deep', surveyOf(nested(surveyJsLimits.panelDepth + 1)),
      `: pages[0]${'.elements[0]'.repeat(surveyJsLimits.panelDepth + 1)} "p"`],
    ['too many elements', surveyOf(...many(surveyJsLimits.elements, () => ({ type: 'html' }))), ''],
    ['too many pages', { pages: many(surveyJsLimits.elements + 1, () => ({})) }, ''],
    ['too many questions', surveyOf(...many(1001, (index) => element(`q${index}`))), ''],
    ['too many pages with a question', { pages: many(1001, (index) => ({ elements: [element(`q${index}`)] })) }, ''],
  ];
  it.each(surveys)('is refused at its place: %s', (_what, survey, place) => {
    const { input, problems } = read(survey);
    expect({ input, problems }).toEqual({
      input: null, problems: [{ path: `survey.json${place}`, message: expect.stringMatching(/\S/) }],
    });
  });

  it('is refused without reading on for ever', () => {
    const rows = many(1000, String);
    const columns = many(100, String);
    const matrices = many(1000, (index) => ({ type: 'matrix', name: `m${index}`, rows, columns }));
    expect(lines(read(surveyOf(...matrices)).problems)).toEqual(['survey.json: has more than 1000 questions']);
  });

  const locales = Object.fromEntries(many(100_000, (index) => [`x${index}`, 'x']));
  const monsters: readonly (readonly [what: string, survey: unknown])[] = [
    ['choices', surveyOf(element('q', { choices: many(200_000, () => null) }))],
    ['right answers', surveyOf(element('q', { correctAnswer: many(200_000, String) }))],
    ['right columns', surveyOf({
      type: 'matrix', name: 'm', columns: ['c'], rows: many(1000, (index) => `x-${index}`), correctAnswer: locales,
    })],
    ['rows', surveyOf({ type: 'matrix', name: 'm', columns: ['c'], rows: many(200_000, () => []) })],
    ['values of a scale', surveyOf({ type: 'rating', name: 'q', rateStep: 1e-300, rateMax: 1e308, rateValues: {} })],
    ['texts in no language', surveyOf(element('q', { title: locales, correctAnswer: 'c' }))],
    ['elements', { elements: many(200_000, () => 5) }],
    ['lists within one another', nestedLists(500_000)],
    ['panels within one another',
      `{"elements":[${'{"type":"panel","elements":['.repeat(50_000)}${']}'.repeat(50_000)}]}`],
    ['right answers within one another',
      `{"elements":[{"type":"checkbox","name":"q","choices":[1],"correctAnswer":${nestedLists(500_000)}}]}`],
  ];
  it.each(monsters)('is refused for endless %s', (_what, survey) => {
    const { input, problems, warnings } = read(survey);
    expect(input).toBeNull();
    expect(problems.length).toBeLessThanOrEqual(surveyJsLimits.findings + 1);
    expect(warnings.length).toBeLessThanOrEqual(surveyJsLimits.findings + 1);
  });

  it('is told a bounded number of problems and warnings', () => {
    const { problems } = read(surveyOf(...many(1500, () => 5)));
    expect(problems).toHaveLength(surveyJsLimits.findings + 1);
    expect(problems.at(-1)).toEqual({ path: 'survey.json', message: 'has 500 more problems' });
    const { warnings } = read({ ...surveyOf(...many(1002, () => ({ type: 'html' })), element('a')), locale: 'en' });
    expect(warnings.at(-1)).toEqual({ path: 'survey.json', message: 'has 2 more warnings' });
  });
});

describe('the time for a question', () => {
  const seconds = (survey: object): number[] => checked(read(survey)).questions.map(({ timerSeconds }) => timerSeconds);
  const page = (more: object, ...names: readonly string[]): object =>
    ({ ...more, elements: names.map((name) => element(name)) });

  const surveys: readonly (readonly [what: string, survey: object, seconds: readonly number[]])[] = [
    ['none', { pages: [page({}, 'a')] }, [0]],
    ['that of its page', { pages: [page({ timeLimit: 30 }, 'a'), page({}, 'b')] }, [30, 0]],
    ['that of its page in an older survey', { pages: [page({ maxTimeToFinish: 30 }, 'a')] }, [30]],
    ['that of every page', { timeLimitPerPage: 20, pages: [page({}, 'a'), page({ timeLimit: 30 }, 'b')] }, [20, 30]],
    ['that of every page in an older survey', { maxTimeToFinishPage: 20, pages: [page({}, 'a')] }, [20]],
    ['that of every page for a survey without pages', { timeLimitPerPage: 20, elements: [element('a')] }, [20]],
    ['that of every page where its own is 0', { timeLimitPerPage: 20, pages: [page({ timeLimit: 0 }, 'a')] }, [20]],
    ['none where its page says so', { timeLimitPerPage: 20, pages: [page({ timeLimit: -1 }, 'a')] }, [0]],
    ['a part of a second made whole', { pages: [page({ timeLimit: 0.2 }, 'a')] }, [1]],
    ['that of its page beside what is left out',
      { pages: [{ timeLimit: 9, elements: [{ type: 'html' }, element('a')] }] }, [9]],
    ['none on a page of several', { timeLimitPerPage: 20, pages: [page({}, 'a', 'b')] }, [0, 0]],
  ];
  it.each(surveys)('is %s', (_what, survey, expected) => {
    expect(seconds(survey)).toEqual(expected);
  });

  it('is left out for several questions on one page, which is told', () => {
    const { warnings } = read({ locale: 'en', pages: [page({ timeLimit: 30 }, 'a', 'b')] });
    expect(lines(warnings)).toEqual([
      'survey.json: pages[0]: its 30 seconds for 2 questions are left out: '
      + 'a limit belongs to one question, so give each a page of its own',
    ]);
  });

  it('must be a number', () => {
    expect(lines(read({ pages: [page({ timeLimit: 'long' }, 'a')] }).problems)).toEqual([
      'survey.json: pages[0]: "timeLimit" must be a number of seconds',
    ]);
  });
});
