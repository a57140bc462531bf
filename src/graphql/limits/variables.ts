import type { OperationLimits } from './operation-limits.js';
import { type Refusal, tooMuch } from './refusal.js';

/** What refuses variables as they came, before anything is made of them; null for those that may pass. */
export function judgeVariables(variables: object, { depth, listLength, variableBytes }: OperationLimits): Refusal | null {
  // Level by level: what is nested a million deep is never followed.
  let level: readonly object[] = [variables];
  for (let at = 0; level.length > 0; at += 1) {
    if (at > depth) return tooDeep(depth, Infinity);
    const long = level.find((value) => Array.isArray(value) && value.length > listLength) as readonly unknown[] | undefined;
    if (long) return tooLong(listLength, long.length);
    level = level.flatMap((value) => Object.values(value).filter((inner): inner is object => typeof inner === 'object' && inner !== null));
  }
  const bytes = Buffer.byteLength(JSON.stringify(variables));
  return bytes > variableBytes ? tooLarge(variableBytes, bytes) : null;
}

/** Lists and objects nested too deeply, in variables or in the document. */
export function tooDeep(limit: number, depth: number): Refusal {
  return tooMuch('depth', limit, depth, (actual, most) =>
    `Lists and objects of an argument or a variable are nested ${actual} levels deep, at most ${most} are allowed: no argument here needs more.`);
}

/** A list with too many items, in variables or in the document. */
export function tooLong(limit: number, length: number): Refusal {
  return tooMuch('list_length', limit, length, (actual, most) =>
    `A list of an argument or a variable has ${actual} items, at most ${most} are allowed: send it in parts.`);
}

function tooLarge(limit: number, bytes: number): Refusal {
  return tooMuch('variables', limit, bytes, (actual, most) =>
    `The variables have ${actual} bytes, at most ${most} are allowed: send them in several requests.`);
}
