import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  changeClient, createClient, createDemoClient, type NewClientInput, resumeClient, suspendClient,
} from '../../src/clients/index.js';
import type { Database } from '../../src/database/index.js';
import { nodeId } from '../../src/kernel/ids.js';
import { type Json, startTestServer, type TestClient, type TestServer } from '../setup/test-server.js';

let server: TestServer;
let database: Database;
let client: TestClient;
beforeAll(async () => {
  server = await startTestServer();
  ({ database } = server.app.services);
});
afterAll(() => server.close());
beforeEach(async () => {
  client = await server.client({ name: 'School', licenseLimit: 10 });
});

const LOG = '{ viewer { auditLog { totalCount nodes { id at actor keyHint action details } } } }';

/** The audit log of the client, the newest line first, without its first line. */
async function log(of: Pick<TestClient, 'graphql'> = client): Promise<Json[]> {
  const { data, errors } = await of.graphql(LOG);
  expect(errors).toBeUndefined();
  const { nodes, totalCount } = data.viewer.auditLog;
  expect(nodes).toHaveLength(totalCount);
  expect(nodes.at(-1)).toMatchObject({ action: 'CLIENT_CREATED' });
  return nodes.slice(0, -1);
}

const BY_OPERATOR = { id: expect.stringMatching(/^aud_/), at: expect.any(String), actor: 'COMMAND_LINE', keyHint: null };

describe('making a client', () => {
  const input: NewClientInput = {
    name: 'New', slug: 'new', payment: 'prepaid', licenseLimit: 5, overdraft: 1, licensePolicy: 'custom', maxTests: 3,
    timeZone: 'Asia/Omsk', price: '1500.50', buyerName: 'ООО «Школа»', buyerInn: '7707083893', buyerKpp: '773601001',
  };

  it('is remembered with all terms, and of the key with its end alone', async () => {
    const before = Date.now();
    const { client: { id }, key } = await createClient(database, input);
    const lines = await server.sql<{ at: Date }>(
      'select at, actor, key_hint, action, details from audit_entry where client_id = $1', [id]);
    expect(lines).toEqual([{
      at: expect.any(Date), actor: 'COMMAND_LINE', key_hint: null, action: 'CLIENT_CREATED',
      details: {
        name: 'New', status: 'ACTIVE', paymentPolicy: 'PREPAID', licenseLimit: 5, overdraft: 1,
        maxTests: 3, maxBonusTests: null, maxResultsPerTest: null, timeZone: 'Asia/Omsk', licensePrice: 150_050,
        buyer: { name: 'ООО «Школа»', inn: '7707083893', kpp: '773601001', address: null },
        origins: [], key: key.slice(-4),
      },
    }]);
    expect(lines[0]!.at.getTime()).toBeGreaterThanOrEqual(before);
    expect(lines[0]!.at.getTime()).toBeLessThanOrEqual(Date.now());
  });

  it('leaves no line when it is refused', async () => {
    const count = async (): Promise<unknown> => server.sql('select count(*) from audit_entry');
    const before = await count();
    await expect(createClient(database, { ...input, slug: client.slug })).rejects.toThrow('already');
    await expect(createClient(database, { ...input, slug: 'a b' })).rejects.toThrow('slug');
    expect(await count()).toEqual(before);
  });

  it('that the platform makes itself is remembered as its own doing', async () => {
    const key = await createDemoClient(database);
    expect((await server.graphql(LOG, {}, key)).data.viewer.auditLog.nodes)
      .toEqual([{ ...BY_OPERATOR, actor: 'PLATFORM', action: 'CLIENT_CREATED', details: expect.objectContaining({ name: 'Demo' }) }]);
  });
});

