import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { TestDefinitionInput } from '../../src/catalogue/import/index.js';
import { QuestionKind } from '../../src/catalogue/index.js';
import {
  AnswerIssueCode, checkAnswers, type GivenAnswer, ISSUES_TOLD, TEXT_ANSWER_LENGTH,
} from '../../src/results/check-answers.js';
import { published } from '../setup/published.js';

type Question = TestDefinitionInput['questions'][number];
type QuestionShape = Pick<Question, 'kind' | 'count'> & { readonly values: readonly string[] };

function question(id: string, { values, ...shape }: QuestionShape): Question {
  const options = values.map((value) => ({ value, text: { en: `Option ${value}` } }));
  return { id, name: { en: `Question ${id}` }, options, ...shape };
}

function testOf(...questions: Question[]): ReturnType<typeof published> {
  return published({
    slug: 'test', locales: ['en'], name: { en: 'Test' }, description: { en: 'About' }, duration: 1, paid: false, questions,
  });
}

const given = (questionId: string, ...values: string[]): GivenAnswer => ({ questionId, values });

/** The issue codes of an answer to the only question of a test. */
function codes(shape: QuestionShape, values: readonly string[]): AnswerIssueCode[] {
  const check = checkAnswers(testOf(question('1', shape)), [{ questionId: '1', values }]);
  if (!check.ok) expect(check.issues).toEqual([{ questionId: '1', code: expect.anything(), message: expect.stringContaining('"1"') }]);
  return check.ok ? [] : check.issues.map(({ code }) => code);
}

const { MISSING, UNKNOWN_QUESTION, DUPLICATE, UNKNOWN_VALUE, TOO_MANY_VALUES, TOO_LONG } = AnswerIssueCode;
const { OPTION, CHECKBOX, TEXT, RATING, GRADIENT } = QuestionKind;
const text = (length: number): string => 'x'.repeat(length);

