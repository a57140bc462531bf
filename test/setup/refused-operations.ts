import { expect } from '@jest/globals';
import { statementsOf } from './count-statements.js';
import { expectUnharmed } from './refused-requests.js';
import { allRejections } from './rejections.js';
import type { GraphQLAnswer, TestServer } from './test-server.js';

/** What the error of a refused operation said. */
export interface ToldRefusal {
  readonly reason: string;
  readonly limit: number;
  readonly actual: number | null;
  readonly message: string;
}

/** Sends an operation that has to be refused by a limit: told, counted once by its reason, without a word to the database. */
export async function refused(server: TestServer, query: string, variables?: object, key?: string): Promise<ToldRefusal> {
  const before = await allRejections(server);
  let answer: GraphQLAnswer | undefined;
  const sent = await statementsOf(async () => (answer = await server.graphql(query, variables, key)));
  // A server reads the tests that were just published when it is told of them.
  expect(sent.filter((name) => !name.startsWith('catalogue-'))).toEqual([]);
  const { status, data, errors, headers } = answer!;
  expect({ status, data, errors: errors?.length }).toEqual({ status: 400, data: undefined, errors: 1 });
  const [{ message, extensions }] = errors as [NonNullable<typeof errors>[number]];
  const { reason, limit, actual } = extensions;
  expect(extensions).toEqual({ code: 'QUERY_TOO_COMPLEX', requestId: headers.get('x-request-id'), reason, limit, actual });
  expect(message).toContain(String(limit));
  expect(message).toContain(actual === null ? 'far too many' : String(actual));
  expect(await allRejections(server)).toEqual({ ...before, [reason!]: (before[reason!] ?? 0) + 1 });
  await expectUnharmed(server);
  return { reason: reason!, limit: limit!, actual: actual!, message };
}

/** The same, in short: by which reason, for how much, against which limit. */
export async function refusal(server: TestServer, query: string, variables?: object): Promise<[string, number | null, number]> {
  const { reason, actual, limit } = await refused(server, query, variables);
  return [reason, actual, limit];
}

/** Sends an operation that no limit refuses, however strange it is; the server is as well after it as before. */
export async function answered(server: TestServer, query: string, variables?: object, key?: string): Promise<GraphQLAnswer> {
  const before = await allRejections(server);
  const answer = await server.graphql(query, variables, key);
  expect(await allRejections(server)).toEqual(before);
  await expectUnharmed(server);
  return answer;
}

/** `count` texts in a row, each made of its number. */
export function times(count: number, text: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => text(index)).join(' ');
}
