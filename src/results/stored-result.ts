import { type Sql, statement } from '../database/index.js';
import type { Calculation } from '../scoring/index.js';
import type { StoredAnswers } from './result.js';

/** A result as it is inserted, which nobody has yet. */
export interface NewResult {
  readonly id: string;
  readonly testId: string;
  readonly revision: number;
  readonly answers: StoredAnswers;
  readonly calculation: Calculation;
  readonly savedAt: Date;
  /** By which it is told from others; null for a save whose repeats need not be recognised. */
  readonly repeat: Repeat | null;
}

/** A save under a key that tells it from others, with the digest of its request. */
export interface Repeat {
  readonly key: string;
  readonly digest: Buffer;
}

// JSON comes a line each, of which an array of PostgreSQL would have every quotation mark escaped. Ordered, so that two servers
// that insert the same keys do not wait for each other.
const insertAll = statement<{ id: string }>('result-insert', `
  insert into result (id, test_id, revision_number, answers, calculation, saved_at, idempotency_key, request_digest)
  select id, test_id, revision, answers::json, calculation::json, saved_at, key, digest
    from unnest($1::uuid[], $2::uuid[], $3::int[], string_to_array($4, E'\\n'), string_to_array($5, E'\\n'), $6::timestamptz[], $7::uuid[],
                $8::bytea[]) as new (id, test_id, revision, answers, calculation, saved_at, key, digest)
   order by key
  on conflict (idempotency_key) do nothing
  returning id`);

const deleteOne = statement<never>('result-delete', 'delete from result where id = $1');

/** Inserts results; tells of each, in their order, whether it was: false when another save with its idempotency key was faster. */
export async function insertResults(sql: Sql, results: readonly NewResult[]): Promise<boolean[]> {
  const rows = await sql.run(insertAll, [
    results.map(({ id }) => id),
    results.map(({ testId }) => testId),
    results.map(({ revision }) => revision),
    results.map(({ answers }) => JSON.stringify(answers)).join('\n'),
    results.map(({ calculation }) => JSON.stringify(calculation)).join('\n'),
    results.map(({ savedAt }) => savedAt),
    results.map(({ repeat }) => repeat?.key ?? null),
    results.map(({ repeat }) => repeat?.digest ?? null),
  ]);
  const inserted = new Set(rows.map(({ id }) => id));
  return results.map(({ id }) => inserted.has(id));
}

/** Takes back a result that was inserted in the same transaction. */
export async function deleteResult(sql: Sql, resultKey: string): Promise<void> {
  await sql.run(deleteOne, [resultKey]);
}
