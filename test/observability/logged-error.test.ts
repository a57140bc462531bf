import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Writable } from 'node:stream';
import { openLog } from '../../src/observability/index.js';
import { loggedError } from '../../src/observability/logged-error.js';
import { type OpenDatabase, openTestDatabase } from '../setup/open-database.js';

let opened: OpenDatabase;
beforeAll(async () => {
  opened = await openTestDatabase();
  await opened.sql('create table note (id uuid primary key, said text unique, size int check (size > 0))');
  await opened.sql(`insert into note values ('0190cb2e-0000-7000-8000-000000000001', 'a secret', 1)`);
});
afterAll(() => opened.close());

/** What is logged of the failure of a statement that holds a secret. */
async function logged(text: string, values: readonly unknown[] = []): Promise<ReturnType<typeof loggedError>> {
  const error: unknown = await opened.database.run({ name: `test-${text}`.slice(0, 60), text }, values).then(() => null, (failure: unknown) => failure);
  const told = loggedError(error);
  expect(JSON.stringify(told)).not.toContain('secret');
  return told;
}

describe('an error of the database', () => {
  it('is logged with code, table and constraint, but without the row that it is about', async () => {
    expect(await logged('insert into note (id, said) values (gen_random_uuid(), $1)', ['a secret'])).toMatchObject({
      message: 'duplicate key value violates unique constraint "note_said_key"', code: '23505', table: 'note', constraint: 'note_said_key',
    });
    expect(await logged(`insert into note values (gen_random_uuid(), 'my secret', -1)`)).toMatchObject({
      message: 'new row for relation "note" violates check constraint "note_size_check"', code: '23514',
    });
  });

  it.each([
    ['select $1::uuid', 'a secret', 'invalid input syntax for type uuid: "…"'],
    ['select $1::uuid', 'a "secret" in "quotes"', 'invalid input syntax for type uuid: "…"'],
    ['select $1::uuid', 'two\nlines of "secret', 'invalid input syntax for type uuid: "…"'],
    ['select $1::int', '1 secret', 'invalid input syntax for type integer: "…"'],
    ['select $1::uuid', 'a secret\n - detail: a secret', 'invalid input syntax for type uuid: "…"'],
    ['select $1::timestamptz', 'secret', 'invalid input syntax for type timestamp with time zone: "…"'],
    ['select $1::json', '{"secret', 'invalid input syntax for type json'],
  ])('of %s with %j is logged without the value that it quotes', async (text, value, message) => {
    expect((await logged(text, [value])).message).toBe(message);
  });

  it('keeps the names of what is missing, which are ours', async () => {
    expect(await logged('select 1 from nothing')).toMatchObject({ message: 'relation "nothing" does not exist', code: '42P01' });
  });

  it('of the ORM is logged without the values that it writes into its statements', async () => {
    const error: unknown = await opened.database.em().getConnection().execute(`insert into note (id, said) values (gen_random_uuid(), ?)`, ['a secret'])
      .then(() => null, (failure: unknown) => failure);
    const inDriver: unknown = await opened.database.em().execute(`insert into note (id, said) values (gen_random_uuid(), ?)`, ['a secret'])
      .then(() => null, (failure: unknown) => failure);
    for (const each of [error, inDriver]) {
      expect(loggedError(each)).toMatchObject({ message: 'duplicate key value violates unique constraint "note_said_key"', code: '23505' });
      expect(JSON.stringify(loggedError(each))).not.toContain('secret');
    }
  });

  it('has a stack that leads to who sent the statement', async () => {
    expect((await logged('select 1 from nothing')).stack).toContain('logged-error.test.ts');
  });
});

describe('an error', () => {
  it('is logged with its class, its message, its stack and its causes', () => {
    class Broken extends Error {}
    const cause = Object.assign(new Error('No more room.'), { code: 'ENOSPC', path: '/secret' });
    const told = loggedError(new Broken('It broke.', { cause }));
    expect(told).toEqual({
      type: 'Broken', message: 'It broke.', stack: expect.stringMatching(/^ +at /),
      cause: { type: 'Error', message: 'No more room.', code: 'ENOSPC', stack: expect.stringMatching(/^ +at /) },
    });
  });

  it('of a reader is logged without what was read', () => {
    const error: unknown = (() => {
      try {
        return JSON.parse('["a secret]');
      } catch (failure) {
        return failure;
      }
    })();
    expect(JSON.stringify(loggedError(error))).not.toContain('secret');
  });

  it('that leads round in a circle is logged all the same', () => {
    const error = new Error('round');
    error.cause = error;
    expect(JSON.stringify(loggedError(error)).length).toBeLessThan(100_000);
  });

  it.each([['a secret'], [null], [undefined], [{ secret: 1 }], [42]])('that is none, but %j, is logged as such', (thrown) => {
    expect(loggedError(thrown)).toEqual({ type: typeof thrown, message: 'Something that is no error was thrown.' });
  });
});

describe('a line of the log', () => {
  const lineOf = (write: (log: ReturnType<typeof openLog>) => void): Record<string, unknown> => {
    let line = '';
    write(openLog('info', null, new Writable({ write(chunk, _encoding, done) {
      line += String(chunk);
      done();
    } })));
    expect(line).not.toContain('secret');
    return JSON.parse(line) as Record<string, unknown>;
  };
  const failure = Object.assign(new Error('invalid input syntax for type uuid: "secret"'), { severity: 'ERROR', code: '22P02', detail: 'secret' });
  const message = 'invalid input syntax for type uuid: "…"';

  it('masks an error in whatever way it is given', () => {
    expect(lineOf((log) => log.error(failure))).toMatchObject({ level: 'error', err: { message }, msg: message });
    expect(lineOf((log) => log.error({ err: failure }))).toMatchObject({ err: { message }, msg: message });
    expect(lineOf((log) => log.error(failure, 'It failed'))).toMatchObject({ err: { message }, msg: 'It failed' });
    expect(lineOf((log) => log.child({ requestId: 'x' }).error({ err: failure, more: 1 }, 'It failed')))
      .toMatchObject({ requestId: 'x', more: 1, err: { message }, msg: 'It failed' });
  });

  it('leaves everything else as it is', () => {
    expect(lineOf((log) => log.info('Hello'))).toEqual({ level: 'info', time: expect.any(String), msg: 'Hello' });
    expect(lineOf((log) => log.info({ a: 1 }, 'Hello %s', 'you'))).toMatchObject({ a: 1, msg: 'Hello you' });
    expect(lineOf((log) => log.info({ err: null }, 'Hello'))).toMatchObject({ msg: 'Hello' });
  });
});
