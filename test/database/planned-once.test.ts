import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { statement } from '../../src/database/index.js';
import { startTestServer, type TestServer } from '../setup/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

/** Of the statements of the connection that was used last, and so is used next. */
const plans = statement<{ name: string; generic: number; custom: number }>('plans', `
  select name, generic_plans::int as generic, custom_plans::int as custom from pg_prepared_statements where name <> 'plans'`);

describe('the statements of requests', () => {
  it('are planned once, and not for each list of keys', async () => {
    const client = await server.client();
    for (let times = 0; times < 8; times += 1) {
      expect((await client.graphql('{ viewer { users(first: 5) { nodes { key } } } }')).data).toEqual({ viewer: { users: { nodes: [] } } });
    }
    const planned = await server.app.services.database.run(plans, []);
    expect(planned.map(({ name }) => name)).toContain('clients-by-key');
    for (const { generic, custom } of planned) {
      expect(custom).toBe(0);
      expect(generic).toBeGreaterThan(0);
    }
  });
});
