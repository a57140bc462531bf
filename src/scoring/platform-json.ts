import type { Calculation, GroupScore, ScaleScore, ValueScore } from './calculation.js';

/** One member of a map of the platform's. */
export type PlatformEntry = readonly [key: string, content: unknown];

/**
 * A calculation in the shape of the platform's AutoCalculator, ready for `JSON.stringify` unless `mapOf` says otherwise.
 *
 * `VALUES`, `REPEATS` and `GROUPS` are made by `mapOf`: by default objects whatever their keys, empty ones too, which list
 * integer keys first, in ascending order. `SCALES` is not the platform's and is present only when the test declares scales;
 * a scale has `tScore` and `percentile` only with a standard score.
 */
export function toPlatformJson(
  calculation: Calculation, mapOf: (entries: readonly PlatformEntry[]) => unknown = byKey,
): Record<string, unknown> {
  const { sum, percentage, values, repeats, nonNegativeAnswerValuesSum, groups, scales } = calculation;
  return {
    SUM: sum,
    SCALE: percentage,
    VALUES: mapOf(values.map(valueEntry)),
    REPEATS: mapOf(repeats.map(valueEntry)),
    NON_NEGATIVE_ANSWER_VALUES_SUM: nonNegativeAnswerValuesSum,
    GROUPS: mapOf(groups.map(groupEntry)),
    ...(scales.length > 0 && { SCALES: byKey(scales.map(scaleEntry)) }),
  };
}

function byKey(entries: readonly PlatformEntry[]): Record<string, unknown> {
  // Keys come from test authors and respondents: plain assignment would lose the key "__proto__".
  return Object.fromEntries(entries);
}

function valueEntry({ value, sum, percentage, valuePercentage }: ValueScore): PlatformEntry {
  return [value, { sum, percentage, percentage_value: valuePercentage }];
}

function groupEntry({ group, sum, percentage, percentageOfAll }: GroupScore): PlatformEntry {
  return [group, { SUM: sum, SCALE: percentage, SCALE_OF_ALL: percentageOfAll }];
}

function scaleEntry({ scale, standardized, ...score }: ScaleScore): PlatformEntry {
  // Null, and undefined in a calculation that was stored before there were norms, add nothing.
  return [scale, { ...score, ...standardized }];
}
