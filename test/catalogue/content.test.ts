import { describe, expect, it } from '@jest/globals';
import inventory from '@bigfive-org/questions';
import { careerInterests } from '../../src/catalogue/content/career-interests.js';
import { bundledTests } from '../../src/catalogue/content/index.js';
import { ipipNeo120, ipipNeo120From } from '../../src/catalogue/content/ipip-neo-120.js';
import { workValues } from '../../src/catalogue/content/work-values.js';
import { checkDefinition } from '../../src/catalogue/import/check-definition.js';
import { contentOf } from '../../src/catalogue/import/definition-content.js';
import { localizedTexts } from '../../src/catalogue/import/definition-texts.js';
import {
  type TestDefinition, testDefinitionShape, type TestDefinitionInput,
} from '../../src/catalogue/import/test-definition.js';
import { publishedTest, type PublishedTest } from '../../src/catalogue/published-test.js';
import { QuestionKind } from '../../src/catalogue/question-kind.js';
import { interpret, type Respondent, type ScaleScore, toPlatformJson } from '../../src/scoring/index.js';

function checked(test: TestDefinitionInput): TestDefinition {
  const { definition, problems } = checkDefinition(test);
  if (!definition) throw new Error(JSON.stringify(problems));
  return definition;
}

/** Every localized text of a test, whatever it belongs to. */
const textsOf = (test: TestDefinitionInput) => [...localizedTexts(checked(test))].map(({ text }) => text);

const published = (test: TestDefinitionInput): PublishedTest =>
  publishedTest({ ...contentOf(checked(test)), id: test.slug, revision: 1, createdAt: new Date(0) });

type Question = PublishedTest['questions'][number];

/** A sheet that answers every question with what `choose` says, and skips those of which it says nothing. */
const sheet = ({ questions }: PublishedTest, choose: (question: Question) => string | undefined) =>
  new Map(questions.map((question) => [question.id, [choose(question)].filter((value) => value !== undefined)]));

type Sheet = ReturnType<typeof sheet>;

const scoreOf = (test: PublishedTest, answers: Sheet, scale: string): ScaleScore | undefined =>
  test.score(answers).scales.find((score) => score.scale === scale);

/** The English headings of what the report has to say. */
const headings = (test: PublishedTest, answers: Sheet, respondent: Respondent | null = null) =>
  headingsOf(test, toPlatformJson(test.score(answers, respondent)));

function headingsOf({ report }: PublishedTest, result: Readonly<Record<string, unknown>>): (string | undefined)[] {
  const rules = report?.interpretations ?? [];
  return interpret(rules, result).map(({ index }) => rules[index]?.name?.['en']);
}

const valuesOf = (question: TestDefinitionInput['questions'][number]) => question.options.map(({ value }) => value);

function tally(keys: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1;
  return counts;
}

/** What `tally` gives when every key occurs equally often. */
const each = (keys: readonly string[], count: number) => Object.fromEntries(keys.map((key) => [key, count]));

const unique = (keys: readonly string[]) => [...new Set(keys)];

const numbered = (count: number) => Array.from({ length: count }, (_, index) => String(index + 1));

function deepFrozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(deepFrozen);
  return value;
}

describe('the bundled tests', () => {
  it('are the personality inventory, the career interests and the work values, and leave the numbers of the platform to its tests', () => {
    expect(bundledTests.map(({ slug, legacyId }) => [slug, legacyId])).toEqual([
      ['ipip-neo-120', undefined], ['career-interests', undefined], ['work-values', undefined],
    ]);
  });

  it('are one free test, one paid test and one paid bonus test', () => {
    expect(bundledTests.map(({ paid, bonus = false }) => ({ paid, bonus }))).toEqual([
      { paid: false, bonus: false }, { paid: true, bonus: false }, { paid: true, bonus: true },
    ]);
  });
});