type Case = readonly [values: readonly string[], issue: AnswerIssueCode | null];
const kinds: readonly (readonly [name: string, shape: QuestionShape, cases: readonly Case[]])[] = [
  ['OPTION', { kind: OPTION, values: ['1', '2', '3'] }, [
    [[], null], [['2'], null],
    [['4'], UNKNOWN_VALUE], [[''], UNKNOWN_VALUE], [['02'], UNKNOWN_VALUE], [[' 2'], UNKNOWN_VALUE], [['2.0'], UNKNOWN_VALUE],
    [['1', '2'], TOO_MANY_VALUES], [['1', '1'], TOO_MANY_VALUES], [['no', 'no'], TOO_MANY_VALUES],
  ]],
  ['OPTION with a count', { kind: OPTION, count: 2, values: ['1', '2', '3'] }, [
    [['1'], null], [['3', '1'], null], [['1', '1'], DUPLICATE], [['1', '4'], UNKNOWN_VALUE], [['1', '2', '3'], TOO_MANY_VALUES],
  ]],
  ['OPTION with an empty value', { kind: OPTION, values: ['', 'x'] }, [[[''], null], [['x'], null], [[' '], UNKNOWN_VALUE]]],
  ['CHECKBOX', { kind: CHECKBOX, values: ['a', 'b', 'c'] }, [
    [[], null], [['b'], null], [['c', 'a', 'b'], null],
    [['a', 'a'], DUPLICATE], [['a', 'x'], UNKNOWN_VALUE], [['x', 'x'], UNKNOWN_VALUE], [['A'], UNKNOWN_VALUE],
    [['a', 'b', 'c', 'a'], TOO_MANY_VALUES],
  ]],
  ['CHECKBOX with a count', { kind: CHECKBOX, count: 2, values: ['a', 'b', 'c'] }, [
    [[], null], [['b'], null], [['c', 'a'], null], [['a', 'a'], DUPLICATE], [['a', 'b', 'c'], TOO_MANY_VALUES],
  ]],
  ['TEXT', { kind: TEXT, values: ['right', 'also right'] }, [
    [[], null], [['right'], null], [['wrong', 'anything'], null], [['same', 'same'], null], [['', ''], null],
    [['строка\n\u0000 👩‍👩‍👧', '\ud800'], null],
    [[text(TEXT_ANSWER_LENGTH), text(TEXT_ANSWER_LENGTH)], null], [['', text(TEXT_ANSWER_LENGTH + 1)], TOO_LONG],
    [['a', 'b', 'c'], TOO_MANY_VALUES], [['', '', text(TEXT_ANSWER_LENGTH + 1)], TOO_MANY_VALUES],
  ]],
  ['RATING', { kind: RATING, values: ['a', 'b', 'c'] }, [
    [[], null], [['c', 'a', 'b'], null], [['b', 'a'], null],
    [['a', 'b', 'a'], DUPLICATE], [['a', 'b', 'x'], UNKNOWN_VALUE], [['a', 'b', 'c', 'x'], TOO_MANY_VALUES],
  ]],
  ['GRADIENT between its options', { kind: GRADIENT, values: ['10', '-5'] }, [
    [[], null], [['-5'], null], [['10'], null], [['0'], null], [['7'], null],
    [['11'], UNKNOWN_VALUE], [['-6'], UNKNOWN_VALUE], [['2.5'], UNKNOWN_VALUE], [['1e0'], UNKNOWN_VALUE],
    [['+5'], UNKNOWN_VALUE], [[' 5'], UNKNOWN_VALUE], [['5\n'], UNKNOWN_VALUE], [['٣'], UNKNOWN_VALUE],
    [['five'], UNKNOWN_VALUE], [[''], UNKNOWN_VALUE], [['3', '4'], TOO_MANY_VALUES],
  ]],
  ['GRADIENT without options', { kind: GRADIENT, values: [] }, [
    [[], null], [['0'], null], [['-12'], null], [['999999999'], null], [['-999999999'], null],
    [['1000000000'], UNKNOWN_VALUE], [['0.5'], UNKNOWN_VALUE], [['Infinity'], UNKNOWN_VALUE], [[''], UNKNOWN_VALUE],
    [['1', '2'], TOO_MANY_VALUES],
  ]],
];

describe.each(kinds)('the answer to a question of kind %s', (_name, shape, cases) => {
  it.each(cases.map(([values, issue]) => ({ values, label: shown(values), expected: issue ?? 'accepted', issue })))(
    '$label is $expected',
    ({ values, issue }) => expect(codes(shape, values)).toEqual(issue ? [issue] : []),
  );
});

function shown(values: readonly string[]): string {
  return JSON.stringify(values.map((value) => (value.length > 20 ? `${value.length} characters` : value)));
}

const twoQuestions = testOf(
  question('b', { kind: OPTION, values: ['1', '2'] }), question('a', { kind: OPTION, values: ['1', '2'] }),
);

describe('the answers to a test', () => {
  it('come back in the order of the questions', () => {
    const check = checkAnswers(twoQuestions, [given('a', '1'), given('b')]);
    expect(check.ok && [...check.answers]).toEqual([['b', []], ['a', ['1']]]);
  });

  it.each([
    ['a missing question', [given('a', '1')], [['b', MISSING]]],
    ['no answers at all', [], [['b', MISSING], ['a', MISSING]]],
    ['an unknown question', [given('a'), given('b'), given('c', '1')], [['c', UNKNOWN_QUESTION]]],
    ['an unknown question twice', [given('a'), given('b'), given('c'), given('c')], [['c', UNKNOWN_QUESTION], ['c', UNKNOWN_QUESTION]]],
    ['an id in another case', [given('A'), given('b')], [['A', UNKNOWN_QUESTION], ['a', MISSING]]],
    ['an id that objects inherit', [given('a'), given('b'), given('__proto__')], [['__proto__', UNKNOWN_QUESTION]]],
    ['a question answered twice', [given('a', '1'), given('b'), given('a', '2')], [['a', DUPLICATE]]],
    ['a question answered twice, first wrongly', [given('a', '9'), given('b'), given('a', '2')], [['a', UNKNOWN_VALUE], ['a', DUPLICATE]]],
    ['every issue in the order of the answers, the missing ones last',
      [given('x'), given('a', '9')], [['x', UNKNOWN_QUESTION], ['a', UNKNOWN_VALUE], ['b', MISSING]]],
  ] as const)('are refused for %s', (_name, answers, issues) => {
    const check = checkAnswers(twoQuestions, answers);
    expect(check.ok ? [] : check.issues.map(({ questionId, code }) => [questionId, code])).toEqual(issues);
    expect(check.ok ? 0 : check.issueCount).toBe(issues.length);
  });
});

