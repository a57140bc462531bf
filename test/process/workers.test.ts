import { once } from 'node:events';
import { Agent, type IncomingHttpHeaders, request as httpRequest } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { type FreshDatabase, freshDatabase } from '../setup/fresh-database.js';
import {
  ask, cleanUp, type Environment, isRunning, killAll, newFolder, PATIENT, postgresOf, runCli, runServer, type ServerProcess, startServer, until,
} from '../setup/processes.js';
import type { Json } from '../setup/test-server.js';
import { together } from '../setup/together.js';

const METRICS_KEY = 'metrics-key-of-this-test';
const WORKERS = 3;

let database: FreshDatabase;
let server: ServerProcess;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(async () => {
  await cleanUp();
  await database.drop();
});

async function start(environment: Environment = {}): Promise<void> {
  server = await startServer({
    WORKERS: String(WORKERS), DATABASE_URL: database.url, METRICS_KEY, LOG_LEVEL: 'info', TRUSTED_PROXIES: '127.0.0.1', ...environment,
  });
}

/** The lines of the log so far whose message begins so. */
function logged(message: string): Json[] {
  return server.stdout().split('\n').filter((line) => line.startsWith('{')).map((line): Json => JSON.parse(line))
    .filter(({ msg }) => msg.startsWith(message));
}

/** The process ids of all workers that ever began to serve, the first of them first. */
const workers = (): number[] => logged('A worker listens at ').map(({ pid }) => pid);
const primary = (): number => logged('Testodrom API is ready at ')[0].pid;

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Asks on a connection of its own, so that any worker may answer, unless an agent is given. */
async function call(path: string, headers: Record<string, string> = {}, body: string | null = null, agent: Agent | false = false): Promise<Answer> {
  const method = body === null ? 'GET' : 'POST';
  const asked = httpRequest(new URL(path, server.url), { agent, method, headers: { 'content-type': 'application/json', ...headers } });
  asked.end(body);
  const [answer] = await once(asked, 'response');
  return { status: answer.statusCode, headers: answer.headers, body: await text(answer) };
}

/** Costs 50 points, wherever it was asked before. */
const cheap = (address: string, agent?: Agent): Promise<Answer> =>
  call('/en/tests/api/v1/info/work-values/', { 'x-forwarded-for': address }, null, agent);

async function graphql(query: string, variables: object, key?: string, address = '192.0.2.77'): Promise<Json> {
  const headers = { 'x-forwarded-for': address, ...(key === undefined ? {} : { authorization: `Bearer ${key}` }) };
  return JSON.parse((await call('/graphql', headers, JSON.stringify({ query, variables }))).body);
}

/** What the metrics say of a name with all of its labels, as one of the workers shows them. */
async function metric(name: string): Promise<number | undefined> {
  const { body } = await call('/metrics', { authorization: `Bearer ${METRICS_KEY}` });
  const line = body.split('\n').find((each) => each.startsWith(`${name} `));
  return line === undefined ? undefined : Number(line.slice(name.length));
}

async function newClient(slug: string, ...options: string[]): Promise<string> {
  const { stdout } = await runCli(
    ['client', 'create', '--name', 'School', '--slug', slug, '--license-policy', 'unlimited', ...options], { DATABASE_URL: database.url });
  return JSON.parse(stdout).key;
}

