const SPACE = String.raw`[ \t\n\r\v\f]*`;
const NUMBER = String.raw`[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?`;
const STARTS_WITH_NUMBER = new RegExp(`^${SPACE}(${NUMBER})`);
const IS_NUMBER = new RegExp(`^${SPACE}(${NUMBER})${SPACE}$`);

/**
 * The largest amount a single value can stand for, in both directions.
 * Far beyond any real test, and small enough for the sum of millions of values to be exact whatever their order.
 */
export const VALUE_LIMIT = 2_147_483_647;

/**
 * The number a text begins with, as the platform reads values: `"12abc"` is 12, `"1e2"` 100, `" -3"` -3.
 * A text that begins with something else is 0; amounts beyond {@link VALUE_LIMIT} become that limit.
 */
export function leadingNumber(text: string): number {
  const number = Number(STARTS_WITH_NUMBER.exec(text)?.[1] ?? 0);
  return withoutNegativeZero(Math.min(VALUE_LIMIT, Math.max(-VALUE_LIMIT, number)));
}

/**
 * The whole number a text begins with, as the platform casts texts: {@link leadingNumber} without its fraction.
 * `"1.9"` is 1, `"-1.9"` is -1, `"12abc"` 12, `"key"` 0.
 */
export function leadingInteger(text: string): number {
  return withoutNegativeZero(Math.trunc(leadingNumber(text)));
}

/** The number that a text is as a whole, spaces around it aside; null for any other text and for infinite amounts. */
export function wholeNumber(text: string): number | null {
  const digits = IS_NUMBER.exec(text)?.[1];
  if (digits === undefined) return null;
  const number = Number(digits);
  return Number.isFinite(number) ? withoutNegativeZero(number) : null;
}

/**
 * The same text for all values that the platform holds equal: numbers compare as numbers (`"01"`, `"1.0"` and `"1"`),
 * everything else to the letter. Numbers too large to be told apart compare as texts.
 */
export function canonicalValue(text: string): string {
  const number = wholeNumber(text);
  return number === null || Math.abs(number) > Number.MAX_SAFE_INTEGER ? text : String(number);
}

/** `part` in percent of `whole`, rounded to an integer, halves away from zero; 0 when `whole` is not positive. */
export function percent(part: number, whole: number): number {
  if (whole <= 0) return 0;
  const exact = (part * 100) / whole;
  // Math.round alone would take -2.5 to -2.
  return withoutNegativeZero(Math.sign(exact) * Math.round(Math.abs(exact)));
}

function withoutNegativeZero(number: number): number {
  return number + 0;
}
