import { describe, expect, it } from '@jest/globals';
import { encodings, refusal, type RestCaller } from './rest-calls.js';

/** Parameters with at least one fault, and what is told of the first. What is known only later is a function. */
export type RefusedRow = readonly [
  what: string, parameters: object | (() => object), status: number, message: string | (() => string),
];

/**
 * Tests that an address tells the first fault in the order of the rows, whatever else is wrong, and that it does so by all of
 * its methods and however the parameters are sent.
 */
export function refusesInOrder(
  call: () => RestCaller, methods: readonly ('GET' | 'POST' | 'PUT')[], path: string, rows: readonly RefusedRow[],
): void {
  const ways = methods.flatMap((method) => Object.entries(encodings)
    .filter(([where]) => method !== 'GET' || where === 'query')
    .map(([where, encoded]) => ({ ask: `${method} ${path}`, where, encoded })));

  describe(`${methods.join(', ')} ${path} refuses`, () => {
    it.each(rows)('%s', async (_what, parameters, status, message) => {
      const said = typeof message === 'string' ? message : message();
      const sent = typeof parameters === 'function' ? (parameters as () => object)() : parameters;
      for (const { ask, where, encoded } of ways) {
        expect([ask, where, ...refusal(await call()(ask, encoded(sent)))]).toEqual([ask, where, status, said]);
      }
    });
  });
}
