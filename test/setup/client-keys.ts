import { ask } from './processes.js';
import type { Json } from './test-server.js';

/** Everything of a key. */
export const KEY_FIELDS = 'id hint createdAt lastUsedAt expiresAt current';

const ROTATE = `mutation ($input: RotateClientKeyInput!) { rotateClientKey(input: $input) {
  __typename ... on RotateClientKeySuccess { key clientKey { ${KEY_FIELDS} } replaced { ${KEY_FIELDS} } }
  ... on Problem { code message } ... on KeyLimitReachedProblem { limit } } }`;
const REVOKE = `mutation ($input: RevokeClientKeyInput!) { revokeClientKey(input: $input) {
  __typename ... on RevokeClientKeySuccess { clientKey { ${KEY_FIELDS} } replayed } ... on Problem { code message } } }`;

/** Replaces a key by itself, and gives the outcome; the code of a top-level error is thrown. */
export async function rotate(url: string, key: string, graceSeconds?: number | null): Promise<Json> {
  return (await answered(url, ROTATE, { input: graceSeconds === undefined ? {} : { graceSeconds } }, key)).rotateClientKey;
}

/** Revokes the key with this id by a key, and gives the outcome; the code of a top-level error is thrown. */
export async function revoke(url: string, key: string, keyId: string): Promise<Json> {
  return (await answered(url, REVOKE, { input: { keyId } }, key)).revokeClientKey;
}

/** The living keys of the client whose key it is, newest first; the code of a top-level error is thrown. */
export async function keysOf(url: string, key: string): Promise<Json[]> {
  return (await answered(url, `{ viewer { keys { ${KEY_FIELDS} } } }`, {}, key)).viewer.keys;
}

/** What becomes of a call: the type of its outcome, the code of a problem, or of a top-level error. */
export async function ending(call: Promise<Json>): Promise<string> {
  return call.then(({ __typename, code }) => code ?? __typename, (error: unknown) => (error as Error).message);
}

async function answered(url: string, query: string, variables: object, key: string): Promise<Json> {
  const { data, errors } = await ask(url, query, variables, key);
  if (errors) throw new Error(errors[0]?.extensions.code);
  return data;
}
