import { Migration as OrmMigration } from '@mikro-orm/migrations';
import type { Pool, QueryConfig } from 'pg';

/**
 * How long a migration waits for a table, in milliseconds: all who ask for the table meanwhile wait behind it. It is shorter than
 * PostgreSQL waits before it ends a deadlock (1 s), which would else hit a request.
 */
const LOCK_TIMEOUT_MS = 500;

/** How long one statement of a long migration may take, in milliseconds. */
const LONG_STATEMENT_LIMIT_MS = 24 * 60 * 60 * 1_000;

/** A migration in one transaction, which is given up rather than to hold others up, and tried again. */
export abstract class Migration extends OrmMigration {
  override getQueries(): ReturnType<OrmMigration['getQueries']> {
    return [`set local lock_timeout = ${LOCK_TIMEOUT_MS}`, ...super.getQueries()];
  }
}

/**
 * A migration that takes long where there is much, beside all that goes on: each statement is a transaction of its own. It may
 * end early and be run again from the first, so each has to do no harm the second time.
 */
export abstract class LongMigration extends OrmMigration {
  /** What is run, in this order. One that changes rows is run again until there is none left to change. */
  abstract statements(): readonly string[];

  override isTransactional(): boolean {
    return false;
  }

  override async up(): Promise<void> {
    const pool = await this.driver.getConnection().getNativeClient() as Pool;
    for (const text of this.statements()) {
      const query: QueryConfig & { query_timeout: number } = { text, query_timeout: LONG_STATEMENT_LIMIT_MS };
      while (((await pool.query(query)).rowCount ?? 0) > 0);
    }
  }
}