describe('the issues that are told', () => {
  const many = testOf(...Array.from({ length: 150 }, (_, index) => question(String(index), { kind: OPTION, values: ['1'] })));

  it('are the first hundred, while all are counted', () => {
    const check = checkAnswers(many, []);
    if (check.ok) throw new Error('Missing answers were accepted.');
    expect(ISSUES_TOLD).toBe(100);
    expect(check.issues.map(({ questionId }) => questionId)).toEqual(Array.from({ length: 100 }, (_, index) => String(index)));
    expect(check.issueCount).toBe(150);
  });

  it('repeat only the beginning of what was sent', () => {
    const check = checkAnswers(twoQuestions, [given(`q${text(100_000)}`), given('a', `v${text(100_000)}`), given('b')]);
    if (check.ok) throw new Error('Unknown names were accepted.');
    expect(check.issues.map(({ code }) => code)).toEqual([UNKNOWN_QUESTION, UNKNOWN_VALUE]);
    expect(check.issues[0]!.questionId).toMatch(/^qx{1,100}…$/);
    expect(check.issues[1]!.message).toMatch(/"vx{1,100}…"/);
    for (const { questionId, message } of check.issues) expect(questionId.length + message.length).toBeLessThan(400);
  });
});

/** A question together with values that answer it. */
interface Asked {
  readonly shape: QuestionShape;
  readonly values: readonly string[];
}

const asked: fc.Arbitrary<Asked> = fc.record({
  kind: fc.constantFrom(OPTION, CHECKBOX, TEXT, RATING, GRADIENT),
  values: fc.uniqueArray(fc.integer({ min: -20, max: 20 }).map(String), { minLength: 1, maxLength: 5 }),
  limit: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
}).chain(({ kind, values: drawn, limit }) => {
  const values = kind === GRADIENT && drawn.length === 1 ? [...drawn, '21'] : drawn;
  const most = kind === GRADIENT ? 1 : values.length;
  const count = limit === undefined || kind === TEXT ? undefined : Math.min(limit, most);
  const shape: QuestionShape = { kind, values, ...(count === undefined ? {} : { count }) };
  return fc.record({ shape: fc.constant(shape), values: goodValues(shape) });
});

function goodValues({ kind, values, count }: QuestionShape): fc.Arbitrary<string[]> {
  switch (kind) {
    case TEXT: return fc.array(fc.string({ unit: 'binary' }), { maxLength: values.length });
    case GRADIENT: {
      const numbers = values.map(Number);
      const between = fc.integer({ min: Math.min(...numbers), max: Math.max(...numbers) }).map(String);
      return fc.uniqueArray(between, { maxLength: 1 });
    }
    case OPTION: return fc.shuffledSubarray([...values], { maxLength: count ?? 1 });
    default: return fc.shuffledSubarray([...values], { maxLength: count ?? values.length });
  }
}