describe.each(bundledTests.map((test) => ({ slug: test.slug, test })))('the bundled test $slug', ({ test }) => {
  it('follows the native format', () => {
    expect(testDefinitionShape.safeParse(test).error).toBeUndefined();
  });

  it('passes the check of an import without a problem and without a warning', () => {
    expect(checkDefinition(test)).toMatchObject({ definition: expect.anything(), problems: [], warnings: [] });
  });

  it('has every text in Russian and in English', () => {
    expect(test.locales).toEqual(['ru', 'en']);
    expect(textsOf(test).filter((text) => Object.keys(text).sort().join() !== 'en,ru')).toEqual([]);
  });

  it('writes Russian in Cyrillic letters and English without them', () => {
    const isIn = { ru: /\p{Script=Cyrillic}/u, en: /^\P{Script=Cyrillic}+$/u };
    const misplaced = textsOf(test).filter(({ ru = '', en = '' }) => !isIn.ru.test(ru) || !isIn.en.test(en));
    expect(misplaced).toEqual([]);
  });

  it('describes itself, instructs the reader and explains the result in plain paragraphs', () => {
    expect(test.instruction).toBeDefined();
    const { intro, outro, interpretations = [] } = test.report ?? {};
    for (const text of [intro, outro, ...interpretations.map((interpretation) => interpretation.text)]) {
      expect(text).toBeDefined();
    }
    for (const { text, rich } of localizedTexts(checked(test))) {
      for (const locale of test.locales) expect(text[locale]).toMatch(rich ? /^(<p>[^<>]+<\/p>)+$/ : /^[^<>]+$/);
    }
  });

  it('writes no ё in Russian, in reports as in questions', () => {
    expect(textsOf(test).filter(({ ru = '' }) => /ё/i.test(ru))).toEqual([]);
  });

  it('gives every interpretation a heading of its own', () => {
    const names = (test.report?.interpretations ?? []).map(({ name }) => name);
    for (const locale of test.locales) {
      const said = names.map((name) => name?.[locale] ?? '');
      expect(unique(said)).toEqual(said);
    }
  });

  it('never mixes Cyrillic and Latin letters in one word', () => {
    const mixed = /\p{Script=Cyrillic}\p{Script=Latin}|\p{Script=Latin}\p{Script=Cyrillic}/u;
    expect(textsOf(test).filter((text) => Object.values(text).some((words) => mixed.test(words)))).toEqual([]);
  });

  it('numbers its questions from 1', () => {
    expect(test.questions.map(({ id }) => id)).toEqual(numbered(test.questions.length));
  });

  it('asks for exactly one option, and gives a question no two options alike', () => {
    for (const question of test.questions) {
      expect(question.kind).toBe(QuestionKind.OPTION);
      expect(unique(valuesOf(question))).toEqual(valuesOf(question));
      for (const locale of test.locales) {
        const labels = question.options.map(({ text }) => text?.[locale] ?? '');
        expect(unique(labels)).toEqual(labels);
      }
    }
  });

  it('does not ask the same thing twice', () => {
    for (const locale of test.locales) {
      const asked = test.questions.map(({ name, options }) =>
        [name[locale], ...options.map(({ text }) => text?.[locale])].join('|'));
      expect(unique(asked)).toEqual(asked);
    }
  });

  it('scores only questions that it asks, each at most once in a scale', () => {
    const asked = test.questions.map(({ id }) => id);
    for (const { items } of test.scales ?? []) {
      const scored = items.map(({ question }) => question);
      expect(unique(scored)).toEqual(scored);
      expect(asked).toEqual(expect.arrayContaining(scored));
    }
  });
});

