/** What is known of the person who took a test; used to choose a norm and for nothing else. Null means unknown. */
export interface Respondent {
  readonly sex: Sex | null;
  /** In full years. */
  readonly age: number | null;
}

/** As norms tell it. */
export type Sex = 'MALE' | 'FEMALE';

/** Published figures of comparison groups, by which a scale's sum is judged. */
export interface ScorableNorm {
  readonly id: string;
  /** Absent: by the normal distribution. */
  readonly percentile?: PercentileCurve | undefined;
  /** The first one that fits the respondent is used. */
  readonly groups: readonly NormGroup[];
}

/** The people whose results others are compared with. */
export interface NormGroup {
  readonly id: string;
  /** Absent: any, also an unknown one; so are the two below. */
  readonly sex?: Sex | undefined;
  /** The youngest age in full years. */
  readonly ageFrom?: number | undefined;
  /** The oldest age in full years, itself included. */
  readonly ageTo?: number | undefined;
  /** The figures by scale; a scale without any has no standard score. */
  readonly scales: Readonly<Record<string, NormFigures>>;
}

/** How the sums of one scale are distributed in a group. */
export interface NormFigures {
  readonly mean: number;
  /** The standard deviation, above 0. */
  readonly sd: number;
}

/** How a T-score becomes a percentile: a polynomial within two limits, 1 below them and 99 above. */
export interface PercentileCurve {
  /** The constant first. */
  readonly coefficients: readonly number[];
  readonly from: number;
  readonly to: number;
}

/** Which group of which norm a result was compared with. */
export interface NormUsed {
  readonly norm: string;
  readonly group: string;
}

/** A sum seen against a comparison group. */
export interface StandardScore {
  /** 50 + 10 (sum - mean) / sd, not rounded. */
  readonly tScore: number;
  /** How many percent of the group have a lower sum: 0 to 100, not rounded. */
  readonly percentile: number;
}
