import { isRefusal, type Sql, statement } from '../database/index.js';
import { InputError } from '../kernel/input-error.js';

const probe = statement<never>('time-zone-probe', "select timestamptz 'epoch' at time zone $1::text");

/**
 * Refuses a time zone that PostgreSQL does not know: it counts the days, and has names and rules of its own, which may
 * be older than ours. A client in such a zone could not issue licenses.
 */
export async function checkTimeZone(sql: Sql, timeZone: string): Promise<void> {
  try {
    await sql.run(probe, [timeZone]);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    throw new InputError(`The database does not know the time zone ${timeZone}: choose another one, or update its time zones.`);
  }
}
