import { describe, expect, it } from '@jest/globals';
import { cells, useCommands } from '../setup/commands.js';
import type { Json } from '../setup/test-server.js';

const { result, json, refusal, stored } = useCommands();

const client = (slug: string): Promise<Json> =>
  json(['client', 'create', '--name', 'School', '--slug', slug, '--payment', 'postpaid', '--license-policy', 'one-test']);
const listed = (slug: string): Promise<Json[]> => json(['key', 'list', slug, '--json']);

describe('the commands for keys', () => {
  it('make a key, list the living ones and end one of them, told by its hint or its id', async () => {
    const { key: first } = await client('school');
    const second = (await result(['key', 'create', 'school'])).trimEnd();
    expect(second).toMatch(/^tdk_[0-9a-f]{72}$/);
    const third = await json(['key', 'create', 'school', '--json']);
    expect(third).toEqual({
      id: expect.stringMatching(/^key_[\w-]{22}$/), hint: third.key.slice(-4), createdAt: expect.any(String),
      lastUsedAt: null, expiresAt: null, key: expect.stringMatching(/^tdk_[0-9a-f]{72}$/),
    });

    const keys = await listed('school');
    expect(keys.map(({ hint }) => hint)).toEqual([third.key, second, first].map((key) => key.slice(-4)));
    const [heading, ...rows] = cells(await result(['key', 'list', 'school']));
    expect(heading).toEqual(['id', 'hint', 'created', 'last used', 'expires']);
    expect(rows).toEqual(keys.map(({ id, hint, createdAt }) => [id, hint, createdAt, 'never', 'never']));

    expect(await result(['key', 'revoke', 'school', second.slice(-4)])).toBe(`The key ${second.slice(-4)} of school has ended.\n`);
    expect(await json(['key', 'revoke', 'school', third.id, '--json']))
      .toMatchObject({ id: third.id, hint: third.hint, expiresAt: expect.any(String) });
    expect((await listed('school')).map(({ hint }) => hint)).toEqual([first.slice(-4)]);
  });

  it('end the last key only on purpose, and make a new one for a client without any', async () => {
    const { key } = await client('locked');
    const before = await stored();
    expect(await refusal(['key', 'revoke', 'locked', key.slice(-4)])).toBe(
      'No key of "locked" would be left that lives on. Make another one first with "key create locked"; --last locks the client out.\n');
    expect(await stored()).toEqual(before);
    await result(['key', 'revoke', 'locked', key.slice(-4), '--last']);
    expect(await listed('locked')).toEqual([]);
    expect(await result(['key', 'create', 'locked'])).toMatch(/^tdk_/);
    expect(await listed('locked')).toHaveLength(1);
  });
});

describe('a command for keys', () => {
  it.each([
    ['a key of nobody', ['create', 'nobody'], 'There is no client "nobody". "client list" shows all.\n'],
    ['an end for no key', ['revoke', 'nobody'], "missing required argument 'hint-or-id'"],
    ['the list of no client', ['list'], "missing required argument 'slug'"],
  ])('refuses %s, and changes nothing', async (_, args, said) => {
    const before = await stored();
    expect(await refusal(['key', ...args])).toContain(said);
    expect(await stored()).toEqual(before);
  });
});
