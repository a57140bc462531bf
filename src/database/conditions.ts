import type { TimeRange } from '../kernel/time-range.js';

/** A condition of a list. */
export interface Condition {
  /** Tells the statements that have it from those that have not. */
  readonly name: string;
  /** As SQL, around the parameter of its one value. */
  readonly text: (parameter: string) => string;
  readonly value: unknown;
}

/** The conditions that a request asks for. */
export interface Conditions {
  /** Whether nothing narrows the list: all of its scope is asked for. */
  readonly isOpen: boolean;
  /** The end of the name of a statement that has them: other conditions have another one. */
  readonly suffix: string;
  readonly values: readonly unknown[];
  /** Joined by `and`; the values are the parameters from this number on. */
  readonly where: (firstParameter: number) => string;
}

/**
 * Joins the condition that tells whose list it is, null for everybody's, with the filters that are asked for; null is one
 * that is not. A statement holds no others, so that PostgreSQL can plan each by the index that serves it.
 */
export function conditionsOf(scope: Condition | null, filters: readonly (Condition | null)[]): Conditions {
  const asked = filters.filter((filter) => filter !== null);
  const all = scope === null ? asked : [scope, ...asked];
  return {
    isOpen: asked.length === 0,
    suffix: all.map(({ name }) => `-${name}`).join(''),
    values: all.map(({ value }) => value),
    where: (firstParameter) => all.map(({ text }, index) => text(`$${firstParameter + index}`)).join(' and '),
  };
}

/** The conditions that the column lies in the range. */
export function withinTimes(column: string, { from, to }: TimeRange): (Condition | null)[] {
  return [
    from && { name: 'from', text: (moment) => `${column} >= ${moment}::timestamptz`, value: from },
    to && { name: 'to', text: (moment) => `${column} < ${moment}::timestamptz`, value: to },
  ];
}
