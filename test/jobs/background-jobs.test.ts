import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { ENDED_KEY_KEPT_MS, USED_TOKEN_KEPT_MS } from '../../src/clients/index.js';
import { backgroundJobs, runJobs } from '../../src/jobs/index.js';
import { namedQueriesOf, statementsOf } from '../setup/count-statements.js';
import { scansOf } from '../setup/explain.js';
import { startTestServer, type TestClient, type TestServer } from '../setup/test-server.js';
import { until } from '../setup/until.js';

let server: TestServer;
let client: TestClient;
beforeAll(async () => {
  server = await startTestServer();
  client = await server.client({ licenseLimit: 100 });
});
afterAll(() => server.close());
beforeEach(async () => {
  await server.sql('delete from result');
  await server.sql('delete from access_token');
});

const NOW = new Date('2027-03-01T12:00:00.000Z');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ago = (ms: number): Date => new Date(NOW.getTime() - ms);

/** Runs one job as if it were `NOW`, and gives how much it did. */
async function run(name: string, resultRetentionDays = 90): Promise<number> {
  const jobs = backgroundJobs(server.app.services.database, { resultRetentionDays }, () => NOW);
  const runs = await runJobs(server.app.services.database, jobs.filter((job) => job.name === name), new AbortController().signal);
  expect(runs).toEqual([{ job: name, done: expect.any(Number), error: null }]);
  return runs![0]!.done!;
}

/** Stores results of the free test, and gives their keys. */
async function results(count: number, savedAt: Date, owner: { clientId: string; userId: string } | null = null): Promise<string[]> {
  const keys = Array.from({ length: count }, () => randomUUID());
  await server.sql(`
    insert into result (id, test_id, revision_number, answers, calculation, saved_at, client_id, user_id, attached_at)
    select key, (select id from test where slug = 'free'), 1, '[]', '{}', $2::timestamptz, $3::uuid, $4::uuid,
           case when $4::uuid is not null then $2::timestamptz end
      from unnest($1::uuid[]) as key`, [keys, savedAt, owner?.clientId ?? null, owner?.userId ?? null]);
  return keys;
}

const stored = async (): Promise<string[]> => (await server.sql<{ id: string }>('select id from result order by id')).map(({ id }) => id);

