import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { checkDefinition, publishTest } from '../../src/catalogue/import/index.js';
import { RevisionSource } from '../../src/catalogue/index.js';
import { changeClient, createClient } from '../../src/clients/index.js';
import { Database } from '../../src/database/index.js';
import { entities } from '../../src/entities.js';
import { InputError } from '../../src/kernel/input-error.js';
import { type FreshDatabase, freshDatabase } from '../setup/fresh-database.js';
import { smallTest } from '../setup/small-tests.js';
import { until } from '../setup/until.js';

let fresh: FreshDatabase;
let database: Database;
beforeAll(async () => {
  fresh = await freshDatabase();
  const [{ name }] = (await fresh.sql<{ name: string }>('select current_database() as name')) as [{ name: string }];
  await fresh.sql(`alter database "${name}" set default_transaction_isolation = 'serializable'`);
  database = await Database.open({ url: fresh.url }, entities, 5);
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

const input = { name: 'Partner', payment: 'postpaid', licensePolicy: 'unlimited' } as const;

describe('where the operator of the database has transactions isolated by default', () => {
  it('one of two who create the same client is told that there is one', async () => {
    const made = await Promise.allSettled([1, 2].map(() => createClient(database, { ...input, slug: 'twin' })));
    const refusals = made.flatMap((one) => (one.status === 'rejected' ? [one.reason as Error] : []));
    expect(refusals).toEqual([new InputError('There is a client "twin" already.')]);
  });

  it('a change of a client waits for its licenses, and sees them', async () => {
    const { client } = await createClient(database, { ...input, payment: 'prepaid', licenseLimit: 9, slug: 'busy' });
    const issuing = new pg.Client({ connectionString: fresh.url });
    await issuing.connect();
    await issuing.query('begin isolation level read committed');
    await issuing.query('update client set licenses_issued = 7 where id = $1', [client.id]);
    const changing = changeClient(database, 'busy', { licenseLimit: 7 });
    await until('the change waits', async () =>
      (await fresh.sql("select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()")).length === 1);
    await issuing.query('commit');
    await issuing.end();
    expect(await changing).toMatchObject({ licenseLimit: 7, licensesIssued: 7 });
  });

  it('publications at once are revisions one after another', async () => {
    await Promise.all([1, 2, 3].map((duration) => {
      const { definition } = checkDefinition({ ...smallTest('often', { paid: false }), duration });
      return publishTest(database, definition!, RevisionSource.IMPORTED);
    }));
    expect(await fresh.sql('select number from test_revision r join test t on t.id = r.test_id where slug = $1 order by 1', ['often']))
      .toEqual([{ number: 1 }, { number: 2 }, { number: 3 }]);
  });
});
