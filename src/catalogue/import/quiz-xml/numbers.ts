const INTEGER = /^ *[+-]?0*\d{1,15} *$/;
const DECIMAL = /^ *[+-]?0*\d{1,15}(?:\.\d{1,15})? *$/;

/** The whole number that a text is; null for any other text and for more than 15 digits. */
export function integer(text: string): number | null {
  return numberIn(INTEGER, text);
}

/** The number that a text is, with or without a fraction; null for any other text. */
export function decimal(text: string): number | null {
  return numberIn(DECIMAL, text);
}

function numberIn(form: RegExp, text: string): number | null {
  // The sum of a negative zero and 0 is 0.
  return form.test(text) ? Number(text) + 0 : null;
}
