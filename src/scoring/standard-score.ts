import type {
  NormFigures,
  NormGroup,
  NormUsed,
  PercentileCurve,
  Respondent,
  ScorableNorm,
  StandardScore,
} from './norm.js';
import { normalDistribution } from './normal-distribution.js';
import { ownValue } from './own-value.js';

/** The group that a respondent is compared with. */
export interface Comparison {
  readonly used: NormUsed;
  /** The standard score of a scale's sum; null when the group has no figures for the scale. */
  readonly standardize: (scale: string, sum: number) => StandardScore | null;
}

/** Chooses the first group that fits; null when none does. A condition on something unknown does not hold. */
export function comparisonFor({ id, groups, percentile }: ScorableNorm, respondent: Respondent): Comparison | null {
  const group = groups.find((candidate) => fits(candidate, respondent));
  if (!group) return null;
  return {
    used: { norm: id, group: group.id },
    standardize: (scale, sum) => {
      const figures = ownValue(group.scales, scale);
      return figures ? standardScore(sum, figures, percentile) : null;
    },
  };
}

function fits({ sex, ageFrom, ageTo }: NormGroup, respondent: Respondent): boolean {
  const { age } = respondent;
  return (sex === undefined || respondent.sex === sex)
    && (ageFrom === undefined || (age !== null && age >= ageFrom))
    && (ageTo === undefined || (age !== null && age <= ageTo));
}

function standardScore(
  sum: number,
  { mean, sd }: NormFigures,
  curve: PercentileCurve | undefined,
): StandardScore | null {
  const tScore = 50 + (10 * (sum - mean)) / sd;
  const percentile = curve ? onCurve(tScore, curve) : 100 * normalDistribution((tScore - 50) / 10);
  // A tiny deviation or huge coefficients overflow: a figure that JSON cannot hold is no figure.
  if (!Number.isFinite(tScore) || !Number.isFinite(percentile)) return null;
  return { tScore, percentile: Math.min(100, Math.max(0, percentile)) };
}

function onCurve(tScore: number, { coefficients, from, to }: PercentileCurve): number {
  if (tScore < from) return 1;
  if (tScore > to) return 99;
  return coefficients.reduceRight((value, coefficient) => value * tScore + coefficient, 0);
}
