import type { Calculation } from './calculation.js';
import type { Respondent } from './norm.js';
import { percent } from './numbers.js';
import { PointTotals } from './point-totals.js';
import { questionPoints } from './question-points.js';
import { compileScale } from './scale-score.js';
import { answerTo, type Answers, type ScorableTest } from './scorable-test.js';
import { comparisonFor } from './standard-score.js';
import { countNonNegative, ValueCounter } from './value-counts.js';

/**
 * Scores answers to the one test it was prepared for. Pure: the same answers of the same respondent always give an
 * equal result. The respondent decides on nothing but the norm group; absent or null: nothing is known.
 */
export type Scoring = (answers: Answers, respondent?: Respondent | null) => Calculation;

const UNKNOWN: Respondent = { sex: null, age: null };

/**
 * Prepares a test for scoring any number of answer sheets: all that does not depend on the answers is done once, here.
 * The test must not be changed afterwards.
 */
export function compileScoring(test: ScorableTest): Scoring {
  const questions = test.questions.map((question) => ({ ...question, ...questionPoints(question) }));
  const counter = new ValueCounter(test.questions);
  const byId = new Map(test.questions.map((question) => [question.id, question]));
  const scales = test.scales.map((scale) => compileScale(scale, byId));
  const possible = new PointTotals();
  for (const { group, max } of questions) possible.add(group, max);

  return (answers, respondent) => {
    const earned = new PointTotals();
    for (const { id, group, points } of questions) earned.add(group, points(answerTo(id, answers)));
    const counts = counter.count(answers);
    const comparison = test.norm ? comparisonFor(test.norm, respondent ?? UNKNOWN) : null;
    const scaleScores = scales.map((score) => score(answers, comparison));
    const compared = scaleScores.some(({ standardized }) => standardized !== null);
    return {
      sum: earned.all,
      max: possible.all,
      percentage: percent(earned.all, possible.all),
      values: counter.scores(counts, possible.all),
      repeats: counter.scores(counts, questions.length),
      nonNegativeAnswerValuesSum: countNonNegative(counts),
      groups: earned.groupScores(possible),
      scales: scaleScores,
      norm: compared && comparison ? comparison.used : null,
    };
  };
}

/** Scores one answer sheet. Use {@link compileScoring} where the same test is scored again and again. */
export function calculate(test: ScorableTest, answers: Answers, respondent?: Respondent | null): Calculation {
  return compileScoring(test)(answers, respondent);
}
