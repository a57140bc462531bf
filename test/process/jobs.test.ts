import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { advisoryLock } from '../../src/database/index.js';
import { cells, useCommands } from '../setup/commands.js';
import { killAll, PATIENT, runCli, type ServerProcess, startServer, until } from '../setup/processes.js';
import type { Json } from '../setup/test-server.js';

const { environment, result, json, refusal, sql } = useCommands();

const NAMES = ['unattached-results', 'access-tokens', 'client-keys', 'rate-limits'];

/** A session beside the commands. */
async function connected(): Promise<pg.Client> {
  const session = new pg.Client({ connectionString: environment()['DATABASE_URL'] });
  await session.connect();
  return session;
}

/** Stores results that nobody has attached for 100 days. */
async function oldResults(count: number): Promise<void> {
  await sql(`
    insert into result (id, test_id, revision_number, answers, calculation, saved_at)
    select gen_random_uuid(), t.id, 1, '[]', '{}', now() - interval '100 days'
      from test t, generate_series(1, $1) where t.slug = 'work-values'`, [count]);
}

async function resultsLeft(): Promise<number> {
  const [row] = await sql<{ count: number }>('select count(*)::int as count from result');
  return row!.count;
}

describe('jobs list', () => {
  it('names and describes every job, as a table and as JSON', async () => {
    const listed = await json(['jobs', 'list', '--json']);
    expect(listed.map(({ name }: Json) => name)).toEqual(NAMES);
    expect(cells(await result(['jobs', 'list'])))
      .toEqual([['name', 'description'], ...listed.map(({ name, description }: Json) => [name, description])]);
  });
});

describe('jobs run', () => {
  it('runs every job and tells how much was done', async () => {
    await oldResults(510);
    expect(await json(['jobs', 'run', '--json'])).toEqual(NAMES.map((job, index) => ({ job, done: index === 0 ? 510 : 0, error: null })));
    expect(await resultsLeft()).toBe(0);
    expect(cells(await result(['jobs', 'run']))).toEqual([['job', 'done'], ...NAMES.map((name) => [name, '0'])]);
  });

  it('runs one job alone', async () => {
    await oldResults(2);
    expect(await json(['jobs', 'run', 'access-tokens', '--json'])).toEqual([{ job: 'access-tokens', done: 0, error: null }]);
    expect(await json(['jobs', 'run', 'unattached-results', '--json'])).toEqual([{ job: 'unattached-results', done: 2, error: null }]);
  });

  it('keeps results as long as RESULT_RETENTION_DAYS says', async () => {
    await oldResults(1);
    const patient = { ...environment(), RESULT_RETENTION_DAYS: '101' };
    const run = ['jobs', 'run', 'unattached-results', '--json'];
    expect(await json(run, patient)).toEqual([{ job: 'unattached-results', done: 0, error: null }]);
    expect(await json(run)).toEqual([{ job: 'unattached-results', done: 1, error: null }]);
  });

  it('knows no job by another name', async () => {
    expect(await refusal(['jobs', 'run', 'laundry'])).toBe('There is no job "laundry". "jobs list" shows all.\n');
  });

  it('is refused while another process runs the jobs, and leaves them to it', async () => {
    await oldResults(1);
    const holder = await connected();
    await holder.query('select pg_advisory_lock($1)', [advisoryLock.jobs]);
    try {
      expect(await refusal(['jobs', 'run'])).toBe('Another process runs the jobs at this moment: try again when it has finished.\n');
      expect(await resultsLeft()).toBe(1);
    } finally {
      await holder.end();
    }
    expect(await json(['jobs', 'run', '--json'])).toContainEqual({ job: 'unattached-results', done: 1, error: null });
  });

  it('tells which job failed, and runs the others', async () => {
    await sql('alter table access_token rename to elsewhere');
    try {
      const { code, stdout, stderr } = await runCli(['jobs', 'run', '--json'], environment());
      const reason = 'relation "access_token" does not exist';
      expect({ code, stderr }).toEqual({ code: 1, stderr: `access-tokens: ${reason}.\n` });
      expect(JSON.parse(stdout)).toEqual(NAMES.map((job) =>
        (job === 'access-tokens' ? { job, done: null, error: reason } : { job, done: 0, error: null })));
    } finally {
      await sql('alter table elsewhere rename to access_token');
    }
  });
});

