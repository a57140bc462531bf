import { type Sql, statement } from '../database/index.js';
import type { Calculation } from '../scoring/index.js';
import type { StoredAnswers } from './result.js';

/** What a list tells of a result, without its heavy parts. */
export interface ResultHead {
  /** RESULT_KEY. */
  readonly id: string;
  readonly testId: string;
  /** The edition that was answered. */
  readonly revisionNumber: number;
  readonly savedAt: Date;
  /** The client of the user who has the result; null until attached, together with the two below. */
  readonly clientId: string | null;
  readonly userId: string | null;
  readonly attachedAt: Date | null;
}

/** A result as it is read by its key. */
export interface SavedResult extends ResultHead {
  /** Read when they are asked for: a report is shown without them. */
  readonly answers: () => StoredAnswers;
  readonly calculation: Calculation;
}

interface Row extends ResultHead {
  readonly answers: string;
  readonly calculation: Calculation;
}

const byKeys = statement<Row>('results-by-key', `
  select r.id, r.test_id as "testId", r.revision_number as "revisionNumber", r.saved_at as "savedAt",
         r.client_id as "clientId", r.user_id as "userId", r.attached_at as "attachedAt", r.answers::text, r.calculation
    from result r
   where r.id = any($1::uuid[]) and r.calculation is not null`);

/** Results in the order of the keys asked for; null for an unknown key, and for a result that was erased with its user. */
export async function readResults(sql: Sql, keys: readonly string[]): Promise<(SavedResult | null)[]> {
  const rows = await sql.run(byKeys, [keys]);
  const found = new Map(rows.map((row) => [row.id, { ...row, answers: () => JSON.parse(row.answers) as StoredAnswers }]));
  return keys.map((key) => found.get(key) ?? null);
}

/** Whether the report may be read: of a free test always, of a paid one only after the result was attached. */
export function reportIsAvailable(test: { readonly paid: boolean }, result: ResultHead): boolean {
  return !test.paid || result.userId !== null;
}

/** Whether the result belongs to a user of this client; null stands for a caller without a key, who owns nothing. */
export function belongsTo(result: ResultHead, clientId: string | null): boolean {
  return result.clientId !== null && result.clientId === clientId;
}