describe('career interests', () => {
  const fields = ['business', 'design', 'education', 'engineering', 'it', 'media', 'medicine', 'science'];
  const pairs = fields.flatMap((one) => fields.filter((other) => one < other).map((other) => `${one}+${other}`));
  const offered = careerInterests.questions.map(valuesOf);

  it('asks 56 forced choices between two fields', () => {
    expect(offered).toHaveLength(56);
    expect(offered.every((values) => values.length === 2)).toBe(true);
  });

  it('offers every field exactly 14 times', () => {
    expect(tally(offered.flat())).toEqual(each(fields, 14));
  });

  it('compares every two fields exactly twice', () => {
    expect(pairs).toHaveLength(28);
    expect(tally(offered.map((values) => [...values].sort().join('+')))).toEqual(each(pairs, 2));
  });

  it('puts each field of a pair first once, so that every field stands first exactly 7 times', () => {
    expect(unique(offered.map((values) => values.join('+')))).toHaveLength(56);
    expect(tally(offered.map(([first = '']) => first))).toEqual(each(fields, 7));
  });

  it('offers one activity of every field in each situation', () => {
    const situations = unique(careerInterests.questions.map(({ name }) => name['ru'] ?? ''));
    expect(situations).toHaveLength(14);
    for (const situation of situations) {
      const questions = careerInterests.questions.filter(({ name }) => name['ru'] === situation);
      expect(questions.flatMap(valuesOf).sort()).toEqual(fields);
    }
  });

  it('never repeats the stem or a field in neighbouring questions', () => {
    const { questions } = careerInterests;
    for (const [index, question] of questions.slice(1).entries()) {
      const neighbours = [question, ...questions.slice(index, index + 1)];
      expect(unique(neighbours.map(({ name }) => name['ru'] ?? ''))).toHaveLength(2);
      expect(unique(neighbours.flatMap(valuesOf))).toHaveLength(4);
    }
  });

  it.each(['ru', 'en'])('repeats no activity (%s)', (locale) => {
    const activities = careerInterests.questions.flatMap(({ options }) => options)
      .map(({ text }) => (text?.[locale] ?? '').toLowerCase());
    expect(unique(activities)).toHaveLength(112);
  });

  it('has no groups: a question is about two fields', () => {
    expect(careerInterests.questions.filter(({ group }) => group !== undefined)).toEqual([]);
  });
});

describe('the scales of the career interests', () => {
  const test = published(careerInterests);
  const fields = test.scales.map(({ id }) => id);
  const offers = ({ options }: Question, field: string) => options.some(({ value }) => value === field);
  /** Whoever prefers the fields in an order chooses the earlier one of every pair. */
  const preferring = (order: readonly string[]) =>
    sheet(test, (question) => order.find((field) => offers(question, field)));

  it('are the eight fields with what people do there', () => {
    expect(fields).toEqual(['it', 'design', 'engineering', 'science', 'medicine', 'education', 'business', 'media']);
    for (const { description } of test.scales) expect(description).toBeDefined();
  });

  it('count the 14 questions that offer the field', () => {
    for (const { id, items } of test.scales) {
      expect(items).toHaveLength(14);
      expect(items.map(({ question }) => question)).toEqual(
        test.questions.filter((question) => offers(question, id)).map((question) => question.id),
      );
    }
  });

  it('let each option of a question earn exactly its own field one point', () => {
    for (const { id, options } of test.questions) {
      for (const { value } of options) {
        const earned = test.score(new Map([[id, [value]]])).scales.filter(({ sum }) => sum !== 0);
        expect(earned.map(({ scale, sum }) => [scale, sum])).toEqual([[value, 1]]);
      }
    }
  });

  it.each(fields)('give %s 100 percent when it is always chosen, and 0 when it never is', (field) => {
    const others = fields.filter((other) => other !== field);
    expect(scoreOf(test, preferring([field, ...others]), field)).toMatchObject({ sum: 14, max: 14, percentage: 100 });
    expect(scoreOf(test, preferring([...others, field]), field)).toMatchObject({ sum: 0, max: 14, percentage: 0 });
  });

  it('tell a strong interest from 10 of 14 choices on: of whoever always prefers in one order the first three', () => {
    const answers = preferring(fields);
    expect(test.score(answers).scales.map(({ sum }) => sum)).toEqual([14, 12, 10, 8, 6, 4, 2, 0]);
    expect(headings(test, answers)).toEqual([
      'Information technology: a strong interest', 'Design: a strong interest', 'Engineering: a strong interest',
    ]);
  });

  it('tell of an even profile, and of nothing else, when no field is chosen that often', () => {
    const answers = sheet(test, ({ options: [first] }) => first?.value);
    expect(test.score(answers).scales.map(({ sum }) => sum)).toEqual(fields.map(() => 7));
    expect(headings(test, answers)).toEqual(['An even profile']);
  });

  it('say nothing of a field of which less than three quarters were decided', () => {
    const [field = ''] = fields;
    const asked = test.questions.filter((question) => offers(question, field)).map(({ id }) => id);
    const deciding = (count: number) =>
      sheet(test, ({ id, options: [first] }) => (asked.slice(count).includes(id) ? undefined : first?.value));
    expect(scoreOf(test, deciding(10), field)).toMatchObject({ answered: 10, percentage: null });
    expect(scoreOf(test, deciding(11), field)).toMatchObject({ answered: 11, percentage: expect.any(Number) });
    const one = sheet(test, ({ id, options: [first] }) => (id === '1' ? first?.value : undefined));
    expect(headings(test, one)).toEqual([]);
  });
});