describe('changing a client', () => {
  it.each([
    [{ name: 'Other' }, { name: { from: 'School', to: 'Other' } }],
    [{ licenseLimit: 20, overdraft: 2 }, { licenseLimit: { from: 10, to: 20 }, overdraft: { from: 0, to: 2 } }],
    [{ payment: 'postpaid' }, { paymentPolicy: { from: 'PREPAID', to: 'POSTPAID' }, licenseLimit: { from: 10, to: null } }],
    [{ licensePolicy: 'one-test' },
      { maxTests: { from: null, to: 1 }, maxBonusTests: { from: null, to: 0 }, maxResultsPerTest: { from: null, to: 1 } }],
    [{ timeZone: 'Asia/Omsk', price: '99.90' },
      { timeZone: { from: 'Europe/Moscow', to: 'Asia/Omsk' }, licensePrice: { from: null, to: 9_990 } }],
    [{ buyerName: 'Иванов И. И.', buyerInn: '500100732259' },
      { buyer: { from: null, to: { name: 'Иванов И. И.', inn: '500100732259', kpp: null, address: null } } }],
  ] as const)('by %j is remembered with what was and what is: %j', async (change, details) => {
    await changeClient(database, client.slug, change);
    expect(await log()).toEqual([{ ...BY_OPERATOR, action: 'CLIENT_CHANGED', details }]);
  });

  it('tells of a buyer what was and what is as a whole', async () => {
    await changeClient(database, client.slug, { buyerName: 'Иванов И. И.', buyerInn: '500100732259' });
    await changeClient(database, client.slug, { buyerAddress: 'Омск' });
    const buyer = { name: 'Иванов И. И.', inn: '500100732259', kpp: null, address: null };
    expect((await log())[0].details).toEqual({ buyer: { from: buyer, to: { ...buyer, address: 'Омск' } } });
  });

  it('leaves no line when nothing is different', async () => {
    await changeClient(database, client.slug, {
      name: 'School', licenseLimit: 10, overdraft: 0, payment: 'prepaid', licensePolicy: 'unlimited', timeZone: 'europe/moscow',
    });
    expect(await log()).toEqual([]);
  });

  it('leaves no line when it is refused', async () => {
    await client.register('person');
    await expect(changeClient(database, client.slug, { name: 'Other', licenseLimit: 0 })).rejects.toThrow('issued already');
    await expect(changeClient(database, client.slug, { name: '' })).rejects.toThrow('name');
    await expect(changeClient(database, 'nobody', { name: 'Other' })).rejects.toThrow('no client');
    expect(await log()).toEqual([]);
  });

  it('by suspending and resuming it is remembered, each once', async () => {
    for (const act of [suspendClient, suspendClient, resumeClient, resumeClient]) await act(database, client.slug);
    expect(await log()).toEqual([
      { ...BY_OPERATOR, action: 'CLIENT_RESUMED', details: { status: { from: 'SUSPENDED', to: 'ACTIVE' } } },
      { ...BY_OPERATOR, action: 'CLIENT_SUSPENDED', details: { status: { from: 'ACTIVE', to: 'SUSPENDED' } } },
    ]);
  });

  it('at the same time leaves a line of each, and together they tell the whole story', async () => {
    const limits = Array.from({ length: 10 }, (_, index) => 11 + index);
    const raising = limits.map((licenseLimit) => changeClient(database, client.slug, { licenseLimit }));
    await Promise.all([...raising, suspendClient(database, client.slug)]);
    const lines = await log();
    expect(lines).toHaveLength(11);
    const changes = lines.flatMap(({ details }) => (details.licenseLimit ? [details.licenseLimit] : []));
    const story = new Map(changes.map(({ from, to }) => [from, to]));
    const told = [10];
    while (story.has(told.at(-1)!)) told.push(story.get(told.at(-1)!));
    expect(told.toSorted((a, b) => a - b)).toEqual([10, ...limits]);
    expect((await client.graphql('{ viewer { licenseUsage { limit } } }')).data.viewer.licenseUsage.limit).toBe(told.at(-1));
  });
});

describe('the audit log of a client', () => {
  it('is its own: another client sees nothing of it', async () => {
    const other = await server.client();
    await changeClient(database, client.slug, { name: 'Other' });
    const [line] = await log();
    expect(await log(other)).toEqual([]);
    const node = async (of: TestClient, id: string): Promise<Json> => (await of.graphql(`query ($id: ID!) {
      node(id: $id) { __typename id ... on AuditEntry { at actor keyHint action details } } }`, { id })).data.node;
    expect(await node(client, line.id)).toEqual({ __typename: 'AuditEntry', ...line });
    expect(await node(other, line.id)).toBeNull();
    expect(await node(client, nodeId('AuditEntry', randomUUID()))).toBeNull();
  });

  it('needs a client key', async () => {
    const { errors } = await server.graphql(LOG);
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['UNAUTHENTICATED']);
    const [line] = await server.sql<{ id: string }>('select id from audit_entry limit 1');
    const asked = await server.graphql('query ($id: ID!) { node(id: $id) { id } }', { id: nodeId('AuditEntry', line!.id) });
    expect(asked.errors?.map(({ extensions }) => extensions.code)).toEqual(['UNAUTHENTICATED']);
  });

  const GROWS = 'The audit log only grows: no line of it is changed or removed.';

  it.each([
    ['changed', GROWS, "update audit_entry set details = '{}'"],
    ['changed in no line', GROWS, "update audit_entry set details = '{}' where false"],
    ['emptied line by line', GROWS, 'delete from audit_entry'],
    ['emptied at once', GROWS, 'truncate audit_entry'],
    ['emptied with the clients', GROWS, 'truncate client cascade'],
    ['changed by giving a line to another client', GROWS, 'update audit_entry set client_id = (select max(id::text)::uuid from client)'],
    ['written on conflict', GROWS, `insert into audit_entry select * from audit_entry limit 1
      on conflict (client_id, id) do update set details = '{}'`],
  ])('cannot be %s', async (_, refusal, sql) => {
    const all = () => server.sql('select * from audit_entry order by client_id, id');
    const before = await all();
    expect(before.length).toBeGreaterThan(0);
    await expect(server.sql(sql)).rejects.toThrow(refusal);
    expect(await all()).toEqual(before);
  });

  it('keeps its client: who has lines cannot be removed', async () => {
    await server.sql('delete from client_key where client_id = $1', [client.id]);
    await expect(server.sql('delete from client where id = $1', [client.id])).rejects.toThrow(/audit_entry_client_id_foreign/);
  });

  it.each([
    ['a key that signed without its end', 'audit_entry_key_named', ['CLIENT_KEY', null, 'CLIENT_CHANGED']],
    ['the end of a key at the command line', 'audit_entry_key_named', ['COMMAND_LINE', 'abcd', 'CLIENT_CHANGED']],
    ['an actor that does not exist', 'audit_entry_actor_check', ['SOMEBODY', null, 'CLIENT_CHANGED']],
    ['a deed that does not exist', 'audit_entry_action_check', ['PLATFORM', null, 'CLIENT_LOVED']],
  ])('takes no line with %s', async (_, constraint, values) => {
    await expect(server.sql(`
      insert into audit_entry (client_id, id, at, actor, key_hint, action, details) values ($1, $2, now(), $3, $4, $5, '{}')`,
    [client.id, randomUUID(), ...values])).rejects.toThrow(constraint);
  });
});