describe('results that nobody attached', () => {
  it('are deleted in batches when they are old, and no other ones', async () => {
    const { user } = await client.register('person');
    const owner = { clientId: client.id, userId: user.key };
    await results(1_200, ago(91 * DAY));
    const kept = [...await results(3, ago(91 * DAY), owner), ...await results(3, ago(DAY), owner), ...await results(3, ago(89 * DAY))];
    let done = 0;
    const sent = await statementsOf(async () => (done = await run('unattached-results')));
    expect(done).toBe(1_200);
    expect(sent.filter((name) => name === 'results-unattached')).toHaveLength(3);
    expect(await stored()).toEqual(kept.sort());
    expect(await run('unattached-results')).toBe(0);
  });

  it.each([[1], [90], [3_650]])('are kept for %i days, to the millisecond', async (days) => {
    const [young] = await results(1, ago(days * DAY - 1));
    await results(1, ago(days * DAY));
    expect(await run('unattached-results', days)).toBe(1);
    expect(await stored()).toEqual([young]);
  });

  it('are found by their index, however many are attached', async () => {
    const { user } = await client.register('person');
    await results(5_000, ago(91 * DAY), { clientId: client.id, userId: user.key });
    await server.sql('analyze result');
    await expectIndexed('unattached-results', 'results-unattached', 'result');
  });

  it('are deleted by their keys, also where there were none when the table was last looked at', async () => {
    const { user } = await client.register('person');
    await results(5_000, ago(91 * DAY), { clientId: client.id, userId: user.key });
    await server.sql('vacuum analyze result');
    await results(1_000, ago(91 * DAY));
    const sent = await namedQueriesOf(() => run('unattached-results'));
    const { text, values } = sent.find(({ name }) => name === 'result-delete-unattached')!;
    const plan = JSON.stringify(await server.sql(`explain ${text}`, values));
    expect(plan).toContain('result_pkey');
    expect(plan).not.toContain('result_of_nobody');
  });

  it('are all deleted but one that somebody holds', async () => {
    const [held] = await results(1_200, ago(91 * DAY));
    const holder = await holding(`select from result where id = '${held!}' for update`);
    expect(await run('unattached-results')).toBe(1_199);
    await holder.letGo();
    expect(await stored()).toEqual([held]);
    expect(await run('unattached-results')).toBe(1);
  });

  it('are gone for everybody afterwards', async () => {
    const key = await server.save();
    await server.sql('update result set saved_at = $2 where id = $1', [key, ago(90 * DAY)]);
    expect(await run('unattached-results')).toBe(1);
    expect(await client.attach(key, 'too late')).toMatchObject({ code: 'RESULT_NOT_FOUND' });
    expect((await server.graphql('query ($key: UUID!) { result(key: $key) { key } }', { key })).data).toEqual({ result: null });
    expect((await fetch(new URL(`/results/${key}.json`, server.url))).status).toBe(404);
  });

  it('are left alone while an attach is under way, which then succeeds', async () => {
    const [held] = await results(2, ago(100 * DAY));
    const holder = await holding('lock table license in share mode');
    const attaching = client.attach(held!, 'in time');
    await until('the attach waits with the result in its hand', () => someoneWaits());
    expect(await run('unattached-results')).toBe(1);
    await holder.letGo();
    expect(await attaching).toMatchObject({ __typename: 'AttachResultSuccess', licenseIssued: true });
    expect(await stored()).toEqual([held]);
  });

  it('are unknown to an attach that comes while they are being deleted', async () => {
    const [key] = await results(1, ago(100 * DAY));
    // As the job does it, but not committed yet.
    const holder = await holding('delete from result');
    const attaching = client.attach(key!, 'late');
    await until('the attach waits for the result', () => someoneWaits());
    await holder.letGo();
    expect(await attaching).toMatchObject({ code: 'RESULT_NOT_FOUND' });
  });

  it('are deleted or attached, never both, when 300 are attached while the job runs', async () => {
    const keys = await results(300, ago(100 * DAY));
    const rich = await server.client({ payment: 'postpaid' });
    const attaching = Promise.all(keys.map((key, index) => rich.attach(key, `person ${index % 50}`)));
    await until('some are attached', async () => (await server.holdings(rich)).attached > 0);
    const deleted = await run('unattached-results');
    const answers = await attaching;
    const attached = answers.filter(({ __typename }) => __typename === 'AttachResultSuccess').length;
    expect(answers.filter(({ code }) => code === 'RESULT_NOT_FOUND')).toHaveLength(300 - attached);
    expect(attached + deleted).toBe(300);
    expect((await server.holdings(rich)).attached).toBe(attached);
  });
});

describe('access tokens', () => {
  type Token = readonly [what: string, expiresAt: Date, usedAt: Date | null, kept: boolean];
  const tokens: readonly Token[] = [
    ['that is good', ago(-DAY), null, true],
    ['that is good for a millisecond more', ago(-1), null, true],
    ['that expires now', NOW, null, false],
    ['that expired long ago', ago(DAY), null, false],
    ['that was used just now', ago(-HOUR), NOW, true],
    ['that was used almost an hour ago', ago(-HOUR), ago(USED_TOKEN_KEPT_MS - 1), true],
    ['that was used an hour ago', ago(-HOUR), ago(USED_TOKEN_KEPT_MS), false],
    ['that expires now and was used just before', NOW, ago(1), false],
  ];

  async function token(expiresAt: Date, usedAt: Date | null, count = 1): Promise<void> {
    await server.sql(`
      insert into access_token (client_id, id, hash, test_id, external_id, created_at, expires_at, used_at)
      select $1, gen_random_uuid(), sha256(gen_random_uuid()::text::bytea), id, 'person', $2::timestamptz - interval '1 day', $2, $3
        from test, generate_series(1, $4) where slug = 'free'`, [client.id, expiresAt, usedAt, count]);
  }

  it.each(tokens)('one %s is treated so', async (_what, expiresAt, usedAt, kept) => {
    await token(expiresAt, usedAt);
    expect(await run('access-tokens')).toBe(kept ? 0 : 1);
    expect(await server.sql('select 1 from access_token')).toHaveLength(kept ? 1 : 0);
  });

  it('are deleted in batches', async () => {
    await token(ago(DAY), null, 700);
    await token(ago(-DAY), ago(2 * HOUR), 500);
    await token(ago(-DAY), null, 3);
    const sent = await statementsOf(() => run('access-tokens'));
    expect(sent.filter((name) => name === 'tokens-spent')).toHaveLength(3);
    expect(await server.sql('select 1 from access_token')).toHaveLength(3);
  });

  it('are found by their indexes, however many are good', async () => {
    await token(ago(-DAY), null, 5_000);
    await server.sql('analyze access_token');
    await expectIndexed('access-tokens', 'tokens-spent', 'access_token');
  });
});

