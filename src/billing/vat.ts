import type { Period } from '../kernel/period.js';

/** Whether the seller charges VAT at the standard rate, or is exempt. */
export type VatRegime = 'standard' | 'none';

/** The part of an amount that is VAT. */
export interface Vat {
  /** In kopecks. */
  readonly amount: number;
  /** In percent. */
  readonly rate: number;
}

/** The standard rates of Russia in percent (article 164 of its tax code) with the first day of each, the latest first. */
const STANDARD_RATES = [
  { from: '2026-01-01', rate: 22 },
  { from: '2019-01-01', rate: 20 },
  { from: '2004-01-01', rate: 18 },
] as const;

/** The VAT that is included in a total, in kopecks, at the rate of a day (ISO date); null for an exempt seller. */
export function vatIn(total: number, regime: VatRegime, day: string): Vat | null {
  if (regime === 'none') return null;
  const rate = standardRate(day);
  return { amount: share(total, rate, 100 + rate), rate };
}

/** The standard rate of a day, in percent. */
export function standardRate(day: string): number {
  const found = STANDARD_RATES.find(({ from }) => from <= day);
  if (!found) throw new Error(`No rate of VAT is known for ${day}.`);
  return found.rate;
}

/** The day within a period, not its first, on which another rate begins; null when one rate is that of all its days. */
export function changeOfVat(regime: VatRegime, { from, to }: Period): string | null {
  if (regime === 'none') return null;
  return STANDARD_RATES.find((rate) => from < rate.from && rate.from <= to)?.from ?? null;
}

/** `total * part / whole`, rounded half up; in big integers, because the product is beyond the exact numbers. */
function share(total: number, part: number, whole: number): number {
  const [n, d] = [BigInt(total) * BigInt(part), BigInt(whole)];
  return Number((2n * n + d) / (2n * d));
}
