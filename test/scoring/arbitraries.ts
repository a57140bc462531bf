import fc from 'fast-check';
import type { Answers, NormGroup, ScorableNorm, ScorableTest } from '../../src/scoring/index.js';
import { question, testOf } from './builders.js';

/** A text that a question may offer and a respondent may answer. */
export const value = fc.oneof(
  fc.integer({ min: -9, max: 9 }).map(String),
  fc.string({ maxLength: 4 }),
  fc.constantFrom('', '0', '01', '1e400', '-1e400', 'NaN', 'Infinity', '__proto__', '0.1', '-0'),
);

/** A record whose keys may be values, locales or names that every object knows. */
function perKey<T>(content: fc.Arbitrary<T>): fc.Arbitrary<Readonly<Record<string, T>>> {
  return fc.dictionary(fc.constantFrom('1', '2', 'en', '__proto__', 'constructor'), content, { maxKeys: 4 });
}

/** Absent every second time. */
export function absentOr<T>(content: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.option(content, { nil: undefined, freq: 2 });
}

const option = fc.record({ value, correct: fc.boolean(), translations: absentOr(perKey(value)) });

/** A question without its id. */
export const anyQuestion = fc.record({
  kind: fc.constantFrom('OPTION', 'OPTION', 'CHECKBOX', 'TEXT', 'RATING', 'GRADIENT'),
  group: fc.option(fc.constantFrom('a', 'b', '', '0', '__proto__')),
  count: fc.option(fc.integer({ min: 0, max: 3 })),
  options: fc.array(option, { maxLength: 5 }),
});

const scaleItem = fc.record({
  question: fc.integer({ min: 1, max: 4 }).map(String),
  weight: fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom(0.1, -0.3, 2.5)),
  reversed: fc.boolean(),
  points: absentOr(perKey(fc.constantFrom(-2, -0.5, 0, 1, 7))),
  correct: absentOr(fc.constant(true as const)),
});

const anyScale = fc.record({
  items: fc.array(scaleItem, { maxLength: 5 }),
  minimumAnswered: absentOr(fc.double({ min: 0, max: 1, noNaN: true })),
});

const scaleIds = ['S0', 'S1', 'S2'];
const finite = { noNaN: true, noDefaultInfinity: true } as const;
const figure = fc.oneof(fc.integer({ min: -9, max: 9 }), fc.double(finite));
const deviation = fc.oneof(fc.constantFrom(1, 4.2), fc.double({ ...finite, min: Number.MIN_VALUE }));
/** Mean and standard deviation of a norm, sensible or not. */
export const normFigures = fc.record({ mean: figure, sd: deviation });
const sex = fc.constantFrom('MALE', 'FEMALE');
const age = fc.integer({ min: 0, max: 99 });

const normGroup: fc.Arbitrary<NormGroup> = fc.record({
  id: fc.string(),
  sex: absentOr(sex),
  ageFrom: absentOr(age),
  ageTo: absentOr(age),
  scales: fc.dictionary(fc.constantFrom(...scaleIds), normFigures),
});

/** How a norm makes percentiles: by any curve, or by the normal distribution. */
export const percentileCurve = absentOr(
  fc.record({ coefficients: fc.array(figure, { maxLength: 4 }), from: age, to: age }),
);

const anyNorm: fc.Arbitrary<ScorableNorm> = fc.record({
  id: fc.string(),
  percentile: percentileCurve,
  groups: fc.array(normGroup, { maxLength: 3 }),
});

/** Somebody of whom something, or nothing, is known. */
export const respondent = fc.option(fc.record({ sex: fc.option(sex), age: fc.option(age) }));

const anyTest: fc.Arbitrary<ScorableTest> = fc.record({
  questions: fc
    .array(anyQuestion, { maxLength: 6 })
    .map((questions) => questions.map((details, index) => ({ ...details, id: String(index + 1) }))),
  scales: fc
    .array(anyScale, { maxLength: scaleIds.length })
    .map((scales) => scales.map((scale, index) => ({ ...scale, id: scaleIds[index] ?? '' }))),
  norm: fc.option(anyNorm),
});

/** Answers to some of the questions: values of their own options and any others. */
function answersTo({ questions }: ScorableTest): fc.Arbitrary<Answers> {
  const sheet = questions.map(({ id, options }) => {
    const offered = options.length > 0 ? fc.constantFrom(...options.map((option) => option.value)) : value;
    const answer = fc.oneof(offered.map((one) => [one]), fc.array(fc.oneof(offered, value), { maxLength: 4 }));
    return fc.option(fc.tuple(fc.constant(id), answer));
  });
  return fc.tuple(...sheet).map((answers) => new Map(answers.filter((answer) => answer !== null)));
}

/** Any test with answers to it. */
export const sitting = anyTest.chain((test) => fc.tuple(fc.constant(test), answersTo(test)));

/** The same with one-digit options only, whose sums are exact but for the fractions of weights. */
export const sittingWithDigits = sitting.map(([{ questions, scales }, answers]) => {
  const digits = questions.map((asked) => ({ ...asked, options: asked.options.filter((o) => /^-?\d$/.test(o.value)) }));
  return [testOf(digits, scales), answers] as const;
});

/** A questionnaire without right answers, every question answered with one of its own, non-negative values. */
export const questionnaire = fc
  .array(fc.tuple(fc.uniqueArray(fc.nat({ max: 20 }), { minLength: 1, maxLength: 5 }), fc.nat()), {
    minLength: 1,
    maxLength: 8,
  })
  .map((rows) => {
    const sheet = rows.map(([numbers, pick], index) => {
      const values = numbers.map(String);
      const id = String(index);
      return {
        asked: question(values, { id, group: `group ${index % 2}` }),
        answer: [id, values.slice(pick % values.length).slice(0, 1)] as const,
      };
    });
    return { test: testOf(sheet.map(({ asked }) => asked)), answers: new Map(sheet.map(({ answer }) => answer)) };
  });
