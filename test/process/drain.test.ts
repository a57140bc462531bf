import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { type FreshDatabase, freshDatabase } from '../setup/fresh-database.js';
import { ask, cleanUp, killAll, PATIENT, runCli, type ServerProcess, startServer, until } from '../setup/processes.js';
import { rawSocket, goodRequest } from '../setup/raw-socket.js';
import type { GraphQLAnswer } from '../setup/test-server.js';

const METRICS_KEY = 'metrics-key-of-this-test';

const REGISTER = 'mutation ($person: String!) { registerUser(input: { userId: $person }) { __typename } }';
const REGISTERED = { registerUser: { __typename: 'RegisterUserSuccess' } };

let database: FreshDatabase;
let key: string;
let server: ServerProcess;
let holder: pg.Client;
/** Of each test another one. */
let person: string;
beforeAll(async () => {
  database = await freshDatabase();
  const { stdout } = await runCli(
    ['client', 'create', '--name', 'School', '--slug', 'school', '--payment', 'postpaid', '--license-policy', 'one-test'],
    { DATABASE_URL: database.url },
  );
  key = JSON.parse(stdout).key;
});
beforeEach(async () => {
  person = randomUUID();
  holder = new pg.Client({ connectionString: database.url });
  await holder.connect();
});
afterEach(async () => {
  await killAll();
  await holder.end();
});
afterAll(async () => {
  await cleanUp();
  await database.drop();
});

async function start(environment: Record<string, string> = {}): Promise<void> {
  server = await startServer({ DATABASE_URL: database.url, METRICS_KEY, ...PATIENT, ...environment });
}

/** A request that waits for the row of its client, which another session holds. */
async function heldRequest(): Promise<{ readonly answer: Promise<GraphQLAnswer> }> {
  await holder.query('begin');
  await holder.query("select from client where slug = 'school' for update");
  const answer = ask(server.url, REGISTER, { person }, key);
  // Where it is cut off, its test says so.
  answer.catch(() => undefined);
  await until(async () => (await database.sql(
    "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")).length > 0 || undefined);
  return { answer };
}

/** Whether the person of the test is registered, and how many licenses were issued in all, as they are and as they are counted. */
async function registered(): Promise<unknown> {
  const [row] = await database.sql(`
    select exists (select from client_user where external_id = $1) as known,
           (select count(*)::int from license) = (select licenses_issued from client where slug = 'school') as counted`, [person]);
  return row;
}

/** Asks for a pdf and gives it while it is being printed; where that was over before it was seen, another one. */
async function pdfBeingPrinted(): Promise<{ readonly pdf: Promise<Response> }> {
  const saved = await ask(server.url, `mutation { saveProgress(input: { test: "ipip-neo-120", answers: [${
    Array.from({ length: 120 }, (_, index) => `{ questionId: "${index + 1}", values: ["3"] }`)}] }) {
    ... on SaveProgressSuccess { resultKey } } }`);
  const address = new URL(`/results/${saved.data.saveProgress.resultKey}.pdf`, server.url);
  for (;;) {
    let isOver = false as boolean;
    const pdf = fetch(address).finally(() => void (isOver = true));
    while (!isOver) if (await printing() > 0) return { pdf };
  }
}

/** How many documents are being printed. */
async function printing(): Promise<number> {
  const metrics = await fetch(new URL('/metrics', server.url), { headers: { authorization: `Bearer ${METRICS_KEY}` } });
  return Number(/^testodrom_pdf_printing (\d+)$/m.exec(await metrics.text())?.[1]);
}

const readiness = (): Promise<Response> => fetch(new URL('/readyz', server.url));
const isStopping = (): Promise<unknown> => until(async () => (await readiness()).status === 503 || undefined);