describe('work values', () => {
  it('rates 16 statements from 1 to 5', () => {
    expect(workValues.questions).toHaveLength(16);
    for (const question of workValues.questions) expect(valuesOf(question)).toEqual(numbered(5));
  });

  it('scores eight values by two statements each, none of them reversed', () => {
    const itemsOf = Object.fromEntries((workValues.scales ?? []).map(({ id, items }) => [id, items]));
    expect(itemsOf).toEqual({
      independence: [{ question: '1' }, { question: '16' }],
      stability: [{ question: '2' }, { question: '13' }],
      income: [{ question: '3' }, { question: '11' }],
      growth: [{ question: '4' }, { question: '9' }],
      team: [{ question: '5' }, { question: '10' }],
      meaning: [{ question: '6' }, { question: '14' }],
      creativity: [{ question: '7' }, { question: '12' }],
      balance: [{ question: '8' }, { question: '15' }],
    });
  });

  it('groups the statements as it scores them, every statement in one scale', () => {
    const scored = (workValues.scales ?? []).flatMap(({ id, items }) => items.map(({ question }) => [question, id]));
    expect(Object.fromEntries(scored)).toEqual(
      Object.fromEntries(workValues.questions.map(({ id, group }) => [id, group])),
    );
    expect(scored).toHaveLength(workValues.questions.length);
  });

  it.each([
    { rated: 'all very important', answers: () => '5', important: [
      'independence', 'stability', 'income', 'growth', 'team', 'meaning', 'creativity', 'work-life balance',
    ] },
    { rated: 'income important, the rest moderately so', answers: (value: string) => (value === 'income' ? '4' : '3'),
      important: ['income'] },
    { rated: 'team very important in one of two', important: ['team'],
      answers: (value: string, id: string) => (value === 'team' ? (id === '5' ? '5' : '3') : '1') },
  ])('says which values are important when they are rated $rated', ({ answers, important }) => {
    const test = published(workValues);
    expect(headings(test, sheet(test, ({ id, scoringGroup }) => answers(scoringGroup ?? '', id)))).toEqual(
      important.map((value) => `Important to you: ${value}`),
    );
  });

  it('says so, and nothing else, when no value is important on average', () => {
    const test = published(workValues);
    const answers = sheet(test, ({ id }) => (Number(id) <= 8 ? '4' : '3'));
    expect(headings(test, answers)).toEqual(['No value reaches 75%']);
  });
});