/** A test with good answers to it, in any order. */
const sitting = fc.array(asked, { minLength: 1, maxLength: 6 }).chain((questions) => {
  const ids = questions.map((_, index) => `q${index}`);
  const answers = questions.map(({ values }, index): GivenAnswer => ({ questionId: ids[index]!, values }));
  return fc.record({
    test: fc.constant(testOf(...questions.map(({ shape }, index) => question(ids[index]!, shape)))),
    shapes: fc.constant(questions.map(({ shape }) => shape)),
    answers: fc.constant(answers),
    shuffled: fc.shuffledSubarray(answers, { minLength: answers.length }),
  });
});

describe('any test', () => {
  it('takes answers that fit, in whatever order they come, and gives them back in the order of its questions', () => {
    fc.assert(fc.property(sitting, ({ test, answers, shuffled }) => {
      const check = checkAnswers(test, shuffled);
      expect(check).toMatchObject({ ok: true });
      expect(check.ok && [...check.answers]).toEqual(answers.map(({ questionId, values }) => [questionId, values]));
    }));
  });

  it('refuses answers with one thing wrong, and names it', () => {
    const mistake = fc.constantFrom('dropped', 'doubled', 'unknown question', 'unknown value', 'extra value');
    const seen = new Set<string>();
    fc.assert(fc.property(sitting, fc.nat(), mistake, ({ test, shapes, shuffled }, pick, kind) => {
      const index = pick % shuffled.length;
      const { questionId, values } = shuffled[index]!;
      const shape = shapes[Number(questionId.slice(1))]!;
      const replacing = (other: readonly string[]): GivenAnswer[] => shuffled.with(index, { questionId, values: other });
      const most = test.questionsById.get(questionId)!.count ?? ([OPTION, GRADIENT].includes(shape.kind!) ? 1 : shape.values.length);
      const wrong = {
        'dropped': () => [shuffled.toSpliced(index, 1), questionId, MISSING],
        'doubled': () => [[...shuffled, given(questionId, ...values)], questionId, DUPLICATE],
        'unknown question': () => [shuffled.toSpliced(index, 0, given('other', ...values)), 'other', UNKNOWN_QUESTION],
        'unknown value': () => (shape.kind === TEXT
          ? [replacing([text(TEXT_ANSWER_LENGTH + 1)]), questionId, TOO_LONG]
          : [replacing(['no such value']), questionId, UNKNOWN_VALUE]),
        'extra value': () => {
          const full = [...shape.values, ...shape.values].slice(0, shape.kind === TEXT ? shape.values.length : most);
          return [replacing([...full, shape.values[0]!]), questionId, TOO_MANY_VALUES];
        },
      } satisfies Record<string, () => unknown[]>;
      const [answers, at, code] = wrong[kind]() as [GivenAnswer[], string, AnswerIssueCode];
      seen.add(code);
      expect(checkAnswers(test, answers)).toEqual({
        ok: false, issueCount: 1, issues: [{ questionId: at, code, message: expect.any(String) }],
      });
    }), { numRuns: 300 });
    expect(seen).toEqual(new Set([MISSING, DUPLICATE, UNKNOWN_QUESTION, UNKNOWN_VALUE, TOO_LONG, TOO_MANY_VALUES]));
  });

  it('answers whatever texts are sent, saying at least one issue or giving an answer for each question', () => {
    const anyText = fc.oneof(fc.string({ unit: 'binary', maxLength: 80 }), fc.constantFrom('q0', 'q1', '__proto__', 'constructor', '1'));
    const anyAnswers = fc.array(fc.record({ questionId: anyText, values: fc.array(anyText, { maxLength: 4 }) }), { maxLength: 8 });
    fc.assert(fc.property(sitting, anyAnswers, ({ test }, answers) => {
      const check = checkAnswers(test, answers);
      if (check.ok) return expect([...check.answers.keys()]).toEqual(test.questions.map(({ id }) => id));
      expect(check.issueCount).toBeGreaterThan(0);
      expect(check.issues).toHaveLength(Math.min(check.issueCount, ISSUES_TOLD));
    }));
  });
});
