import type { NormUsed, StandardScore } from './norm.js';

/** How often one value was answered. */
export interface ValueScore {
  /** The value as answered, or as offered by an option; `""` collects the skipped questions. */
  readonly value: string;
  /** How often it was answered, over the whole test. */
  readonly sum: number;
  /** `sum` in whole percent of the list's own 100 %: see {@link Calculation.values} and {@link Calculation.repeats}. */
  readonly percentage: number;
  /** `sum` in whole percent of the options that carry the value; null for a value that no option carries. */
  readonly valuePercentage: number | null;
}

/** The points of one group of questions. */
export interface GroupScore {
  readonly group: string;
  readonly sum: number;
  readonly max: number;
  /** `sum` in whole percent of the group's own maximum; 0 when that is 0. */
  readonly percentage: number;
  /** `sum` in whole percent of the whole test's maximum; 0 when that is 0. */
  readonly percentageOfAll: number;
}

/** The result of one declared scale. Only answered items count, in the sum as well as in its limits. */
export interface ScaleScore {
  readonly scale: string;
  /** The weighted answers added up. */
  readonly sum: number;
  /** The smallest sum that the answered items could give. */
  readonly min: number;
  /** The largest sum that the answered items could give. */
  readonly max: number;
  /** How many of the items were answered with something the question offers. */
  readonly answered: number;
  /** How many items the scale has. */
  readonly items: number;
  /**
   * Where `sum` lies between `min` (0) and `max` (100), not rounded; null when the two are equal, and when fewer items
   * were answered than the scale asks for.
   */
  readonly percentage: number | null;
  /** `sum` seen against the norm; null when an item is unanswered or there are no figures to compare with. */
  readonly standardized: StandardScore | null;
}

/** A scored answer sheet, by the rules of the platform's AutoCalculator. Lists keep the order of first appearance. */
export interface Calculation {
  /** Points over all questions. */
  readonly sum: number;
  /** The points that count as 100 %; real sums can lie above it and below 0. */
  readonly max: number;
  /** `sum` in whole percent of `max`, the platform's `SCALE`; 0 when `max` is 0. */
  readonly percentage: number;
  /** Answers per value, 100 % being `max`. */
  readonly values: readonly ValueScore[];
  /** Answers per value, 100 % being the number of questions. */
  readonly repeats: readonly ValueScore[];
  /** How many answers were not negative numbers, texts and skipped questions included: no sum of values. */
  readonly nonNegativeAnswerValuesSum: number;
  readonly groups: readonly GroupScore[];
  /** The declared scales in their order; empty when the test declares none. */
  readonly scales: readonly ScaleScore[];
  /** What the scales were compared with; null when none of them was. */
  readonly norm: NormUsed | null;
}