describe('several workers', () => {
  beforeAll(() => start({ RATE_LIMIT_ADDRESS: '2500', RATE_LIMIT_FAILED_KEYS: '5' }));
  afterAll(killAll);

  it('serve at one address, beside the primary process, which says once that all are ready', async () => {
    await together(20 * WORKERS, (index) => cheap(`198.51.100.${index}`));
    const pids = new Set(logged('request').map(({ pid }) => pid));
    expect(pids).toEqual(new Set(workers()));
    expect(pids.size).toBe(WORKERS);
    expect(pids).not.toContain(primary());
    expect(logged('Testodrom API is ready at ')).toHaveLength(1);
    expect(server.stdout().match(/^Testodrom API is ready\.$/gm)).toHaveLength(1);
    expect(server.stderr()).toBe('');
  });

  it('issue no license too many together, however many attach at once', async () => {
    const key = await newClient('exact', '--payment', 'prepaid', '--license-limit', '10');
    const saved = await together(40, (index) => graphql(`mutation { saveProgress(input: { test: "work-values", answers: [${
      Array.from({ length: 16 }, (_, question) => `{ questionId: "${question + 1}", values: ["4"] }`)}] }) {
      ... on SaveProgressSuccess { resultKey } } }`, {}, undefined, `203.0.113.${index}`));
    const outcomes = await together(40, async (index) => (await graphql(`mutation ($input: AttachResultInput!) {
      attachResult(input: $input) { __typename ... on LicenseLimitReachedProblem { issued limit } } }`,
    { input: { resultKey: saved[index].data.saveProgress.resultKey, userId: `person-${index}` } }, key)).data.attachResult);
    const [refused, attached] = [true, false].map((isProblem) => outcomes.filter(({ __typename }) => __typename.endsWith('Problem') === isProblem));
    expect(attached).toHaveLength(10);
    expect(refused).toEqual(Array(30).fill({ __typename: 'LicenseLimitReachedProblem', issued: 10, limit: 10 }));
    expect(await database.sql(`
      select licenses_issued as counter, (select count(*)::int from license l where l.client_id = c.id) as licenses,
             (select count(*)::int from result r where r.client_id = c.id) as results from client c where slug = 'exact'`))
      .toEqual([{ counter: 10, licenses: 10, results: 10 }]);
  });

  it('admit together exactly what the budget of an address pays for, and each tells truly what is left', async () => {
    const answers = await together(200, () => cheap('192.0.2.1'));
    const admitted = answers.filter(({ status }) => status === 200);
    const left = admitted.map(({ headers }) => Number(/;r=(\d+);/.exec(String(headers['ratelimit']))?.[1]));
    expect(left.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, index) => index * 50));
    expect(new Set(answers.map(({ headers }) => headers['ratelimit-policy']))).toEqual(new Set(['"address";q=2500;w=60']));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(150);
    for (const { headers } of refused) {
      // The window has begun with the first of them.
      expect(headers['ratelimit']).toMatch(/^"address";r=0;t=([1-9]|[1-5]\d|60)$/);
      expect(headers['retry-after']).toMatch(/^([1-9]|[1-5]\d|60)$/);
    }
    expect((await cheap('192.0.2.2')).status).toBe(200);
  });

  it('look together at no more wrong keys than one would', async () => {
    const guess = async (): Promise<string> => (await graphql('{ viewer { slug } }', {}, 'wrong', '192.0.2.3')).errors[0].extensions.code;
    const codes: string[] = [];
    for (let guesses = 0; guesses < 5 + 2 * WORKERS; guesses += 1) codes.push(await guess());
    expect(codes).toEqual([...Array(5).fill('UNAUTHENTICATED'), ...Array(2 * WORKERS).fill('RATE_LIMITED')]);
  });

  it('show as metrics the sum of all, and what the primary process counted, whoever is asked', async () => {
    const uses = 'testodrom_rest_requests_total{version="v1",endpoint="info",client="",status="200"}';
    const before = await metric(uses) ?? 0;
    await together(30, (index) => cheap(`198.51.100.${index}`));
    await until(async () => await metric(uses) === before + 30 || undefined);
    expect(await together(4 * WORKERS, () => metric(uses))).toEqual(Array(4 * WORKERS).fill(before + 30));
    expect(await metric('testodrom_job_runs_total{job="access-tokens",outcome="done"}')).toBe(0);
    expect(await metric('testodrom_licensing_decisions_total{decision="LICENSE_LIMIT_REACHED"}')).toBe(30);
    expect(await metric('testodrom_catalogue_tests')).toBe(3);
    const durations = 'testodrom_http_request_duration_seconds';
    expect(await metric(`${durations}_count{route="/metrics"}`)).toBeGreaterThanOrEqual(4 * WORKERS);
    expect(await metric(`${durations}_bucket{le="30",route="/metrics"}`)).toBeGreaterThanOrEqual(4 * WORKERS);
    expect(await metric('process_start_time_seconds')).toBeGreaterThan(Date.now() / 1_000 - 600);
  });

  it('share the connections for requests, at most DATABASE_POOL_SIZE together', async () => {
    const key = await newClient('many', '--payment', 'postpaid');
    const answers = await together(200, () => graphql('{ viewer { slug } }', {}, key));
    expect(new Set(answers.map(({ data }) => data?.viewer.slug))).toEqual(new Set(['many']));
    const open = await metric('testodrom_database_connections');
    expect(open).toBeGreaterThanOrEqual(WORKERS);
    expect(open).toBeLessThanOrEqual(10);
  });

  it('are replaced when they die, while the others serve, and what they had counted is not forgotten', async () => {
    const uses = 'testodrom_rest_requests_total{version="v1",endpoint="info",client="",status="200"}';
    const before = await metric(uses) ?? 0;
    expect((await together(50, () => cheap('192.0.2.4'))).map(({ status }) => status)).toEqual(Array(50).fill(200));
    await until(async () => await metric(uses) === before + 50 || undefined);
    const [first = 0] = workers();
    process.kill(first, 'SIGKILL');
    const ended = `Worker ${first} ended unexpectedly (signal SIGKILL): another one starts in `;
    await until(() => logged(ended).length > 0 || undefined);
    expect(logged(ended)).toEqual([expect.objectContaining({ level: 'error', pid: primary() })]);
    expect((await together(20, (index) => cheap(`198.51.100.${100 + index}`))).map(({ status }) => status)).toEqual(Array(20).fill(200));
    await until(async () => await metric(uses) === before + 70 || undefined);

    await until(() => workers().length > WORKERS || undefined);
    const added = workers()[WORKERS];
    await until(async () => {
      await cheap('198.51.100.222');
      return logged('request').some(({ pid }) => pid === added) || undefined;
    });
    // What was spent before is spent for it as well.
    expect(new Set((await together(20, () => cheap('192.0.2.4'))).map(({ status }) => status))).toEqual(new Set([429]));
  });

  it('are replaced after a pause that grows when they die soon after their start', async () => {
    const pauses = (): number[] => logged('Worker ').map(({ msg }) => Number(/(\d+) ms\.$/.exec(msg)?.[1]));
    // How long the one had served that was started last is not known; the one in its place dies as soon as it listens.
    for (let deaths = 1; deaths <= 2; deaths += 1) {
      process.kill(workers().at(-1)!, 'SIGKILL');
      await until(() => workers().length > WORKERS + deaths || undefined);
    }
    const [, before = 0, after] = pauses();
    expect(after).toBe(Math.max(2 * before, 500));
    expect(pauses()).toHaveLength(3);
    expect((await cheap('198.51.100.223')).status).toBe(200);
  });

  it('count each for itself while the primary process does not answer, and say so once', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const left = async (address: string): Promise<number> =>
      Number(/;r=(\d+);/.exec(String((await cheap(address, agent)).headers['ratelimit']))?.[1]);
    // Spent for the most part, which who counts for itself does not know.
    await together(40, () => cheap('192.0.2.10'));
    expect(await left('192.0.2.9')).toBe(2450);
    process.kill(primary(), 'SIGSTOP');
    try {
      expect([await left('192.0.2.9'), await left('192.0.2.9'), await left('192.0.2.9')]).toEqual([2450, 2400, 2350]);
    } finally {
      process.kill(primary(), 'SIGCONT');
    }
    // It is asked again after a pause.
    await until(async () => {
      await sleep(1_100);
      return await left('192.0.2.10') < 500 || undefined;
    });
    // It knows of what it answered, of what it was asked in vain, once or again after the pause, and of this.
    expect([2350, 2300, 2250]).toContain(await left('192.0.2.9'));
    expect(logged('Rate limits are counted by this process alone')).toHaveLength(1);
    agent.destroy();
  });
});

