import { InputError } from './input-error.js';

/** Moments from one, included, to another, excluded; null for an end that is open. */
export interface TimeRange {
  readonly from: Date | null;
  readonly to: Date | null;
}

/** The range between two arguments, named for the message; an `InputError` when it is reversed. */
export function timeRange(
  from: Date | null | undefined, to: Date | null | undefined, names: readonly [from: string, to: string],
): TimeRange {
  if (from && to && from > to) {
    throw new InputError(`"${names[0]}" is later than "${names[1]}": exchange the two.`);
  }
  return { from: from ?? null, to: to ?? null };
}
