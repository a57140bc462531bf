const INTEGER = /^ *[+-]?0*\d{1,15} *$/;
const DECIMAL = /^ *[+-]?0*\d{1,15}(?:\.\d{1,15})? *$/;

/** The whole number that a text is; null for any other text and for more than 15 digits. */
export function integer(text: string): number | null {
  return INTEGER.test(text) ? withoutNegativeZero(Number(text)) : null;
}

/** The number that a text is, with or without a fraction; null for any other text. */
export function decimal(text: string): number | null {
  return DECIMAL.test(text) ? withoutNegativeZero(Number(text)) : null;
}

function withoutNegativeZero(number: number): number {
  return number + 0;
}
