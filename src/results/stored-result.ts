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

/** A save under an idempotency key, as it is found again. */
interface SavedBefore {
  readonly id: string;
  /** Null once it was erased. */
  readonly requestDigest: Buffer | null;
}

// JSON comes a line each, of which an array of PostgreSQL would have every quotation mark escaped. Ordered, so that two servers
// that insert the same keys do not wait for each other, and of the same save the first one is inserted.
const insertAll = statement<{ id: string }>('result-insert', `
  insert into result (id, test_id, revision_number, answers, calculation, saved_at, idempotency_key, request_digest)
  select id, test_id, revision, answers::json, calculation::json, saved_at, key, digest
    from unnest($1::uuid[], $2::uuid[], $3::int[], string_to_array($4, E'\\n'), string_to_array($5, E'\\n'), $6::timestamptz[], $7::uuid[],
                $8::bytea[]) with ordinality as new (id, test_id, revision, answers, calculation, saved_at, key, digest, place)
   order by key, place
  on conflict do nothing
  returning id`);

const savedText = 'select id, request_digest as "requestDigest" from result';
const byId = statement<SavedBefore>('result-of-repeat', `${savedText} where id = $1`);
// Where the version before saved under the key of an erased result, that one counts.
const byIdOrKey = statement<SavedBefore>('result-of-repeat-or-earlier', `
  ${savedText} where id = $1 or idempotency_key = $2 order by request_digest is null limit 1`);
const byKey = statement<SavedBefore>('result-of-earlier-save', `${savedText} where idempotency_key = $1`);

const deleteOne = statement<never>('result-delete', 'delete from result where id = $1');

/**
 * Inserts results; tells of each, in their order, whether it was: false when another save with its idempotency key, which gives both
 * the same id, was faster or comes before it.
 */
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
  return results.map(({ id }) => inserted.delete(id));
}

/** Takes back a result that was inserted in the same transaction. */
export async function deleteResult(sql: Sql, resultKey: string): Promise<void> {
  await sql.run(deleteOne, [resultKey]);
}

/** The save of a result; null when there is no such result. */
export async function findSavedById(sql: Sql, resultKey: string): Promise<SavedBefore | null> {
  const [saved] = await sql.run(byId, [resultKey]);
  return saved ?? null;
}

/** The save of the version before under this key, whatever its RESULT_KEY; null when there was none. */
export async function findSavedEarlier(sql: Sql, idempotencyKey: string): Promise<SavedBefore | null> {
  const [saved] = await sql.run(byKey, [idempotencyKey]);
  return saved ?? null;
}

/** The save under an idempotency key, by the RESULT_KEY that it gets or as the version before saved it; null when there was none. */
export async function findSaved(sql: Sql, resultKey: string, idempotencyKey: string): Promise<SavedBefore | null> {
  const [saved] = await sql.run(byIdOrKey, [resultKey, idempotencyKey]);
  return saved ?? null;
}
