import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { authenticate, createClient, createKey, listKeys, revokeKeyByHand } from '../../src/clients/index.js';
import { nodeId } from '../../src/kernel/ids.js';
import { InputError } from '../../src/kernel/input-error.js';
import { type OpenDatabase, openTestDatabase } from '../setup/open-database.js';

let opened: OpenDatabase;
beforeAll(async () => {
  opened = await openTestDatabase();
});
afterAll(() => opened.close());

const now = (): Date => new Date();
const create = (slug: string) => createKey(opened.database, slug, now);
const list = (slug: string) => listKeys(opened.database, slug, now);
const revoke = (slug: string, hintOrId: string, last = false) => revokeKeyByHand(opened.database, slug, hintOrId, { last }, now);
const good = async (key: string): Promise<boolean> => (await authenticate(opened.database, [key], now()))[0] !== null;

let count = 0;
/** A client with one key. */
async function newClient() {
  const { client, key } = await createClient(opened.database, {
    name: 'Client', slug: `client-${count += 1}`, payment: 'postpaid', licensePolicy: 'unlimited',
  });
  const stored = () => opened.sql('select id, hint, expires_at from client_key where client_id = $1 order by id', [client.id]);
  const audit = () => opened.sql(`
    select actor, key_hint, action, details from audit_entry
     where client_id = $1 and action <> 'CLIENT_CREATED'`, [client.id]);
  return { slug: client.slug, id: client.id, key, stored, audit };
}

async function refusal(call: Promise<unknown>): Promise<string> {
  const error = await call.then(() => null, (reason: unknown) => reason);
  expect(error).toBeInstanceOf(InputError);
  return (error as Error).message;
}

describe('an operator', () => {
  it('makes keys that work, lists them, and ends them by hint or id, each with a line in the audit log', async () => {
    const { slug, key, audit } = await newClient();
    const [second, third] = [await create(slug), await create(slug)];
    expect(await good(second.key)).toBe(true);
    expect((await list(slug)).map(({ hint }) => hint).sort()).toEqual([key, second.key, third.key].map((one) => one.slice(-4)).sort());

    await revoke(slug, nodeId('ClientKey', second.clientKey.id));
    await revoke(slug, third.clientKey.hint);
    expect(await Promise.all([key, second.key, third.key].map(good))).toEqual([true, false, false]);
    expect((await list(slug)).map(({ hint }) => hint)).toEqual([key.slice(-4)]);
    const line = (action: string, made: string) => ({ actor: 'COMMAND_LINE', key_hint: null, action, details: { key: made.slice(-4) } });
    const lines = ['KEY_CREATED', 'KEY_REVOKED'].flatMap((action) => [line(action, second.key), line(action, third.key)]);
    const noted = await audit();
    expect(noted).toHaveLength(lines.length);
    expect(noted).toEqual(expect.arrayContaining(lines));
  });

  it('makes no more than 10 keys that live at the same time', async () => {
    const { slug, key, stored } = await newClient();
    for (let made = 1; made < 10; made += 1) await create(slug);
    const before = await stored();
    expect(await refusal(create(slug))).toBe(
      `10 keys of "${slug}" live already: revoke one that is not needed. "key list ${slug}" shows all.`);
    expect(await stored()).toEqual(before);
    await revoke(slug, key.slice(-4));
    await create(slug);
    expect(await list(slug)).toHaveLength(10);
  });

  it('ends the last key only on purpose, and then makes another one', async () => {
    const { slug, key, stored, audit } = await newClient();
    const before = await stored();
    expect(await refusal(revoke(slug, key.slice(-4)))).toBe(
      `No key of "${slug}" would be left that lives on. Make another one first with "key create ${slug}"; --last locks the client out.`);
    expect([await stored(), await audit()]).toEqual([before, []]);
    await revoke(slug, key.slice(-4), true);
    expect([await good(key), await list(slug)]).toEqual([false, []]);
    expect(await good((await create(slug)).key)).toBe(true);
  });

  it('ends a key with --last also when others live on', async () => {
    const { slug, key } = await newClient();
    const { key: other } = await create(slug);
    await revoke(slug, key.slice(-4), true);
    expect([await good(key), await good(other)]).toEqual([false, true]);
  });

  it('has to say which of two keys with one hint is meant', async () => {
    const { slug, id, stored } = await newClient();
    const { clientKey } = await create(slug);
    await create(slug);
    await opened.sql(`update client_key set hint = 'same' where client_id = $1`, [id]);
    const before = await stored();
    expect(await refusal(revoke(slug, 'same'))).toBe(`3 keys of "${slug}" end in "same": say which by its id.`);
    expect(await stored()).toEqual(before);
    expect(await revoke(slug, nodeId('ClientKey', clientKey.id))).toMatchObject({ id: clientKey.id });
  });

  it('finds no key of another client, none that has ended, and none by a part of a hint', async () => {
    const { slug, stored } = await newClient();
    const other = await newClient();
    const { clientKey: ended } = await create(slug);
    await revoke(slug, ended.hint);
    const [foreign] = await list(other.slug);
    const before = await stored();
    for (const name of [nodeId('ClientKey', foreign!.id), nodeId('ClientKey', ended.id), foreign!.hint.slice(1), '', 'none']) {
      expect(await refusal(revoke(slug, name))).toBe(`No living key of "${slug}" is "${name}". "key list ${slug}" shows all.`);
    }
    expect(await stored()).toEqual(before);
  });

  it.each([
    ['make', () => create('nobody')], ['list', () => list('nobody')], ['end', () => revoke('nobody', 'none')],
  ])('can %s no keys of a client that does not exist', async (_, act) => {
    expect(await refusal(act())).toBe('There is no client "nobody". "client list" shows all.');
  });
});
