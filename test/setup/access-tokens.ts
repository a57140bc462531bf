import { ask } from './processes.js';
import { smallAnswers } from './small-tests.js';
import type { Json, TestClient } from './test-server.js';

const ISSUE = `mutation ($input: IssueAccessTokenInput!) { issueAccessToken(input: $input) {
  __typename ... on IssueAccessTokenSuccess { token expiresAt } ... on Problem { code message } } }`;
const SAVE = `mutation ($input: SaveProgressInput!) { saveProgress(input: $input) {
  __typename ... on SaveProgressSuccess { resultKey replayed attachment { attached problem message } }
  ... on Problem { code message } ... on AccessTokenInvalidProblem { fault } } }`;

/** Asks for an access token, and gives the outcome; the message of a top-level error is thrown. */
export async function issue(client: TestClient, input: object = {}): Promise<Json> {
  const { data, errors } = await client.graphql(ISSUE, { input: { test: 'free', ...input } });
  if (errors) throw new Error(`${errors[0]?.extensions.code}: ${errors[0]?.message}`);
  return data.issueAccessToken;
}

/** An access token of the client. */
export async function tokenOf(client: TestClient, input: object = {}): Promise<string> {
  return (await issue(client, input)).token;
}

/** Saves answers to a small test as a browser does that has a token in the place of a client key. */
export async function saveBy(url: string, token: string, input: object = {}): Promise<Json> {
  const { data, errors } = await ask(url, SAVE, { input: { test: 'free', answers: smallAnswers, ...input } }, token);
  if (errors) throw new Error(`${errors[0]?.extensions.code}: ${errors[0]?.message}`);
  return data.saveProgress;
}
