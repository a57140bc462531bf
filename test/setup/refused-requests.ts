import { expect } from '@jest/globals';
import type { RejectionReason } from '../../src/observability/index.js';
import { type RawAnswer, type RawRequest, sendRaw } from './raw-request.js';
import { rejections } from './rejections.js';
import type { TestServer } from './test-server.js';

/** The path of GraphQL, for raw requests. */
export const PATH = '/graphql';
/** A query that anybody may ask. */
export const SLUG = '{ test(slug: "free") { slug } }';

const json = { 'content-type': 'application/json' };

/** A POST of JSON to GraphQL, as text or bytes. */
export const posted = (body: string | Buffer, headers: Readonly<Record<string, string>> = {}): RawRequest =>
  ({ method: 'POST', path: PATH, headers: { ...json, ...headers }, body });

/** What a request is refused with. */
export interface Refused {
  readonly status: number;
  /** Under what it is counted. */
  readonly reason: RejectionReason;
  /** What the sender is told. */
  readonly message: RegExp;
}

/** A request that cannot be read. */
export const malformed = (message: RegExp): Refused => ({ status: 400, reason: 'malformed', message });

/** Sends a request that has to be refused, told so in the shape of GraphQL, and counted once. */
export async function expectRefused(server: TestServer, request: RawRequest, { status, reason, message }: Refused): Promise<RawAnswer> {
  const before = await rejections(server, reason);
  const answer = await sendRaw(server.url, request);
  expectTold(answer, status, message);
  expect(await rejections(server, reason)).toBe(before + 1);
  return answer;
}

/** Holds for every refusal: one error with a code and the id of the request, no data, nothing internal. */
export function expectTold({ status, headers, text }: RawAnswer, wanted: number, message: RegExp): void {
  expect({ status, text }).toEqual({ status: wanted, text: expect.stringMatching(message) });
  expect(headers['content-type']).toMatch(/^application\/(graphql-response\+)?json/);
  expect(JSON.parse(text)).toEqual({
    errors: [expect.objectContaining({ message: expect.stringMatching(message), extensions: { code: 'BAD_USER_INPUT', requestId: headers['x-request-id'] } })],
  });
  expect(text).not.toMatch(/node_modules|stack|\.[jt]s:\d/);
}

/** After all, a good request is answered as ever. */
export async function expectUnharmed(server: TestServer): Promise<void> {
  expect(await server.graphql(SLUG)).toMatchObject({ status: 200, data: { test: { slug: 'free' } } });
}
