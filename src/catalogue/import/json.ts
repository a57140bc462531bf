export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value of a JSON text, or in one line why it has none. */
export type ParsedJson =
  | { readonly value: unknown; readonly reason: null }
  | { readonly value: null; readonly reason: string };

const BYTE_ORDER_MARK = /^\uFEFF/;

/** Parses JSON, with or without a byte order mark. */
export function parseJson(text: string): ParsedJson {
  try {
    return { value: JSON.parse(text.replace(BYTE_ORDER_MARK, '')), reason: null };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    // The parser quotes the text with its line breaks, and with all that a terminal obeys.
    return { value: null, reason: error.message.replace(/[\s\p{Cc}]+/gu, ' ') };
  }
}
