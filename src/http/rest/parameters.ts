import type { Body } from './body.js';
import { RestError } from './rest-error.js';
import type { Tree } from './tree.js';

/** The parameters of one request, wherever it sent them; without a prototype. */
export type Parameters = Readonly<Record<string, unknown>>;

/**
 * Brings together what query, form and JSON say. A parameter of the query hides one of the same name in the body, also when
 * it is empty; with `bodyFirst` it is the other way about. A JSON null is no parameter.
 */
export function mergeParameters(query: Tree, { json, form }: Pick<Body, 'json' | 'form'>, bodyFirst: boolean): Parameters {
  const given = Object.fromEntries(Object.entries(json).filter(([, value]) => value !== null));
  const sources = bodyFirst ? [query, form, given] : [given, form, query];
  return Object.assign(Object.create(null) as object, ...sources) as Parameters;
}

/** A text parameter; null when it is missing. As in PHP, "" and "0" count as missing, and nothing is trimmed. */
export function textOf(parameters: Parameters, name: string): string | null {
  const value = parameters[name];
  return typeof value === 'string' && value !== '' && value !== '0' ? value : null;
}

/** How much of a parameter an error repeats, in UTF-16 units: more tells nobody more. */
export const ECHO_LENGTH = 255;

/** A parameter as an error repeats it. */
export function echo(text: string): string {
  return text.length > ECHO_LENGTH ? `${text.slice(0, ECHO_LENGTH).toWellFormed()}…` : text;
}

/** A text parameter that has to be there. */
export function requiredText(parameters: Parameters, name: string, missing = requiredParameter): string {
  const text = textOf(parameters, name);
  if (text === null) throw new RestError(400, missing(name));
  return text;
}

/** The most frequent wording of the documents. */
export function requiredParameter(name: string): string {
  return `The required "${name}" parameter is missing.`;
}

/** How v3 says it of keys and tokens; clients may compare the text, its last character included. */
export function missingParameter(name: string): string {
  return `Missing the required parameter "${name}".'`;
}