describe('client keys', () => {
  it.each([
    ['that lives on', null, true],
    ['that will end', ago(-DAY), true],
    ['that has just ended', NOW, true],
    ['that ended almost 90 days ago', ago(ENDED_KEY_KEPT_MS - 1), true],
    ['that ended 90 days ago', ago(ENDED_KEY_KEPT_MS), false],
    ['that ended years ago', ago(900 * DAY), false],
  ] as [string, Date | null, boolean][])('one %s is treated so', async (_what, expiresAt, kept) => {
    const owner = await server.client();
    await server.sql(`
      insert into client_key (client_id, id, hash, hint, created_at, expires_at)
      values ($1, gen_random_uuid(), sha256(gen_random_uuid()::text::bytea), 'hint', $2, $3)`, [owner.id, ago(1_000 * DAY), expiresAt]);
    const keys = 'select hint from client_key where client_id = $1 order by created_at';
    const [, lives] = await server.sql<{ hint: string }>(keys, [owner.id]);
    expect(await run('client-keys')).toBe(kept ? 0 : 1);
    expect(await server.sql(keys, [owner.id])).toEqual(kept ? [{ hint: 'hint' }, lives] : [lives]);
    expect((await owner.graphql('{ viewer { slug } }')).data).toEqual({ viewer: { slug: owner.slug } });
    await server.sql("delete from client_key where hint = 'hint'");
  });
});

describe('what was counted of budgets', () => {
  it('is deleted when its window has ended, and not before', async () => {
    const windows = [['address:ended', NOW.getTime()], ['address:open', NOW.getTime() + 1]] as const;
    for (const [key, end] of windows) await server.sql('insert into rate_limit values ($1, 5, $2)', [key, end]);
    expect(await run('rate-limits')).toBe(1);
    expect(await server.sql('select key from rate_limit')).toEqual([{ key: 'address:open' }]);
  });

  it('is found by its index, however many windows are open', async () => {
    await server.sql("insert into rate_limit select 'address:' || n, 1, $1::bigint + n from generate_series(1, 5000) as n", [NOW.getTime()]);
    await server.sql('analyze rate_limit');
    await expectIndexed('rate-limits', 'rate-limits-delete-ended', 'rate_limit');
  });
});

it('every job is named once and described', () => {
  const jobs = backgroundJobs(server.app.services.database, { resultRetentionDays: 90 }, () => NOW);
  expect(jobs.map(({ name }) => name)).toEqual(['unattached-results', 'access-tokens', 'client-keys', 'rate-limits']);
  for (const { description } of jobs) expect(description).toMatch(/^deletes /);
});

/** Expects that the statement which the job sends, planned for its own times, finds by indexes what it deletes. */
async function expectIndexed(job: string, statement: string, table: string): Promise<void> {
  const sent = await namedQueriesOf(() => run(job));
  const { custom } = await scansOf(server.databaseUrl, sent.find(({ name }) => name === statement)!);
  expect(custom[table]?.filter((scan) => scan.includes('Index') || scan.includes('Bitmap'))).not.toHaveLength(0);
  expect(custom[table]).not.toContain('Seq Scan');
}

/** A transaction that holds what it has done or locked until it is let go. */
async function holding(sql: string): Promise<{ letGo(): Promise<void> }> {
  const holder = new pg.Client({ connectionString: server.databaseUrl });
  await holder.connect();
  await holder.query('begin');
  await holder.query(sql);
  return {
    async letGo() {
      await holder.query('commit');
      await holder.end();
    },
  };
}

/** Whether a session waits for a lock. */
async function someoneWaits(): Promise<boolean> {
  const waiting = await server.sql(`
    select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and pid <> pg_backend_pid()`);
  return waiting.length > 0;
}
