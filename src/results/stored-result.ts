import { type Sql, statement } from '../database/index.js';

const insertOne = statement<{ id: string }>('result-insert', `
  insert into result (id, test_id, revision_number, answers, calculation, saved_at, idempotency_key, request_digest)
  values ($1, $2, $3, $4, $5, $6, $7, $8)
  on conflict (idempotency_key) do nothing
  returning id`);

const deleteOne = statement<never>('result-delete', 'delete from result where id = $1');

/** Inserts a result, which nobody has yet; false when another save with the same idempotency key was faster. */
export async function insertResult(sql: Sql, values: readonly unknown[]): Promise<boolean> {
  return (await sql.run(insertOne, values)).length > 0;
}

/** Takes back a result that was inserted in the same transaction. */
export async function deleteResult(sql: Sql, resultKey: string): Promise<void> {
  await sql.run(deleteOne, [resultKey]);
}
