import { GraphQLError } from 'graphql';
import type { OperationLimits } from './operation-limits.js';
import { type LimitRefusal, tooMuch } from './limit-refusal.js';

/** What refuses the text of a document, before it is parsed; null for one that may pass. */
export function judgeLines(text: string, { tokens }: OperationLimits): LimitRefusal | null {
  // No text has more lines than characters.
  if (text.length < tokens) return null;
  // Each error of a document tells its line, for which graphql-js counts all lines before it: seconds, for a million of them.
  let lines = 1;
  for (const _end of text.matchAll(/\r\n|[\n\r]/g)) {
    lines += 1;
    if (lines > tokens) break;
  }
  if (lines <= tokens) return null;
  return tooMuch('tokens', tokens, Infinity, (actual, limit) =>
    `The document has ${actual} lines, at most ${limit} are allowed: leave out those that are empty.`);
}

/** What refuses a document that could not be parsed; null for one that is no GraphQL. */
export function judgeUnparsed(error: Error, { tokens, depth }: OperationLimits): LimitRefusal | null {
  if (!(error instanceof GraphQLError)) {
    return tooMuch('depth', depth, Infinity, (actual, limit) =>
      `The document is nested ${actual} levels deep, at most ${limit} are allowed: ask for what is deeper in another request.`);
  }
  if (!error.message.endsWith('tokens. Parsing aborted.')) return null;
  return tooMuch('tokens', tokens, Infinity, (actual, limit) =>
    `The document has ${actual} tokens, at most ${limit} are allowed: send data as variables, and ask for less in one request.`);
}
