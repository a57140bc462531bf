import { describe, expect, it } from '@jest/globals';
import inventory from '@bigfive-org/questions';
import { careerInterests } from '../../src/catalogue/content/career-interests.js';
import { bundledTests } from '../../src/catalogue/content/index.js';
import { ipipNeo120, ipipNeo120From } from '../../src/catalogue/content/ipip-neo-120.js';
import { workValues } from '../../src/catalogue/content/work-values.js';
import { testDefinitionShape, type TestDefinitionInput } from '../../src/catalogue/import/test-definition.js';
import { QuestionKind } from '../../src/catalogue/question-kind.js';

type Text = Record<string, string>;

/** Every localized text of a test, whatever it belongs to. */
function textsOf(test: TestDefinitionInput): Text[] {
  const optional = (text: Text | undefined) => (text === undefined ? [] : [text]);
  return [
    test.name, test.description, ...optional(test.instruction),
    ...(test.authors ?? []).map(({ name }) => name),
    ...(test.scales ?? []).map(({ name }) => name),
    ...test.questions.flatMap((question) => [
      question.name, ...optional(question.text), ...optional(question.correctFeedback),
      ...optional(question.wrongFeedback), ...question.options.flatMap(({ text }) => optional(text)),
    ]),
  ];
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
  it('are the personality inventory, the career interests and the work values, under unique names and numbers', () => {
    expect(bundledTests.map(({ slug, legacyId }) => [slug, legacyId])).toEqual([
      ['ipip-neo-120', 2], ['career-interests', 1], ['work-values', 3],
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

  it('has every text in Russian and in English', () => {
    expect(test.locales).toEqual(['ru', 'en']);
    expect(textsOf(test).filter((text) => Object.keys(text).sort().join() !== 'en,ru')).toEqual([]);
  });

  it('writes Russian in Cyrillic letters and English without them', () => {
    const isIn = { ru: /\p{Script=Cyrillic}/u, en: /^\P{Script=Cyrillic}+$/u };
    const misplaced = textsOf(test).filter(({ ru = '', en = '' }) => !isIn.ru.test(ru) || !isIn.en.test(en));
    expect(misplaced).toEqual([]);
  });

  it('describes itself and instructs the reader in plain paragraphs', () => {
    for (const text of [test.description, test.instruction ?? {}]) {
      for (const locale of test.locales) expect(text[locale]).toMatch(/^(<p>[^<>]+<\/p>)+$/);
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

  it('declares no scales and no groups: its answers are fields to be counted', () => {
    expect(careerInterests.scales ?? []).toEqual([]);
    expect(careerInterests.questions.filter(({ group }) => group !== undefined)).toEqual([]);
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
