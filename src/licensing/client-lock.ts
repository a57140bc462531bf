import { type Sql, statement } from '../database/index.js';

// Not `for update`: rows that refer to the client, such as access tokens, may be inserted meanwhile.
const lock = statement<never>('client-lock', 'select 1 from client where id = $1 for no key update');

/**
 * Lets nobody else write the licenses, keys or terms of a client until the end of the transaction. All who write them take
 * this lock first, so that what they read next is as the last of them left it; issuing licenses and invoices takes it with
 * the columns that it reads.
 */
export async function lockClient(sql: Sql, clientId: string): Promise<void> {
  await sql.run(lock, [clientId]);
}
