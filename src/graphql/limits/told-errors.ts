import type { GraphQLFormattedError } from 'graphql';

/**
 * The errors that an answer tells: at most `limit`, each once that concerns no field of the data, and one more that counts
 * those left out, if any are.
 */
export function toldErrors(errors: readonly GraphQLFormattedError[], limit: number): readonly GraphQLFormattedError[] {
  const said = new Set<string>();
  const different = errors.filter(({ path, message }) => path !== undefined || !(said.has(message) || !said.add(message)));
  const told = different.slice(0, limit);
  const leftOut = errors.length - told.length;
  if (leftOut === 0) return errors;
  const { extensions } = told.at(-1)!;
  // What graphql-js says last when it stops looking for more.
  const atLeast = errors.at(-1)!.message.startsWith('Too many') ? 'at least ' : '';
  return [...told, { message: `Errors left out: ${atLeast}${leftOut}. Mend those above first.`, ...(extensions ? { extensions } : {}) }];
}