describe('a server of several workers that is told to stop', () => {
  let holder: pg.Client;
  afterEach(async () => {
    await killAll();
    await holder.end();
  });

  /** A request that waits for the row of its client, which another session holds. */
  async function held(slug: string, environment: Environment = {}): Promise<{ readonly answer: Promise<Json> }> {
    const key = await newClient(slug, '--payment', 'postpaid');
    holder = new pg.Client({ connectionString: database.url });
    await holder.connect();
    await start({ ...PATIENT, ...environment });
    await holder.query('begin');
    await holder.query('select from client where slug = $1 for update', [slug]);
    const answer = graphql('mutation { registerUser(input: { userId: "person" }) { __typename } }', {}, key);
    answer.catch(() => undefined);
    await until(async () => (await database.sql(
      "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")).length > 0 || undefined);
    return { answer };
  }

  const isStopping = (): Promise<unknown> => until(() => logged('Testodrom API is stopping.').length > 0 || undefined);

  it('finishes what is under way, though a terminal tells all of its processes', async () => {
    const { answer } = await held('drained');
    for (const pid of [...workers(), primary()]) process.kill(pid, 'SIGINT');
    await isStopping();
    // Those that have nothing to do close before, and who is being connected to one of them is cut off.
    await until(async () => (await cheap('192.0.2.1').catch(() => null))?.status === 503 || undefined);
    await holder.query('commit');
    expect(await answer).toMatchObject({ data: { registerUser: { __typename: 'RegisterUserSuccess' } } });
    expect(await server.ended).toEqual({ code: 0, stdout: server.stdout(), stderr: '' });
    for (const pid of workers()) expect(await isRunning(pid)).toBe(false);
  });

  it('cuts off what has not ended after SHUTDOWN_GRACE, and is ended with all workers when one cannot stop', async () => {
    const { answer } = await held('cut', { SHUTDOWN_GRACE: '1' });
    server.kill('SIGTERM');
    await expect(answer).rejects.toThrow();
    const { code, stderr } = await server.ended;
    expect([code, stderr]).toEqual([1, 'The server did not stop within 6 seconds and was ended.\n']);
    for (const pid of workers()) await until(async () => !(await isRunning(pid)) || undefined);
  });

  it('ends at once on a second signal, and all workers with it', async () => {
    const { answer } = await held('hurried');
    server.kill('SIGTERM');
    await isStopping();
    const again = setInterval(() => server.kill('SIGTERM'), 100);
    const { code, stderr } = await server.ended.finally(() => clearInterval(again));
    expect([code, stderr]).toEqual([1, '']);
    await expect(answer).rejects.toThrow();
    for (const pid of workers()) await until(async () => !(await isRunning(pid)) || undefined);
  });
});

