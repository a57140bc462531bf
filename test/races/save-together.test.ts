import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { statementsOf } from '../setup/count-statements.js';
import { smallAnswers } from '../setup/small-tests.js';
import { startTestServer, type TestServer } from '../setup/test-server.js';
import { together } from '../setup/together.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

/** Saves past HTTP, so that all that are asked for in one moment are there in one moment. */
const save = (idempotencyKey: string | null = null, test = 'free') => server.app.services.saveProgress.execute({
  test, idempotencyKey, accessToken: null, revision: null, respondent: null,
  answers: smallAnswers.map(({ questionId, values }) => ({ questionId, values })),
});

const stored = (keys: readonly string[]): Promise<{ id: string; answers: unknown; sum: unknown }[]> =>
  server.sql(`select id, answers, calculation from result where id = any($1) order by array_position($1::uuid[], id)`, [keys]);

describe('saves at the same time', () => {
  it('are inserted by a few statements, each whole and in its place', async () => {
    let keys: string[] = [];
    const sent = await statementsOf(async () => {
      const outcomes = await together(60, () => save());
      keys = outcomes.map((outcome) => (outcome.kind === 'SAVED' ? outcome.resultKey : outcome.kind));
    });
    // Two that came first, and all who came meanwhile.
    expect(sent.filter((name) => name === 'result-insert')).toHaveLength(3);
    expect(new Set(keys).size).toBe(60);
    const rows = await stored(keys);
    expect(rows.map(({ id }) => id)).toEqual(keys);
    const [one] = await stored([(await server.save())]);
    for (const row of rows) expect({ ...row, id: '' }).toEqual({ ...one, id: '' });
  });

  it('under one idempotency key are one result', async () => {
    const key = randomUUID();
    const outcomes = await together(40, (index) => save(index % 4 === 0 ? null : key));
    const repeated = outcomes.filter((_, index) => index % 4 !== 0);
    expect(new Set(repeated.map((outcome) => (outcome.kind === 'SAVED' ? outcome.resultKey : outcome.kind))).size).toBe(1);
    expect(repeated.filter((outcome) => outcome.kind === 'SAVED' && !outcome.replayed)).toHaveLength(1);
    const others = outcomes.filter((_, index) => index % 4 === 0);
    expect(others.every((outcome) => outcome.kind === 'SAVED' && !outcome.replayed)).toBe(true);
    expect(await server.sql('select id from result where idempotency_key = $1', [key])).toHaveLength(1);
  });

  it('are not spoilt by one that the database refuses', async () => {
    const [{ id }] = await server.sql<{ id: string }>(`select id from test where slug = 'paid'`) as [{ id: string }];
    await server.sql(`alter table result add constraint no_spoilers check (test_id <> '${id}') not valid`);
    const ended = await Promise.allSettled(Array.from({ length: 30 }, (_, index) => save(null, index === 17 ? 'paid' : 'free')));
    expect(ended.map(({ status }) => status)).toEqual(ended.map((_, index) => (index === 17 ? 'rejected' : 'fulfilled')));
    const keys = ended.flatMap((one) => (one.status === 'fulfilled' && one.value.kind === 'SAVED' ? [one.value.resultKey] : []));
    expect(await stored(keys)).toHaveLength(29);
  });
});
