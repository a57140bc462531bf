import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { type FreshDatabase, freshDatabase } from './fresh-database.js';
import { cleanUp, type Environment, newFolder, runCli } from './processes.js';
import type { Json } from './test-server.js';

/** The command line on a database of its own, unless another environment is given. */
export interface Commands {
  readonly environment: () => Environment;
  /** Runs a command that is to succeed without a word on stderr, and gives what it printed. */
  readonly result: (args: readonly string[], where?: Environment) => Promise<string>;
  /** The same with one line of JSON. */
  readonly json: (args: readonly string[], where?: Environment) => Promise<Json>;
  /** Runs a command that is to fail with nothing on stdout and no stack trace, and gives what it said. */
  readonly refusal: (args: readonly string[], where?: Environment) => Promise<string>;
  /** Everything in the database that a command could change. */
  readonly stored: () => Promise<unknown>;
  /** Runs SQL beside the commands, to look at what they left behind. */
  readonly sql: FreshDatabase['sql'];
}

/** Prepares commands for all tests of a file, and cleans up behind them. */
export function useCommands(): Commands {
  let database: FreshDatabase;
  beforeAll(async () => {
    database = await freshDatabase();
  });
  afterAll(async () => {
    await cleanUp();
    await database.drop();
  });
  const environment = (): Environment => ({ DATABASE_URL: database.url });

  async function result(args: readonly string[], where = environment()): Promise<string> {
    const { code, stdout, stderr } = await runCli(args, where);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    return stdout;
  }

  async function json(args: readonly string[], where = environment()): Promise<Json> {
    const stdout = await result(args, where);
    expect(stdout).toMatch(/^[^\n]+\n$/);
    return JSON.parse(stdout);
  }

  async function refusal(args: readonly string[], where = environment()): Promise<string> {
    const { code, stdout, stderr } = await runCli(args, where);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).not.toMatch(/^ +at |node:/m);
    return stderr;
  }

  async function stored(): Promise<unknown> {
    return Promise.all(['client', 'client_key', 'test', 'test_revision', 'question', 'question_option', 'invoice', 'invoice_license', 'audit_entry']
      .map((table) => database.sql(`select * from ${table} order by 1, 2`)));
  }

  return { environment, result, json, refusal, stored, sql: (text, values) => database.sql(text, values) };
}

/** The lines of a printed table as cells. */
export function cells(table: string): string[][] {
  return table.trimEnd().split('\n').map((line) => line.split(/ {2,}/));
}

/** A new file with a text, or with a value as JSON. */
export async function fileOf(content: unknown, name = 'test.json'): Promise<string> {
  const path = join(await newFolder(), name);
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}