describe('IPIP-NEO-120', () => {
  const scales = ipipNeo120.scales ?? [];
  const domains = ['N', 'E', 'O', 'A', 'C'];
  const facetsOf = (domain: string) => scales.filter(({ id }) => id !== domain && id.startsWith(domain));
  const russian = () => structuredClone(inventory.getQuestions('ru'));
  const english = () => structuredClone(inventory.getQuestions('en'));

  it('asks 120 items, each rated from 1 to 5 in the same order whichever way it is keyed', () => {
    expect(ipipNeo120.questions).toHaveLength(120);
    for (const question of ipipNeo120.questions) expect(valuesOf(question)).toEqual(numbered(5));
    expect(unique(ipipNeo120.questions.map(({ options }) => JSON.stringify(options)))).toHaveLength(1);
  });

  it('declares each domain followed by its six facets', () => {
    expect(scales.map(({ id }) => id)).toEqual(
      domains.flatMap((domain) => [domain, ...numbered(6).map((facet) => domain + facet)]),
    );
    expect(unique(scales.map(({ name }) => name['ru'] ?? ''))).toHaveLength(35);
    expect(unique(scales.map(({ name }) => name['en'] ?? ''))).toHaveLength(35);
  });

  it('has 24 items in a domain and 4 in a facet', () => {
    const sizes = Object.fromEntries(scales.map(({ id, items }) => [id, items.length]));
    const expected = Object.fromEntries(scales.map(({ id }) => [id, domains.includes(id) ? 24 : 4]));
    expect(sizes).toEqual(expected);
  });

  it("scores every item in exactly one facet and in that facet's domain, the same way round", () => {
    const inFacets = domains.flatMap((domain) => facetsOf(domain).flatMap(({ items }) => items));
    expect(tally(inFacets.map(({ question }) => question))).toEqual(each(numbered(120), 1));
    const sorted = (items: readonly { question: string }[]) =>
      [...items].sort((one, other) => Number(one.question) - Number(other.question));
    for (const domain of domains) {
      const whole = scales.find(({ id }) => id === domain)?.items ?? [];
      expect(sorted(facetsOf(domain).flatMap(({ items }) => items))).toEqual(sorted(whole));
    }
  });

  it('reverses exactly the 55 items that are keyed minus', () => {
    const reversedIn = (ids: readonly string[]) =>
      scales.filter(({ id }) => ids.includes(id)).flatMap(({ items }) => items.filter(({ reversed }) => reversed));
    expect(reversedIn(domains).map(({ question }) => Number(question)).sort((one, other) => one - other)).toEqual([
      9, 19, 24, 30, 39, 40, 48, 49, 51, 53, 54, 60, 62, 67, 68, 69, 70, 73, 74, 75, 78, 79, 80, 81, 83, 84, 85, 88,
      89, 90, 92, 94, 96, 97, 98, 99, 100, 101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 111, 113, 114, 115, 116,
      118, 119, 120,
    ]);
    expect(Object.fromEntries(domains.map((domain) => [domain, reversedIn([domain]).length]))).toEqual(
      { N: 7, E: 6, O: 12, A: 17, C: 13 },
    );
  });

  it('asks known items in their published places', () => {
    const nameOf = (id: string) => ipipNeo120.questions.find((question) => question.id === id)?.name;
    const facetOf = (question: string) =>
      scales.filter(({ items }) => items.some((item) => item.question === question)).map(({ id }) => id);
    expect(nameOf('1')).toEqual({ ru: 'Переживаю о разном', en: 'Worry about things' });
    expect(facetOf('1')).toEqual(['N', 'N1']);
    expect(nameOf('60')).toEqual({ ru: 'Принимаю поспешные решения', en: 'Make rash decisions' });
    expect(facetOf('60')).toEqual(['C', 'C6']);
    expect(nameOf('120')).toEqual({ ru: 'Действую необдуманно', en: 'Act without thinking' });
    expect(facetOf('120')).toEqual(['C', 'C6']);
  });

  it("matches the languages by the items' ids, not by their places", () => {
    expect(ipipNeo120From(russian().reverse(), english())).toEqual(ipipNeo120);
  });

  it('leaves the items of the package as they are', () => {
    expect(ipipNeo120From(deepFrozen(russian()), deepFrozen(english()))).toEqual(ipipNeo120);
    expect(inventory.getQuestions('en')[0]).not.toHaveProperty('choices');
    expect(inventory.getQuestions('ru')[0]).not.toHaveProperty('choices');
  });

  it('credits the item pool and the author of the form, and says that it is no diagnosis', () => {
    expect(ipipNeo120.authors?.map(({ slug }) => slug)).toEqual(['johnson']);
    for (const words of ['ipip.ori.org', 'Джонсон', 'в общественном достоянии', 'не ставит диагноз']) {
      expect(ipipNeo120.description['ru']).toContain(words);
    }
    for (const words of ['ipip.ori.org', 'Johnson', 'public domain', 'does not give a diagnosis']) {
      expect(ipipNeo120.description['en']).toContain(words);
    }
  });

  it('refuses a package that lacks an item in either language', () => {
    expect(() => ipipNeo120From(russian().slice(1), english())).toThrow('must give 120 different items');
    expect(() => ipipNeo120From(russian(), english().slice(1))).toThrow('must give 120 different items');
  });

  it('refuses a package that has an item twice', () => {
    const [first] = english();
    expect(() => ipipNeo120From(russian(), english().map((item, index) => (index === 1 && first ? first : item))))
      .toThrow('119 different');
  });

  it('refuses a package whose languages have different items', () => {
    const renamed = russian().map((item, index) => (index === 0 ? { ...item, id: 'another' } : item));
    expect(() => ipipNeo120From(renamed, english())).toThrow('no Russian text of the item');
  });

  it('refuses a package whose facets are not of four items', () => {
    const moved = english().map((item, index) => (index === 0 ? { ...item, facet: 2 } : item));
    expect(() => ipipNeo120From(russian(), moved)).toThrow('4 items for the facet N1, but gave 3');
  });
});

