import { valueAt } from './value-at.js';

/** How the result's number stands to the condition's. */
export type ConditionOperator = '>' | '>=' | '<' | '<=' | '=';
/** The colors of a bar, by what they say of its level. */
export type LevelColor = 'primary' | 'success' | 'warning' | 'danger';

/** Whether the number at a path of the result compares with another. Both without their fractions. */
export interface Condition {
  readonly path: string;
  readonly operator: ConditionOperator;
  readonly value: number;
}

/** How a bar is filled from a result. */
export interface BarRule {
  /** The path of the percentage. */
  readonly percent: string;
  /** The path of what is said instead of the percentage. */
  readonly value?: string | undefined;
  /** The first level that reaches the percentage, its fraction aside, gives the color; without one it is "primary". */
  readonly levels?: readonly { readonly upTo: number; readonly color: LevelColor }[] | undefined;
}

/** When an interpretation is given, and the bar that it shows. */
export interface InterpretationRule {
  /** All have to hold; absent or empty: always. */
  readonly when?: readonly Condition[] | undefined;
  readonly bar?: BarRule | undefined;
}

/** A bar with what the result says. */
export interface Bar {
  /** As the result has it: 0 to 100 in most results, but neither limited nor rounded. */
  readonly percentage: number;
  /** What is said instead of the percentage; null when the rule has no value, or the result none for it. */
  readonly value: number | null;
  readonly color: LevelColor;
}

/** An interpretation that is to be given. */
export interface Interpreted {
  /** Its place in the list of rules, counted from 0. */
  readonly index: number;
  /** Null without a rule for one, and when the result has nothing to fill it with. */
  readonly bar: Bar | null;
}

type Result = Readonly<Record<string, unknown>>;

/**
 * All interpretations whose conditions hold, in the order of the rules; an empty list when none does.
 * A condition on something that is not in the result does not hold.
 *
 * @param result in the platform's shape, as `toPlatformJson` gives it
 */
export function interpret(rules: readonly InterpretationRule[], result: Result): Interpreted[] {
  return rules.flatMap(({ when = [], bar }, index) => {
    const given = when.every((condition) => holds(condition, result));
    return given ? [{ index, bar: bar ? filled(bar, result) : null }] : [];
  });
}

function holds({ path, operator, value }: Condition, result: Result): boolean {
  const found = valueAt(result, path);
  return found !== null && compares(Math.trunc(found), operator, Math.trunc(value));
}

function compares(left: number, operator: ConditionOperator, right: number): boolean {
  switch (operator) {
    case '>':
      return left > right;
    case '>=':
      return left >= right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '=':
      return left === right;
  }
}

function filled({ percent, value, levels = [] }: BarRule, result: Result): Bar | null {
  const percentage = valueAt(result, percent);
  if (percentage === null) return null;
  const level = levels.find(({ upTo }) => upTo >= Math.trunc(percentage));
  return { percentage, value: value === undefined ? null : valueAt(result, value), color: level?.color ?? 'primary' };
}
