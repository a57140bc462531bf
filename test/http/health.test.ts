import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type App, startApp } from '../../src/app.js';
import { loadConfig } from '../../src/config.js';
import { type DatabaseProxy, databaseProxy } from '../setup/database-proxy.js';
import { statementsOf } from '../setup/count-statements.js';
import { type FreshDatabase, freshDatabase } from '../setup/fresh-database.js';
import { until } from '../setup/until.js';

let fresh: FreshDatabase;
let way: DatabaseProxy;
let app: App;
beforeAll(async () => {
  fresh = await freshDatabase();
  way = await databaseProxy(fresh.url);
  app = await startApp(loadConfig({ DATABASE_URL: way.url, PORT: '0', LOG_LEVEL: 'silent' }));
});
afterAll(async () => {
  await app.close();
  await way.cut();
  await fresh.drop();
});

const at = (path: string, method = 'GET'): Promise<Response> => fetch(new URL(path, app.url), { method });

async function isReady(): Promise<boolean> {
  return (await at('/readyz')).status === 200;
}

describe.each(['/healthz', '/readyz'])('%s', (path) => {
  it('says that all is well, for nobody to keep', async () => {
    const answer = await at(path);
    expect([answer.status, await answer.text()]).toEqual([200, '{"status":"ok"}']);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
  });

  it('says so to HEAD, without a body', async () => {
    const answer = await at(path, 'HEAD');
    expect([answer.status, await answer.text()]).toEqual([200, '']);
  });
});

describe('readiness', () => {
  it('is asked of the database once for all who ask at a time', async () => {
    const sent = await statementsOf(async () => {
      const answers = await Promise.all(Array.from({ length: 50 }, () => at('/readyz')));
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    });
    expect(sent.length).toBeLessThanOrEqual(2);
  });

  it('ends while the database is out of reach, and comes back with it; the process lives on', async () => {
    await way.cut();
    await until('not ready', async () => !await isReady());
    const answer = await at('/readyz');
    expect([answer.status, await answer.json()]).toEqual([503, { status: 'unavailable', reasons: ['database'] }]);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect((await at('/healthz')).status).toBe(200);
    await way.mend();
    await until('ready again', isReady);
  });
});
