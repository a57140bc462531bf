import fc, { type GeneratorValue } from 'fast-check';

/** Without the library's liking for small numbers and ends of ranges: shares are meant as they are written. */
const even = (most: number): fc.Arbitrary<number> => fc.noBias(fc.nat(most));

/** Chance that a seed repeats. */
export class Dice {
  constructor(private readonly value: GeneratorValue) {}

  /** From 0 to below `end`. */
  below(end: number): number {
    return this.value(even, end - 1);
  }

  from(first: number, last: number): number {
    return first + this.below(last - first + 1);
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }

  /** True in so many of a hundred cases. */
  percent(share: number): boolean {
    return this.below(100) < share;
  }

  /** Some of the items, at most so many and at least one. */
  some<T>(items: readonly T[], most: number): readonly T[] {
    const left = [...items];
    const count = Math.min(left.length, this.from(1, most));
    return Array.from({ length: count }, () => left.splice(this.below(left.length), 1)[0]!);
  }
}

/** The dice of a seed: the same each time. */
export function diceOf(seed: number): Dice {
  const [value] = fc.sample(fc.gen(), { seed, numRuns: 1 });
  return new Dice(value!);
}
