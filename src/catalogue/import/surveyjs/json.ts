export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether SurveyJS reads a property as not being there. */
export function isAbsent(value: unknown): value is undefined | null | '' {
  return value === undefined || value === null || value === '';
}

/** A single value as text; null for whatever is not one, also for a number that JSON writes but nobody can. */
export function scalarText(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return typeof value === 'boolean' || Number.isFinite(value) ? String(value) : null;
}

/** How much of a text is repeated in a message. */
const ECHO_LENGTH = 64;

/** A text of the file for a message: in quotes, cut, and without anything that a terminal obeys. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > ECHO_LENGTH ? `${text.slice(0, ECHO_LENGTH)}…` : text);
}
