import type pg from 'pg';

/** What each of its connections is told first. */
export const PLAN_ONCE = 'set plan_cache_mode = force_generic_plan';

type Callback = (error: Error | null | undefined, client?: unknown) => void;

/**
 * The class of connections of a pool on which a named statement is planned once, for any values. By itself PostgreSQL plans one that
 * looks for a list of keys each time anew: for the one key that is mostly asked for it expects less than for any list, and what planning
 * takes, longer than the answer, it hardly counts. That such plans are good is tested for every statement.
 */
export function plannedOnceClient(Client: typeof pg.Client): typeof pg.Client {
  class PlannedOnceClient extends Client {
    override connect(...args: unknown[]): never {
      const [callback] = args as [Callback?];
      if (!callback) return super.connect() as never;
      const told: Callback = (error, client) => {
        // Not waited for: it goes before whatever is asked next, which fails as well where this does.
        if (!error) super.query(PLAN_ONCE).catch(() => undefined);
        callback(error, client);
      };
      return super.connect(told) as never;
    }
  }
  return PlannedOnceClient;
}
