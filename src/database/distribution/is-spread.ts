import { type Sql, statement } from '../statement.js';

/** Tells `is`. */
export const IS_SPREAD = `select to_regclass('client_slug_unique') is null as is`;

const ask = statement<{ is: boolean }>('is-spread', IS_SPREAD);

/** Whether the tables of a database that is up to date were prepared to lie on several machines: they have other keys then. */
export async function isSpread(sql: Sql): Promise<boolean> {
  const [answer] = await sql.run(ask, []);
  return answer!.is;
}
