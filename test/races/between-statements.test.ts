import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { changeClient } from '../../src/clients/index.js';
import { saveBy, tokenOf } from '../setup/access-tokens.js';
import { beforeUse } from '../setup/before-use.js';
import { ask } from '../setup/processes.js';
import { smallAnswers } from '../setup/small-tests.js';
import { startTestServer, type TestServer } from '../setup/test-server.js';
import { until } from '../setup/until.js';
import { whileHeld } from '../setup/while-held.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const SAVE = `mutation ($input: SaveProgressInput!) { saveProgress(input: $input) {
  __typename ... on SaveProgressSuccess { resultKey result { key } } ... on Problem { code } } }`;
const ATTACH = `mutation ($input: AttachResultInput!) { attachResult(input: $input) {
  __typename ... on AttachResultSuccess { replayed result { key } } ... on Problem { code } } }`;
const emptied = (resultKey: string) => ['update result set answers = null, calculation = null, idempotency_key = null, request_digest = null where id = $1', [resultKey]] as const;
const erasedRightAfter = [expect.objectContaining({
  message: 'This was done, but the result was erased right after.', extensions: expect.objectContaining({ code: 'BAD_USER_INPUT' }),
})];

describe('a result that is erased between the mutation and the reading of its result', () => {
  it('is told of after an attach', async () => {
    const client = await server.client();
    const resultKey = await server.save();
    const input = { resultKey, userId: 'person' };
    const answer = await beforeUse(server, 'result', 2, () => client.graphql(ATTACH, { input }), [emptied(resultKey)]);
    expect(answer).toMatchObject({ data: null, errors: erasedRightAfter });
    expect((await server.holdings(client)).attached).toBe(1);
  });

  it('is told of after the repeat of a save', async () => {
    const input = { test: 'free', answers: smallAnswers, idempotencyKey: randomUUID() };
    const { resultKey } = (await server.graphql(SAVE, { input })).data.saveProgress;
    const answer = await beforeUse(server, 'result', 2, () => server.graphql(SAVE, { input }), [emptied(resultKey)]);
    expect(answer).toMatchObject({ data: null, errors: erasedRightAfter });
    expect((await server.graphql(SAVE, { input })).data.saveProgress).toEqual({ __typename: 'IdempotencyKeyReusedProblem', code: 'IDEMPOTENCY_KEY_REUSED' });
  });
});

describe('a repeat with an access token', () => {
  it('is no success when the result is erased meanwhile with another user who had got it', async () => {
    const client = await server.client({ licenseLimit: 0 });
    const token = await tokenOf(client, { userId: 'person' });
    const { resultKey } = await saveBy(server.url, token);
    await changeClient(server.app.services.database, client.slug, { licenseLimit: 5 });
    await client.attach(resultKey, 'another person');

    const waiting = (count: number) => until(`${count} wait`, async () => (await server.sql(
      "select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()")).length === count);
    const [erased, repeated] = await whileHeld(server, 'client', client, async () => {
      const erasing = client.graphql('mutation { eraseUser(input: { userId: "another person" }) { __typename } }');
      await waiting(1);
      const repeating = saveBy(server.url, token);
      await waiting(2);
      return [erasing, repeating];
    });
    expect(erased).toMatchObject({ value: { data: { eraseUser: { __typename: 'EraseUserSuccess' } } } });
    expect(repeated).toMatchObject({ value: { code: 'ACCESS_TOKEN_INVALID', fault: 'USED' } });
    expect(await saveBy(server.url, token)).toMatchObject({ code: 'ACCESS_TOKEN_INVALID', fault: 'USED' });
  });

  it('shows the result with its user, also where an earlier field of the request has read it without', async () => {
    const client = await server.client({ licenseLimit: 0 });
    const token = await tokenOf(client, { test: 'paid', userId: 'person' });
    const fields = '{ ... on SaveProgressSuccess { attachment { attached } result { reportAvailability } } }';
    const twice = `mutation ($input: SaveProgressInput!) { refused: saveProgress(input: $input) ${fields} attached: saveProgress(input: $input) ${fields} }`;
    const input = { test: 'paid', answers: smallAnswers };
    // First it is inserted, and then read.
    const { data } = await beforeUse(server, 'result', 2, () => ask(server.url, twice, { input }, token), [
      ['update client set license_limit = 5 where id = $1', [client.id]],
    ]);
    expect(data).toEqual({
      refused: { attachment: { attached: false }, result: { reportAvailability: 'USER_REQUIRED' } },
      attached: { attachment: { attached: true }, result: { reportAvailability: 'AVAILABLE' } },
    });
  });
});
