import type { OperationLimits } from './operation-limits.js';
import { type LimitRefusal, tooMuch } from './limit-refusal.js';

/** How many fields an object among arguments and variables may have: what is wrong with one is told with all of it. */
export const OBJECT_FIELDS = 100;

/** How many lists and objects the variables may hold in all: an answer to the longest test has two thousand. */
const VALUE_LIMIT = 10_000;

/** How many times longer than what was sent JSON may be at most: `1e20` is written out. */
const LONGEST_BY = 6;

/**
 * What refuses variables as they came, before anything is made of them; null for those that may pass.
 *
 * @param sentBytes how long the request was that they came with
 */
export function judgeVariables(
  variables: object, sentBytes: number, { depth, listLength, variableBytes }: OperationLimits,
): LimitRefusal | null {
  // Level by level: what is nested a million deep is never followed.
  let level: readonly object[] = [variables];
  let values = 0;
  for (let at = 0; level.length > 0; at += 1) {
    if (at > depth) return tooDeep(depth, Infinity);
    const long = level.find((value) => Array.isArray(value) && value.length > listLength) as readonly unknown[] | undefined;
    if (long) return tooLong(listLength, long.length);
    for (const value of level) {
      const fields = Array.isArray(value) ? 0 : Object.keys(value).length;
      if (fields > OBJECT_FIELDS) return tooWide(fields);
    }
    values += level.length;
    if (values > VALUE_LIMIT) return tooMany(values);
    level = objectsIn(level);
  }
  if (sentBytes * LONGEST_BY <= variableBytes) return null;
  const bytes = Buffer.byteLength(JSON.stringify(variables));
  return bytes > variableBytes ? tooLarge(variableBytes, bytes) : null;
}

function objectsIn(level: readonly object[]): readonly object[] {
  const objects: object[] = [];
  for (const value of level) {
    for (const inner of Object.values(value) as unknown[]) if (typeof inner === 'object' && inner !== null) objects.push(inner);
  }
  return objects;
}

/** Lists and objects nested too deeply, in variables or in the document. */
export function tooDeep(limit: number, depth: number): LimitRefusal {
  return tooMuch('depth', limit, depth, (actual, most) =>
    `Lists and objects of an argument or a variable are nested ${actual} levels deep, at most ${most} are allowed: no argument here needs more.`);
}

/** A list with too many items, in variables or in the document. */
export function tooLong(limit: number, length: number): LimitRefusal {
  return tooMuch('list_length', limit, length, (actual, most) =>
    `A list of an argument or a variable has ${actual} items, at most ${most} are allowed: send it in parts.`);
}

/** An object with too many fields, in variables or in the document. */
export function tooWide(fields: number): LimitRefusal {
  return tooMuch('list_length', OBJECT_FIELDS, fields, (actual, most) =>
    `An object of an argument or a variable has ${actual} fields, at most ${most} are allowed: no argument here takes more.`);
}

function tooMany(values: number): LimitRefusal {
  return tooMuch('list_length', VALUE_LIMIT, values, (actual, most) =>
    `The variables hold ${actual} lists and objects or more, at most ${most} are allowed: send them in several requests.`);
}

function tooLarge(limit: number, bytes: number): LimitRefusal {
  return tooMuch('variables', limit, bytes, (actual, most) =>
    `The variables have ${actual} bytes, at most ${most} are allowed: send them in several requests.`);
}