describe('a server that is told to stop', () => {
  it('finishes what is under way, says that it is not ready, and lets nothing new in', async () => {
    await start();
    const { answer } = await heldRequest();
    server.kill('SIGTERM');
    await isStopping();

    expect(await (await readiness()).json()).toEqual({ status: 'unavailable', reasons: ['stopping'] });
    expect((await fetch(new URL('/healthz', server.url))).status).toBe(200);
    const refused = await ask(server.url, '{ __typename }');
    expect([refused.status, refused.headers.get('retry-after'), refused.headers.get('connection')]).toEqual([503, '5', 'close']);
    expect(refused.errors).toEqual([{
      message: 'The server is stopping. Try again in some seconds.', extensions: { code: 'UNAVAILABLE', retryAfterSeconds: 5, requestId: expect.any(String) },
    }]);

    await holder.query('commit');
    const { status, headers, data } = await answer;
    expect([status, headers.get('connection'), data]).toEqual([200, 'close', REGISTERED]);
    expect(await server.ended).toEqual({ code: 0, stdout: server.stdout(), stderr: '' });
    expect(await registered()).toEqual({ known: true, counted: true });
  });

  it('lets requests in for SHUTDOWN_DELAY, while it says that it is not ready, and asks to be left', async () => {
    await start({ SHUTDOWN_DELAY: '10' });
    const told = performance.now();
    server.kill('SIGTERM');
    await isStopping();
    const { status, headers, data } = await ask(server.url, REGISTER, { person }, key);
    expect([status, headers.get('connection'), data]).toEqual([200, 'close', REGISTERED]);
    expect((await server.ended).code).toBe(0);
    expect(performance.now() - told).toBeGreaterThan(10_000);
  });

  it('cuts off what has not ended after SHUTDOWN_GRACE, and leaves nothing of it half done', async () => {
    await start({ SHUTDOWN_GRACE: '1' });
    const { answer } = await heldRequest();
    server.kill('SIGTERM');
    await expect(answer).rejects.toThrow();
    // The database still holds up what was cut off: the process does not wait for it for ever, and says so.
    const { code, stdout, stderr } = await server.ended;
    expect([code, stderr]).toEqual([1, 'The server did not stop within 6 seconds and was ended.\n']);
    expect(stdout).toContain('Cut off 1 requests that had not ended 1 seconds after the server was told to stop.');
    await holder.query('commit');
    await until(async () => (await database.sql(
      "select from pg_stat_activity where datname = current_database() and application_name = 'testodrom'")).length === 0 || undefined);
    expect(await registered()).toEqual({ known: false, counted: true });
  });

  it('ends at once on a second signal, with a request under way', async () => {
    await start();
    const { answer } = await heldRequest();
    server.kill('SIGTERM');
    await isStopping();
    const again = setInterval(() => server.kill('SIGTERM'), 100);
    const { code, stderr } = await server.ended.finally(() => clearInterval(again));
    expect([code, stderr]).toEqual([1, '']);
    await expect(answer).rejects.toThrow();
    await holder.query('commit');
  });

  it('finishes the pdf that is being printed', async () => {
    await start();
    const { pdf } = await pdfBeingPrinted();
    server.kill('SIGTERM');
    const answer = await pdf;
    expect([answer.status, (await answer.text()).slice(0, 5)]).toEqual([200, '%PDF-']);
    expect((await server.ended).code).toBe(0);
  });

  it('waits for no connection on which nothing is under way', async () => {
    await start({ SHUTDOWN_GRACE: '600' });
    const [kept, silent, half] = [await rawSocket(server.url), await rawSocket(server.url), await rawSocket(server.url)];
    kept.send(goodRequest('keep-alive'));
    half.send('GET / HTTP/1.1\r\nHo');
    await until(() => kept.received().includes('__typename') || undefined);
    expect((await server.stop()).code).toBe(0);
    expect(await kept.closed).toMatch(/^HTTP\/1\.1 200 /);
    expect([await silent.closed, await half.closed]).toEqual(['', '']);
  });
});
