import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type DatabaseProxy, databaseProxy } from '../setup/database-proxy.js';
import { type FreshDatabase, freshDatabase } from '../setup/fresh-database.js';
import { ask, cleanUp, type ServerProcess, startServer, until } from '../setup/processes.js';
import { restCaller } from '../setup/rest-calls.js';

const METRICS_KEY = 'metrics-key-of-this-test';
const TOLD = 'The server cannot do this at the moment. Try again in some seconds.';
const UNAVAILABLE = expect.objectContaining({ message: TOLD, extensions: { code: 'UNAVAILABLE', requestId: expect.any(String), retryAfterSeconds: 5 } });

describe('while the database is out of reach', () => {
  let fresh: FreshDatabase;
  let way: DatabaseProxy;
  let server: ServerProcess;
  beforeAll(async () => {
    fresh = await freshDatabase();
    way = await databaseProxy(fresh.url);
    server = await startServer({ DATABASE_URL: way.url, LOG_LEVEL: 'silent', METRICS_KEY });
    await way.cut();
  });
  afterAll(async () => {
    await cleanUp();
    await way.cut();
    await fresh.drop();
  });

  const RESULT = `result(key: "${randomUUID()}") { key }`;

  it('GraphQL answers what it knows by itself', async () => {
    const { status, data } = await ask(server.url, '{ test(slug: "work-values") { slug } }');
    expect([status, data]).toEqual([200, { test: { slug: 'work-values' } }]);
  });

  it.each(['{ viewer { name } }', `{ ${RESULT} }`])('GraphQL answers 503 where nothing could be done: %s', async (query) => {
    const { status, headers, errors } = await ask(server.url, query, {}, 'tdk_unknown');
    expect([status, headers.get('retry-after'), errors]).toEqual([503, '5', [UNAVAILABLE]]);
  });

  it('each connection that cannot be made is counted as a failure of the database', async () => {
    const failures = async (): Promise<number> => {
      const metrics = await fetch(new URL('/metrics', server.url), { headers: { authorization: `Bearer ${METRICS_KEY}` } });
      return Number(/^testodrom_sql_failures_total\{code=""\} (\d+)$/m.exec(await metrics.text())?.[1] ?? 0);
    };
    const before = await failures();
    await ask(server.url, `{ ${RESULT} }`);
    expect(await failures()).toBe(before + 1);
  });

  it('GraphQL says of each field that it could not be read beside those that could', async () => {
    const { status, data, errors } = await ask(server.url, `{ test(slug: "work-values") { slug } ${RESULT} }`);
    expect([status, data, errors]).toEqual([200, { test: { slug: 'work-values' }, result: null }, [UNAVAILABLE]]);
  });

  it('reports are answered 503', async () => {
    const answer = await fetch(new URL(`/results/${randomUUID()}.html`, server.url));
    expect([answer.status, answer.headers.get('retry-after'), await answer.json()]).toEqual([503, '5', { errors: [UNAVAILABLE] }]);
  });

  it('REST answers 503 in its own shape', async () => {
    const { status, headers, json } = await restCaller(server)(`GET /partner/api/v3/result/get?result_key=${randomUUID()}&format=json`);
    expect([status, headers.get('retry-after'), json]).toEqual([503, '5', { error: { code: 503, message: TOLD } }]);
  });

  it('it is not ready, but lives', async () => {
    expect((await fetch(new URL('/healthz', server.url))).status).toBe(200);
    const ready = await fetch(new URL('/readyz', server.url));
    expect([ready.status, await ready.json()]).toEqual([503, { status: 'unavailable', reasons: ['database'] }]);
  });

  it('nothing internal is told', async () => {
    const { errors } = await ask(server.url, `{ ${RESULT} }`);
    expect(JSON.stringify(errors)).not.toMatch(/ECONN|127\.0\.0\.1|connect|select/);
  });

  it('all is answered again once it is back', async () => {
    await way.mend();
    await until(async () => (await ask(server.url, `{ ${RESULT} }`)).errors === undefined || undefined);
    await until(async () => (await fetch(new URL('/readyz', server.url))).status === 200 || undefined);
    expect((await server.stop()).code).toBe(0);
  });
});
