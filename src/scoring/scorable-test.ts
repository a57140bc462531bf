import type { ScorableNorm } from './norm.js';

/** The kinds of question, as far as scoring tells them apart; the platform's quiz XML calls them `item@method`. */
export type ScorableKind = 'OPTION' | 'CHECKBOX' | 'TEXT' | 'RATING' | 'GRADIENT';

/** One choice of a question. In a TEXT question: one field, its value being the right answer. */
export interface ScorableOption {
  readonly value: string;
  readonly correct: boolean;
  /** In a TEXT question: the right answer in other languages than `value` is in, by locale. */
  readonly translations?: Readonly<Record<string, string>> | null | undefined;
}

/** What scoring needs to know of a question. */
export interface ScorableQuestion {
  /** Unique within the test. */
  readonly id: string;
  readonly kind: ScorableKind;
  /** The group whose sum the question adds to; null, `""` and `"0"` mean none, as on the platform. */
  readonly group: string | null;
  /** How many answers a right answer consists of; null means one. Matters only where options are marked correct. */
  readonly count: number | null;
  readonly options: readonly ScorableOption[];
}

/** A question's part in a declared scale. */
export interface ScaleItem {
  /** The question's id. */
  readonly question: string;
  /** A finite factor; a negative one lets the answer count against the scale. */
  readonly weight: number;
  /** Whether agreement means less of what the scale measures: the answer is mirrored within its range. */
  readonly reversed: boolean;
  /**
   * What each option counts, by its value; an option that is not named counts 0. Absent: the number that the value is.
   * For OPTION and CHECKBOX questions only.
   */
  readonly points?: Readonly<Record<string, number>> | undefined;
  /** The item counts 1 when the question is answered rightly and 0 when not, whatever the values and points are. */
  readonly correct?: true | undefined;
}

/** A sum over chosen questions, declared by the test's author. */
export interface ScorableScale {
  /** Unique within the test. */
  readonly id: string;
  readonly items: readonly ScaleItem[];
  /** The share of items, 0 to 1, that a percentage or standard score takes; absent: whatever is answered counts. */
  readonly minimumAnswered?: number | undefined;
}

/** A test reduced to what scoring needs. */
export interface ScorableTest {
  /** In the order in which they are asked. */
  readonly questions: readonly ScorableQuestion[];
  /** The declared ones. */
  readonly scales: readonly ScorableScale[];
  /** What the sums of the scales are compared with; absent or null: nothing. */
  readonly norm?: ScorableNorm | null | undefined;
}

/**
 * The answered values by question id. An empty list is a skipped question, and so is an absent id;
 * ids that the test does not have are ignored.
 */
export type Answers = ReadonlyMap<string, readonly string[]>;

const SKIPPED: readonly string[] = [];

/** The values answered to a question, none when it was skipped. */
export function answerTo(question: string, answers: Answers): readonly string[] {
  return answers.get(question) ?? SKIPPED;
}