describe('the report of the IPIP-NEO-120', () => {
  const test = published(ipipNeo120);
  const domains = ['Neuroticism', 'Extraversion', 'Openness to Experience', 'Agreeableness', 'Conscientiousness'];
  const respondent: Respondent = { sex: 'FEMALE', age: 28 };
  const answered = sheet(test, () => '3');
  const skipping = (questions: readonly string[]) =>
    sheet(test, ({ id }) => (questions.includes(id) ? undefined : '3'));
  const itemsOf = (scale: string) =>
    test.scales.find(({ id }) => id === scale)?.items.map(({ question }) => question) ?? [];

  it('shows every facet beneath its domain, which it describes', () => {
    for (const { id, parent, description } of test.scales) {
      expect(parent).toBe(id.length === 1 ? undefined : id.charAt(0));
      expect(description === undefined).toBe(parent !== undefined);
    }
    const parts = tally(test.scales.map(({ parent = 'none' }) => parent));
    expect(parts).toEqual({ none: 5, ...each(['N', 'E', 'O', 'A', 'C'], 6) });
  });

  it('scores a facet from three of its four items and a domain from 18 of its 24', () => {
    for (const { id } of test.scales) {
      const spare = id.length === 1 ? 6 : 1;
      expect(scoreOf(test, skipping(itemsOf(id).slice(0, spare)), id)?.percentage).toBe(50);
      expect(scoreOf(test, skipping(itemsOf(id).slice(0, spare + 1)), id)?.percentage).toBeNull();
    }
  });

  it.each(['N', 'E', 'O', 'A', 'C'].map((id, index) => ({ id, domain: domains[index] ?? '' })))(
    'gives exactly one level of $domain for every T-score',
    ({ id, domain }) => {
      const levelAt = (tScore: number) => headingsOf(test, { SCALES: { [id]: { tScore, percentile: 50 } } });
      for (let tScore = -20; tScore <= 120; tScore += 0.25) {
        const level = tScore < 45 ? 'below average' : tScore < 55 ? 'about average' : 'above average';
        expect([tScore, ...levelAt(tScore)]).toEqual([tScore, `${domain}: ${level}`]);
      }
    },
  );

  it('interprets each domain once when sex and age are known, in the order of the domains', () => {
    const said = headings(test, answered, respondent);
    expect(said.map((heading) => heading?.split(':')[0])).toEqual(domains);
  });

  it.each<[string, Respondent | null]>([
    ['nothing', null], ['only the sex', { sex: 'MALE', age: null }], ['only the age', { sex: null, age: 40 }],
  ])('interprets nothing when %s is known of the respondent', (_known, someone) => {
    expect(headings(test, answered, someone)).toEqual([]);
  });

  it('leaves out the domain of which a statement was skipped', () => {
    const said = headings(test, skipping(itemsOf('N').slice(0, 1)), respondent);
    expect(said.map((heading) => heading?.split(':')[0])).toEqual(domains.slice(1));
  });

  it('shows the percentile of the domain as a bar without a judgement', () => {
    const result = toPlatformJson(test.score(answered, respondent));
    const bars = interpret(test.report?.interpretations ?? [], result).map(({ bar }) => bar);
    const percentiles = test.score(answered, respondent).scales.filter(({ scale }) => scale.length === 1)
      .map(({ standardized }) => standardized?.percentile);
    expect(percentiles).toHaveLength(5);
    expect(bars).toEqual(percentiles.map((percentage) => ({ percentage, value: null, color: 'primary' })));
  });
});