describe('audit list', () => {
  beforeAll(async () => {
    await json(['client', 'create', '--name', 'School', '--slug', 'school', '--payment', 'prepaid', '--license-policy', 'one-test']);
    await result(['client', 'suspend', 'school']);
    await result(['client', 'set', 'school', '--license-limit', '7']);
  });

  it('shows the latest changes of a client, as a table and as JSON', async () => {
    const lines = await json(['audit', 'list', 'school', '--json']);
    expect(lines.map(({ action }: Json) => action)).toEqual(['CLIENT_CHANGED', 'CLIENT_SUSPENDED', 'CLIENT_CREATED']);
    expect(lines[0]).toEqual({
      id: expect.stringMatching(/^aud_/), at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      actor: 'COMMAND_LINE', keyHint: null, action: 'CLIENT_CHANGED', details: { licenseLimit: { from: 0, to: 7 } },
    });
    const [heading, latest, ...more] = cells(await result(['audit', 'list', 'school', '--limit', '2']));
    expect(heading).toEqual(['at', 'actor', 'key', 'action', 'details']);
    expect(latest).toEqual([lines[0].at, 'COMMAND_LINE', 'CLIENT_CHANGED', 'licenseLimit: 0 → 7']);
    expect(more).toEqual([[lines[1].at, 'COMMAND_LINE', 'CLIENT_SUSPENDED', 'status: ACTIVE → SUSPENDED']]);
  });

  it('shows 20 when nobody says how many', async () => {
    await sql(`
      insert into audit_entry (client_id, id, at, actor, action, details)
      select id, gen_random_uuid(), now() - n * interval '1 day', 'PLATFORM', 'CLIENT_CHANGED', '{}' from client, generate_series(1, 30) n
       where slug = 'school'`);
    expect(await json(['audit', 'list', 'school', '--json'])).toHaveLength(20);
  });

  it.each([
    ['an unknown client', ['nobody'], 'There is no client "nobody". "client list" shows all.'],
    ['no lines', ['school', '--limit', '0'], 'It has to be a whole number from 1 to 1000.'],
    ['too many lines', ['school', '--limit', '1001'], 'It has to be a whole number from 1 to 1000.'],
  ])('is refused for %s', async (_, args, problem) => {
    expect(await refusal(['audit', 'list', ...args])).toContain(problem);
  });
});

describe('a server', () => {
  let server: ServerProcess;
  afterEach(killAll);

  it('runs the jobs by itself; stopped during one, it ends well after the batch under way', async () => {
    await oldResults(20_000);
    const holder = await connected();
    await holder.query('begin');
    await holder.query('lock table result in exclusive mode');
    // The time that a statement of a request may take is none for a job.
    server = await startServer({ ...environment(), ...PATIENT, STATEMENT_TIMEOUT: '1', NODE_OPTIONS: '--import=./test/setup/hurried-sleep.mjs' });
    await until(async () => (await waitsForLock()) || undefined);
    server.kill('SIGTERM');
    await refusesConnections();
    expect(await Promise.race([server.ended, sleep(1_500, 'still there')])).toBe('still there');
    await holder.query('commit');
    await holder.end();
    expect(await server.ended).toEqual({ code: 0, stdout: server.stdout(), stderr: '' });
    expect(await resultsLeft()).toBe(19_500);

    expect(await sql('select 1 from pg_locks where objid = $1', [advisoryLock.jobs])).toEqual([]);
  });

  it('stopped during a job, does not go on with it while it waits for the last requests', async () => {
    await oldResults(20_000);
    const before = await resultsLeft();
    const holder = await connected();
    await holder.query('begin');
    await holder.query('lock table result in exclusive mode');
    server = await startServer({ ...environment(), ...PATIENT, NODE_OPTIONS: '--import=./test/setup/hurried-sleep.mjs' });
    await until(async () => (await waitsForLock()) || undefined);
    const { hostname, port } = new URL(server.url);
    const request = connect(Number(port), hostname);
    request.write('POST /graphql HTTP/1.1\r\nhost: here\r\nexpect: 100-continue\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n');
    // Until its head has come, its connection is one on which nothing is under way.
    await once(request, 'data');
    server.kill('SIGTERM');
    await until(async () => (await fetch(new URL('/readyz', server.url))).status === 503 || undefined);
    await holder.query('commit');
    await holder.end();
    await until(async () => (await resultsLeft()) < before || undefined);
    expect(await Promise.race([server.ended, sleep(1_000, 'still there')])).toBe('still there');
    expect(await resultsLeft()).toBe(before - 500);
    request.destroy();
    expect((await server.ended).code).toBe(0);
    await sql('delete from result');
  });

  async function waitsForLock(): Promise<boolean> {
    const waiting = await sql(`
      select 1 from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock' and query like '%delete from result%'`);
    return waiting.length > 0;
  }

  /** Waits until the server has begun to stop: it takes no connection any more. */
  async function refusesConnections(): Promise<void> {
    const { hostname, port } = new URL(server.url);
    await until(async () => {
      const socket = connect(Number(port), hostname);
      const refused = await once(socket, 'connect').then(() => false, () => true);
      socket.destroy();
      return refused || undefined;
    });
  }
});
