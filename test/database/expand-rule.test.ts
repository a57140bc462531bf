import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { migrations } from '../../src/database/migrations/index.js';
import { LongMigration } from '../../src/database/migrations/migration.js';
import { type OpenDatabase, openTestDatabase } from '../setup/open-database.js';
import { type MigrationText, problemsOf } from './expand-rule.js';

/** The last migration of the time before the rule. */
const LAST_FREE = '20261125-rate-limits';
const names = migrations.map(({ name }) => name);

let test: OpenDatabase;
beforeAll(async () => {
  test = await openTestDatabase();
});
afterAll(() => test.close());

function textOf({ name, class: Migration }: (typeof migrations)[number]): MigrationText {
  const { orm } = test.database;
  const migration = new Migration(orm.em.getDriver(), orm.config);
  if (migration instanceof LongMigration) return { name, statements: migration.statements(), isLong: true };
  migration.up();
  return { name, statements: migration.getQueries().map(String), isLong: false };
}

describe('migrations', () => {
  it('let the version before serve', () => {
    const bound = migrations.slice(names.indexOf(LAST_FREE) + 1);
    expect(bound.flatMap((one) => problemsOf(textOf(one), names.slice(0, names.indexOf(one.name))))).toEqual([]);
  });

  it('of the time before the rule did what it forbids now', () => {
    const broken = migrations.slice(0, names.indexOf(LAST_FREE) + 1).filter((one) => problemsOf(textOf(one), []).length > 0);
    expect(broken.map(({ name }) => name)).toEqual(['20261122-reports', '20261123-client-view', '20261124-rest']);
  });
});

const text = (statements: readonly string[], isLong = false, name = '20270101-sample'): MigrationText => ({ name, statements, isLong });

describe('the rule', () => {
  it.each([
    ['alter table "client" add "note" text null'],
    ['alter table "client" add "note" varchar(20), add "grade" int not null default 0, add column "tags" text[] not null default \'{}\''],
    ['alter table client add constraint client_note_short check (length(note) < 10) not valid'],
    ['alter table client add constraint c foreign key (a, b) references other (a, b) on delete restrict not valid'],
    ['alter table audit_entry drop constraint audit_entry_action_check, add constraint audit_entry_action_check check (action in (\'A, B\', \'C\')) not valid'],
    ['alter table client alter grade set default 1, alter grade drop not null'],
    ['create table "extra" ("id" uuid not null, primary key ("id"))', 'create index "extra_id" on "extra" ("id")', 'insert into extra select id from client'],
    ['create function f() returns trigger language plpgsql as $$ begin drop table client; end $$', 'create trigger t before update on client for each row execute function f()'],
  ])('allows %j', (...statements) => {
    expect(problemsOf(text(statements), [])).toEqual([]);
  });

  it.each([
    'drop table client', 'drop table "client" cascade', 'drop index client_user_key', 'drop function f()', 'truncate client', 'lock table client',
    'alter table client rename to customer', 'alter table client rename column name to title', 'alter table client rename constraint a to b',
    'alter table client drop column name', 'alter table client drop name', 'alter table client drop constraint client_slug_unique',
    'alter table client alter name set not null', 'alter table client alter column name type text', 'alter table client alter name set data type text',
    'alter table client add note text not null', 'alter table client add note text, add grade int not null',
    'alter table client add id2 uuid default gen_random_uuid()', 'alter table client add id2 uuid not null default gen_random_uuid()',
    'alter table client add n serial', 'alter table client add n int generated always as identity', 'alter table client add n int generated always as (1) stored',
    'alter table client add other uuid references other (id)', 'alter table client add code text unique', 'alter table client add code text check (code <> \'\')',
    'alter table client add constraint c check (a > 0)', 'alter table client add constraint c foreign key (a) references b (a)',
    'alter table client add constraint c unique (a)', 'alter table client add primary key (a)', 'alter table client add check (a > 0)',
    'alter table client set unlogged', 'alter table client add note text, drop name',
    'create index i on client (a)', 'create unique index i on client (a)', 'create index concurrently i on client (a)',
    'update client set a = 1', 'update client set a = 1 where id in (select id from client limit 1)', 'delete from client', 'insert into client select 1',
    'alter type mood add value \'x\'', 'reindex table client', 'alter table client validate constraint c', 'drop trigger t on client', 'select 1',
  ])('forbids %s', (statement) => {
    expect(problemsOf(text([statement]), [])).toEqual([`20270101-sample: ${statement}`]);
    // Beside what is allowed, too.
    expect(problemsOf(text(['alter table client add a int', statement]), [])).toHaveLength(1);
  });

  it('forbids to lock two tables in one transaction', () => {
    expect(problemsOf(text(['alter table client add a int', 'alter table result add a int']), []))
      .toEqual(['20270101-sample: locks client and result in one transaction, which requests may lock the other way round']);
    expect(problemsOf(text(['alter table client add a int', 'create trigger t after insert or update on "result" for each row execute function f()']), []))
      .toEqual([expect.stringContaining('locks client and result in one transaction')]);
    expect(problemsOf(text(['create table extra (id int)', 'alter table extra add a int', 'alter table result add a int']), [])).toEqual([]);
  });

  const drop = 'drop index concurrently if exists i';
  const limited = 'update client set a = 1 where id in (select id from client where a is null limit 1000)';
  it.each([[[drop, 'create index concurrently i on client (a)']], [[limited]], [['alter table client validate constraint c']], [[drop, 'create unique index concurrently "i" on "client" ("a")', limited]]])(
    'allows in a long migration %j', (statements) => {
      expect(problemsOf(text(statements, true), [])).toEqual([]);
    });

  it.each([
    [['create index concurrently i on client (a)']], [[drop.replace(' i', ' other'), 'create index concurrently i on client (a)']],
    [[drop, 'create index i on client (a)']], [['update client set a = 1']], [[drop]], [['alter table client add a int']],
  ])('forbids in a long migration %j', (statements) => {
    expect(problemsOf(text(statements, true), [])).not.toEqual([]);
  });

  it('lets a later release take away what an earlier one has replaced, and says which', () => {
    const contract = '20270201-contract-20270101-sample';
    const statements = ['alter table client drop name', 'drop table old', 'alter table client alter note set not null'];
    expect(problemsOf(text(statements, false, contract), ['20270101-sample'])).toEqual([]);
    expect(problemsOf(text(statements, false, contract), ['20270101-other']))
      .toEqual([`${contract}: takes away what "20270101-sample" replaced, which is no earlier migration`]);
    expect(problemsOf(text(['alter table client rename to customer', 'alter table client alter name type text'], false, contract), ['20270101-sample'])).toHaveLength(2);
  });
});
