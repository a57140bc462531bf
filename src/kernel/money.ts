/** Money is a whole number of kopecks, hundredths of a rouble. */
export const CURRENCY = 'RUB';

const ROUBLES = /^(\d{1,12})(?:[.,](\d\d))?$/;

/** An amount that was written in roubles, such as `1500` or `1500.50`, in kopecks; null for a text that is none. */
export function kopecksOf(roubles: string): number | null {
  const [, whole, hundredths = '00'] = ROUBLES.exec(roubles) ?? [];
  return whole === undefined ? null : Number(whole) * 100 + Number(hundredths);
}

/** An amount in roubles for programs: `1500.50`. */
export function roublesOf(kopecks: number): string {
  return `${Math.trunc(kopecks / 100)}.${String(kopecks % 100).padStart(2, '0')}`;
}
