import type { EntityManager } from '@mikro-orm/postgresql';
import pg from 'pg';

/**
 * A named statement: PostgreSQL parses and plans it once for each connection, which the ORM's own queries never get.
 * `Row` is what the caller says the columns are; it stands beside the text so that both are read together.
 */
export interface Statement<Row> {
  readonly name: string;
  readonly text: string;
  /** Only for the type checker. */
  readonly row?: Row;
}

/** Declares a named statement. Names are unique in the code base; values are always parameters. */
export function statement<Row>(name: string, text: string): Statement<Row> {
  return { name, text };
}

/** What can run a statement: the pool, or one transaction. */
export interface Sql {
  run<Row>(statement: Statement<Row>, values: readonly unknown[]): Promise<Row[]>;
}

/** A statement with its values. */
export type Call = readonly [statement: Statement<unknown>, values: readonly unknown[]];

/** What can run statements in a transaction of its own. */
export interface Transaction extends Sql {
  /** Runs the last statements and commits, without waiting in between; when one of them fails, nothing is committed. */
  finish(calls: readonly Call[]): Promise<void>;
}

type Queryable = Pick<pg.Pool | pg.PoolClient, 'query'>;

/** Runs named statements on a pool or on one of its connections. */
export function sqlOn(connection: Queryable): Sql {
  return {
    async run<Row>({ name, text }: Statement<Row>, values: readonly unknown[]): Promise<Row[]> {
      // The ORM's pool leaves times as text; hot paths want `Date` as pg gives it by default.
      const result = await connection.query({ name, text, values: [...values], types: pg.types });
      return result.rows as Row[];
    },
  };
}

/**
 * Runs statements in the transaction of a unit of work, beside what the ORM does there. For cold paths: there they go without
 * their names, and times come as text.
 */
export function sqlWithin(em: EntityManager): Sql {
  return {
    run<Row>({ text }: Statement<Row>, values: readonly unknown[]): Promise<Row[]> {
      // The ORM counts parameters by their places.
      const placed = [...text.matchAll(/\$(\d+)/g)].map(([, number]) => values[Number(number) - 1]);
      return em.execute(text.replaceAll(/\$\d+/g, '?'), placed) as Promise<unknown> as Promise<Row[]>;
    },
  };
}