describe('several workers with the embedded database', () => {
  let dataDir: string;
  let demoKey: string;
  beforeAll(async () => {
    dataDir = join(await newFolder(), 'data');
  });
  afterEach(killAll);

  it('do not start where the port is taken, which is told in one line', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    try {
      await once(other, 'listening');
      const { port } = other.address() as AddressInfo;
      expect(await runServer({ WORKERS: '2', DATA_DIR: dataDir, PORT: String(port) })).toEqual({
        code: 1, stdout: '', stderr: `Port ${port} of 127.0.0.1 is taken: stop what listens there, or set another PORT.\n`,
      });
    } finally {
      other.close();
    }
  });

  it('share it with commands, and do not outlive a primary process that was killed', async () => {
    // More connections than PostgreSQL admits by default.
    await start({ DATABASE_URL: '', DATA_DIR: dataDir, DATABASE_POOL_SIZE: '150' });
    // The log says that the server is ready before the greeting does.
    demoKey = await until(() => /^Demo client +(\S+)$/m.exec(server.stdout())?.[1]);
    expect(await graphql('{ viewer { slug } }', {}, demoKey)).toMatchObject({ data: { viewer: { slug: 'demo' } } });
    const { code, stdout, stderr } = await runCli(['client', 'list', '--json'], { DATA_DIR: dataDir });
    expect([code, stderr, JSON.parse(stdout).map(({ slug }: Json) => slug)]).toEqual([0, '', ['demo']]);
    const answers = await together(300, () => graphql('{ viewer { slug } }', {}, demoKey));
    expect(new Set(answers.map(({ data }) => data?.viewer.slug))).toEqual(new Set(['demo']));

    const all = [...workers(), await postgresOf(dataDir)];
    process.kill(primary(), 'SIGKILL');
    for (const pid of all) await until(async () => !(await isRunning(pid)) || undefined);
    await expect(fetch(server.url)).rejects.toThrow();
  });

  it('stop it last', async () => {
    await start({ DATABASE_URL: '', DATA_DIR: dataDir });
    expect((await ask(server.url, '{ viewer { slug } }', {}, demoKey)).data).toEqual({ viewer: { slug: 'demo' } });
    const postgres = await postgresOf(dataDir);
    expect(await server.stop()).toEqual({ code: 0, stdout: server.stdout(), stderr: '' });
    expect(await isRunning(postgres)).toBe(false);
  });
});
