import type { Calculation, GroupScore, ScaleScore, ValueScore } from './calculation.js';

/**
 * A calculation in the shape of the platform's AutoCalculator, ready for `JSON.stringify`.
 *
 * `VALUES`, `REPEATS` and `GROUPS` are objects whatever their keys, empty ones too. `SCALES` is not the platform's and
 * is present only when the test declares scales; a scale has `tScore` and `percentile` only with a standard score.
 * Objects list integer keys first, in ascending order: where order matters, use the calculation itself.
 */
export function toPlatformJson(calculation: Calculation): Record<string, unknown> {
  const { sum, percentage, values, repeats, nonNegativeAnswerValuesSum, groups, scales } = calculation;
  return {
    SUM: sum,
    SCALE: percentage,
    VALUES: byKey(values.map(valueEntry)),
    REPEATS: byKey(repeats.map(valueEntry)),
    NON_NEGATIVE_ANSWER_VALUES_SUM: nonNegativeAnswerValuesSum,
    GROUPS: byKey(groups.map(groupEntry)),
    ...(scales.length > 0 && { SCALES: byKey(scales.map(scaleEntry)) }),
  };
}

type Entry = readonly [key: string, content: unknown];

function byKey(entries: readonly Entry[]): Record<string, unknown> {
  // Keys come from test authors and respondents: plain assignment would lose the key "__proto__".
  return Object.fromEntries(entries);
}

function valueEntry({ value, sum, percentage, valuePercentage }: ValueScore): Entry {
  return [value, { sum, percentage, percentage_value: valuePercentage }];
}

function groupEntry({ group, sum, percentage, percentageOfAll }: GroupScore): Entry {
  return [group, { SUM: sum, SCALE: percentage, SCALE_OF_ALL: percentageOfAll }];
}

function scaleEntry({ scale, standardized, ...score }: ScaleScore): Entry {
  // Null, and undefined in a calculation that was stored before there were norms, add nothing.
  return [scale, { ...score, ...standardized }];
}
