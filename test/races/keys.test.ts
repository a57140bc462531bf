import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createKey } from '../../src/clients/index.js';
import { ending, keysOf, revoke, rotate } from '../setup/client-keys.js';
import { startTestServer, type TestClient, type TestServer } from '../setup/test-server.js';
import { together } from '../setup/together.js';

let server: TestServer;
let urls: readonly [string, string];
beforeAll(async () => {
  server = await startTestServer();
  urls = [server.url, (await server.another()).url];
});
afterAll(() => server.close());

const tally = (endings: readonly string[]): Record<string, number> =>
  Object.fromEntries([...Map.groupBy(endings, (one) => one)].map(([one, all]) => [one, all.length]));

const living = async (client: TestClient): Promise<number> =>
  (await server.sql('select from client_key where client_id = $1 and (expires_at is null or expires_at > now())', [client.id])).length;
const good = async (key: string): Promise<boolean> => !(await server.graphql('{ viewer { id } }', {}, key)).errors;

describe.each([['one server', 1], ['two servers', 2]])('through %s in parallel', (_, servers) => {
  const at = (index: number): string => urls[index % servers]!;

  it('50 rotations with a grace make one key, and both work', async () => {
    const client = await server.client();
    const outcomes = await together(50, (index) => rotate(at(index), client.key, 3_600 + index));
    expect(tally(outcomes.map(({ __typename, code }) => code ?? __typename))).toEqual({ RotateClientKeySuccess: 1, ENDING_KEY: 49 });
    expect(await living(client)).toBe(2);
    const { key, replaced } = outcomes.find((outcome) => outcome.key);
    for (const one of [client.key, key]) expect(await good(one)).toBe(true);
    const [old] = (await keysOf(server.url, client.key)).filter(({ current }) => current);
    expect(old.expiresAt).toBe(replaced.expiresAt);
    expect(await server.sql(`select from audit_entry where client_id = $1 and action = 'KEY_ROTATED'`, [client.id])).toHaveLength(1);
  });

  it('50 rotations without a grace make one key, and nobody is locked out', async () => {
    const client = await server.client();
    const calls = await together(50, async (index) => {
      let key = null as string | null;
      const end = await ending(rotate(at(index), client.key, 0).then((outcome) => {
        ({ key } = outcome);
        return outcome;
      }));
      return { end, key };
    });
    expect(tally(calls.map(({ end }) => end))).toEqual({ RotateClientKeySuccess: 1, UNAUTHENTICATED: 49 });
    expect(await living(client)).toBe(1);
    expect(await good(calls.find(({ key }) => key)!.key!)).toBe(true);
  });

  it('two keys that revoke each other, or themselves, leave one of them', async () => {
    for (const crossing of [true, false]) {
      for (let round = 0; round < 10; round += 1) {
        const client = await server.client();
        const { key: second } = await createKey(server.app.services.database, client.slug, () => new Date());
        const keys = [client.key, second];
        const ids = await Promise.all(keys.map(async (key) => (await keysOf(server.url, key)).find(({ current }) => current).id));
        const ends = await together(2, (index) => ending(revoke(at(index), keys[index]!, ids[crossing ? 1 - index : index])));
        expect(ends.filter((end) => end === 'RevokeClientKeySuccess')).toHaveLength(1);
        expect(['UNAUTHENTICATED', 'LAST_KEY']).toContain(ends.find((end) => end !== 'RevokeClientKeySuccess'));
        expect(await living(client)).toBe(1);
        expect((await Promise.all(keys.map(good))).filter(Boolean)).toHaveLength(1);
      }
    }
  });

  it('rotations and revocations leave a key that lives on', async () => {
    const client = await server.client();
    const { key: other, clientKey } = await createKey(server.app.services.database, client.slug, () => new Date());
    const [{ id: own }] = (await keysOf(server.url, client.key)).filter(({ current }) => current) as [{ id: string }];
    const [{ id: others }] = (await keysOf(server.url, other)).filter(({ current }) => current) as [{ id: string }];
    expect(clientKey.expiresAt).toBeNull();
    await together(30, (index) => [
      () => ending(rotate(at(index), client.key, 60)),
      () => ending(revoke(at(index), other, own)),
      () => ending(revoke(at(index), client.key, others)),
    ][index % 3]!());
    expect((await server.sql('select from client_key where client_id = $1 and expires_at is null', [client.id])).length)
      .toBeGreaterThanOrEqual(1);
    expect(await living(client)).toBeLessThanOrEqual(10);
  });
});
