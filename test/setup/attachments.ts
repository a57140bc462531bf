import type { FreshDatabase } from './fresh-database.js';
import type { TestServer } from './test-server.js';

/** Says of results that they were attached at a time of one's own. */
export async function dateAttachments(server: TestServer, resultKeys: readonly string[], at: Date | string): Promise<void> {
  await server.sql(`
    with dated as (update result set attached_at = $2 where id = any($1))
    update attachment set attached_at = $2 where result_id = any($1)`, [resultKeys, at]);
}

/** Leaves of results what is left of those of an erased user. */
export async function emptyResults(server: TestServer, resultKeys: readonly string[]): Promise<void> {
  await server.sql(`
    with emptied as (update result set answers = null, calculation = null where id = any($1))
    update attachment set erased = true where result_id = any($1)`, [resultKeys]);
}

/** The keys of the results of a client's users. */
export async function attachedKeys(server: TestServer, clientId: string): Promise<string[]> {
  const rows = await server.sql<{ key: string }>('select result_id as key from attachment where client_id = $1', [clientId]);
  return rows.map(({ key }) => key);
}

/** The results whose note beside their client says something else than they themselves. */
export async function misnoted({ sql }: Pick<FreshDatabase, 'sql'>): Promise<{ resultKey: string }[]> {
  return sql(`
    select coalesce(r.id, a.result_id) as "resultKey"
      from (select * from result where client_id is not null) r
      full join attachment a on a.client_id = r.client_id and a.result_id = r.id
     where (r.user_id, r.test_id, r.revision_number, r.saved_at, r.attached_at, r.calculation is null)
           is distinct from (a.user_id, a.test_id, a.revision_number, a.saved_at, a.attached_at, a.erased)`);
}
