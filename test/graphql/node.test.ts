import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { nodeId, type NodeType, parseNodeId } from '../../src/kernel/ids.js';
import { type Json, startTestServer, type TestClient, type TestServer } from '../setup/test-server.js';

let server: TestServer;
let owner: TestClient;
let other: TestClient;
/** Ids of objects of the owner, and of a test, which is everybody's. */
let ids: Record<'Test' | 'Result' | 'Client' | 'User', string>;
let resultKey: string;

beforeAll(async () => {
  server = await startTestServer();
  [owner, other] = [await server.client(), await server.client()];
  resultKey = await server.save('paid');
  const { user } = await owner.attach(resultKey, 'person');
  const { data } = await owner.graphql('query ($key: UUID!) { viewer { id } result(key: $key) { id test { id } } }', { key: resultKey });
  ids = { Client: data.viewer.id, Result: data.result.id, User: user.id, Test: data.result.test.id };
});
afterAll(() => server.close());

const NODE = `query ($id: ID!) { node(id: $id) { __typename id
  ... on Test { slug length } ... on Result { key report { sum } answers { values } }
  ... on User { externalId license { issuedAt } } ... on Client { slug licenseUsage { issued } } } }`;

async function node(id: string, client: TestClient | null = owner): Promise<Json> {
  const { data, errors } = client ? await client.graphql(NODE, { id }) : await server.graphql(NODE, { id });
  if (errors) throw new Error(errors[0]?.extensions.code);
  return data.node;
}

describe('Query.node', () => {
  it('finds the objects of the calling client with all their fields', async () => {
    expect(await node(ids.Client)).toEqual({ __typename: 'Client', id: ids.Client, slug: owner.slug, licenseUsage: { issued: 1 } });
    expect(await node(ids.User)).toEqual({
      __typename: 'User', id: ids.User, externalId: 'person', license: { issuedAt: expect.any(String) },
    });
    expect(await node(ids.Result)).toEqual({
      __typename: 'Result', id: ids.Result, key: resultKey, report: { sum: 3 },
      answers: [{ values: ['1'] }, { values: ['2'] }, { values: ['0'] }],
    });
  });

  it('finds a test for everybody', async () => {
    for (const client of [owner, other, null]) {
      expect(await node(ids.Test, client)).toEqual({ __typename: 'Test', id: ids.Test, slug: 'paid', length: 3 });
    }
  });

  it.each(['User', 'Result', 'Client'] as const)('does not tell a %s of another client from one that does not exist', async (type) => {
    expect(await node(ids[type], other)).toBeNull();
    expect(await node(nodeId(type, randomUUID()), other)).toBeNull();
  });

  it('does not find a result that nobody has, whose key alone is the right to it', async () => {
    const key = await server.save('free');
    expect(await node(nodeId('Result', key))).toBeNull();
  });

  it('finds nothing under an id of another type', async () => {
    const uuid = parseNodeId(ids.User)!.uuid;
    for (const type of ['Test', 'Result', 'Client'] as const) expect(await node(nodeId(type, uuid))).toBeNull();
  });

  it.each(['User', 'Result', 'Client'] as const)('needs a key for a %s', async (type) => {
    await expect(node(ids[type], null)).rejects.toThrow('UNAUTHENTICATED');
    const { errors } = await server.graphql(NODE, { id: ids[type] }, 'tdk_wrong');
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['UNAUTHENTICATED']);
  });

  it.each(['', 'x', 'usr_', 'usr', 'tst_AAAA', 'foo_AZDLLloffD2eS2-KLRwLfg', '____', '🙂', '\u0000', '../etc/passwd', "' or 1=1 --"])(
    'finds nothing under what is no id: %j',
    async (id) => {
      expect(await node(id)).toBeNull();
      expect(await node(id, null)).toBeNull();
    },
  );

  it('finds nothing under a very long id', async () => {
    expect(await node(ids.User + 'x'.repeat(500_000))).toBeNull();
  });

  it('finds nothing under an id with something before, after or instead of a part of it', async () => {
    const id = ids.User;
    for (const wrong of [` ${id}`, `${id} `, `${id}=`, `${id}A`, id.slice(1), id.slice(0, -1), id.replace('_', '-'), id.toUpperCase()]) {
      expect(await node(wrong)).toBeNull();
    }
  });

  it('answers several ids in one request', async () => {
    const { data } = await owner.graphql(`query ($a: ID!, $b: ID!, $c: ID!) {
      a: node(id: $a) { id } b: node(id: $b) { id } c: node(id: $c) { id } again: node(id: $a) { id } }`,
    { a: ids.User, b: ids.Result, c: 'x' });
    expect(data).toEqual({ a: { id: ids.User }, b: { id: ids.Result }, c: null, again: { id: ids.User } });
  });
});

describe('an opaque id', () => {
  const type = fc.constantFrom<NodeType>('Test', 'Result', 'Client', 'User');

  it('names the type and the UUID that it was made of', () => {
    fc.assert(fc.property(type, fc.uuid(), (name, uuid) => {
      expect(parseNodeId(nodeId(name, uuid))).toEqual({ type: name, uuid });
    }));
  });

  it('is the only spelling of what it names', () => {
    const characters = fc.string({ unit: fc.constantFrom(...Array.from('ABCabc019-_=+/ é')) });
    const nearMiss = fc.tuple(type, fc.uuid(), fc.nat({ max: 30 }), fc.nat({ max: 3 }), characters).map(
      ([name, uuid, at, removed, added]) => Array.from(nodeId(name, uuid)).toSpliced(at, removed, ...Array.from(added)).join(''));
    fc.assert(fc.property(fc.oneof(nearMiss, fc.string({ unit: 'binary' })), (text) => {
      const parsed = parseNodeId(text);
      if (parsed) expect(nodeId(parsed.type, parsed.uuid)).toBe(text);
    }), { numRuns: 1000 });
  });
});
