import { type EntityClass, type EntityManager, IsolationLevel, MikroORM } from '@mikro-orm/postgresql';
import type pg from 'pg';
import type { Pool, PoolClient } from 'pg';
import { OperatorError } from '../kernel/operator-error.js';
import type { DatabaseConnection } from './connection.js';
import { outageOf, reasonOf } from './errors.js';
import { FirstFailure } from './first-failure.js';
import { nameOfHosts, urlsOfHosts } from './hosts.js';
import { inOnePacket } from './in-one-packet.js';
import { type ForRequests, ormOptions } from './orm.js';
import { poolsTransactions } from './pools-transactions.js';
import { onConnection, runOn } from './run-on.js';
import { DATABASE_IDENTITY } from './identity.js';
import { type Sql, sqlOn, type Statement, type Transaction } from './statement.js';
import { tryExclusively } from './try-exclusively.js';

/** How long an answer to the shortest question may take. */
const PING_LIMIT_MS = 2_000;

/** The oldest PostgreSQL whose features the statements use. */
const OLDEST_POSTGRESQL = 14;

/** What PgBouncer says when it is asked for a limit with a connection. */
const OF_A_POOLER = 'unsupported startup parameter';
/** What we ask for so: a pooler of sessions has to pass over it. */
const OUR_PARAMETERS = 'statement_timeout, idle_in_transaction_session_timeout';

/** The connections of a pool. */
interface Connections {
  /** Open ones. */
  readonly total: number;
  /** Open ones that nobody uses. */
  readonly idle: number;
  /** Those who wait for one. */
  readonly waiting: number;
}

/** The open database: MikroORM for the cold paths, named statements on the same pool for the hot ones. */
export class Database implements Sql {
  private constructor(
    readonly orm: MikroORM,
    readonly connection: DatabaseConnection,
    private readonly pool: Pool,
  ) {}

  /** Connects and checks that the database can be used; an `OperatorError` says what to mend. For the parameters see `ormOptions`. */
  static async open(
    connection: DatabaseConnection,
    entities: readonly EntityClass<object>[],
    poolSize: number,
    forRequests: ForRequests | null = null,
  ): Promise<Database> {
    const orm = await MikroORM.init(ormOptions(connection, entities, poolSize, forRequests));
    // Typed as unknown by the core: it is the `pg` pool that the PostgreSQL driver made.
    const pool = await orm.em.getConnection().getNativeClient();
    const database = new Database(orm, connection, pool);
    try {
      const { isDirect } = await checkServer(pool, connection);
      if (forRequests?.areTransactionsPooled) await checkLimit(pool, connection, forRequests.statementTimeoutMs);
      else if (!isDirect) await refusePooler(connection);
      return database;
    } catch (error) {
      await database.close();
      throw error;
    }
  }

  /** A unit of work of its own. */
  em(): EntityManager {
    return this.orm.em.fork();
  }

  /** The connections at this moment. */
  get connections(): Connections {
    const { totalCount: total, idleCount: idle, waitingCount: waiting } = this.pool;
    return { total, idle, waiting };
  }

  run<Row>(statement: Statement<Row>, values: readonly unknown[]): Promise<Row[]> {
    return runOn(this.pool, statement, values);
  }

  /** Runs `work` as a unit of work of its own in one transaction, as `transaction` does. */
  unitOfWork<T>(work: (em: EntityManager) => Promise<T>): Promise<T> {
    return this.em().transactional(work, { isolationLevel: IsolationLevel.READ_COMMITTED });
  }

  /** Runs `work` in one transaction: committed when it returns, rolled back when it throws. */
  transaction<T>(work: (sql: Transaction) => Promise<T>): Promise<T> {
    // Stated, because a database may have another default: who waited for a lock must see what its holder wrote.
    return this.within('begin isolation level read committed', work);
  }

  /** Runs `work` on one view of the data: it neither changes anything nor sees what others commit meanwhile. */
  snapshot<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    return this.within('begin isolation level repeatable read read only', work);
  }

  private within<T>(begin: string, work: (sql: Transaction) => Promise<T>): Promise<T> {
    return this.onConnection(async (connection) => {
      const sql = new FirstFailure(sqlOn(connection));
      const state = { isFinished: false };
      const transaction: Transaction = {
        run: (statement, values) => sql.run(statement, values),
        async finish(calls) {
          // To commit a transaction in which a statement failed is to roll it back.
          await inOnePacket(connection, () => Promise.all([...calls.map((call) => sql.run(...call)), connection.query('commit')]));
          state.isFinished = true;
        },
      };
      try {
        // The first statements of the work come after the beginning, and fail with it.
        const [, outcome] = await inOnePacket(connection, () => Promise.all([connection.query(begin), work(transaction)]));
        if (!state.isFinished) await connection.query('commit');
        return outcome;
      } catch (error) {
        throw sql.causeOf(error);
      }
    }, 'rollback');
  }

  /** Runs `work` while no other process runs work under the same lock. */
  async exclusively<T>(lock: number, work: () => Promise<T>): Promise<T> {
    return this.onConnection(async (connection) => {
      await connection.query('select pg_advisory_lock($1)', [lock]);
      const outcome = await work();
      await connection.query('select pg_advisory_unlock_all()');
      return outcome;
    }, 'select pg_advisory_unlock_all()');
  }

  /** Runs `work` unless another process runs work under the same lock, and waits for nobody; see `tryExclusively`. */
  tryExclusively<T>(lock: number, work: (lost: AbortSignal) => Promise<T>): Promise<T | null> {
    return tryExclusively(this.connection, lock, work);
  }

  /** Tells this database from all others, by whatever way it is reached. */
  async identity(): Promise<string> {
    const { rows } = await this.pool.query<{ identity: string }>(`select ${DATABASE_IDENTITY} as identity`);
    return rows[0]!.identity;
  }

  /** Fails unless the database answers. */
  async ping(): Promise<void> {
    const question: pg.QueryConfig & { readonly query_timeout: number } = { text: 'select', query_timeout: PING_LIMIT_MS };
    await onConnection(this.pool, (connection) => connection.query(question));
  }

  /** Waits for the statements under way. */
  async close(): Promise<void> {
    await this.orm.close();
    // The ORM ends the pool only if it has used it itself.
    if (!this.pool.ending) await this.pool.end();
  }

  /** Lends a connection; after a failure it goes back to the pool only if `undo` could clean it. */
  private async onConnection<T>(work: (connection: PoolClient) => Promise<T>, undo: string): Promise<T> {
    const connection = await this.pool.connect();
    let broken = false;
    try {
      return await work(connection);
    } catch (error) {
      // One that only reads may have been the primary before.
      broken = outageOf(error) === 'out of reach' || await connection.query(undo).then(() => false, () => true);
      throw error;
    } finally {
      connection.release(broken);
    }
  }
}

async function checkServer(pool: Pool, connection: DatabaseConnection): Promise<{ readonly isDirect: boolean }> {
  const { major, isStandby, isDirect } = await aboutServer(pool).catch((error: unknown) => {
    const reason = reasonOf(error);
    const hint = reason.startsWith(OF_A_POOLER) ? ` Let PgBouncer pass over it (ignore_startup_parameters = ${OUR_PARAMETERS}).` : '';
    throw new OperatorError(`Cannot use the database ${describe(connection)}: ${reason}.${hint}`);
  });
  if (isStandby) {
    throw new OperatorError(`The database ${describe(connection)} is a standby, which takes no writes: name the primary, or all hosts.`);
  }
  if (major < OLDEST_POSTGRESQL) {
    throw new OperatorError(
      `The database ${describe(connection)} is PostgreSQL ${major}; PostgreSQL ${OLDEST_POSTGRESQL} or newer is needed.`,
    );
  }
  return { isDirect };
}

interface AboutServer {
  readonly major: number;
  readonly isStandby: boolean;
  /** Whether PostgreSQL itself has let us in: who stands between tells another process of which a statement can be cancelled. */
  readonly isDirect: boolean;
}

function aboutServer(pool: Pool): Promise<AboutServer> {
  return onConnection(pool, async (connection) => {
    const { rows } = await connection.query<Omit<AboutServer, 'isDirect'> & { pid: number }>(`
      select current_setting('server_version_num')::int / 10000 as major, pg_is_in_recovery() as "isStandby", pg_backend_pid() as pid`);
    const { pid, ...about } = rows[0]!;
    return { ...about, isDirect: pid === (connection as PoolClient & { readonly processID: number | null }).processID };
  });
}

/** Named statements and locks of a session, which all work needs, are known to one connection of PostgreSQL. */
async function refusePooler(connection: DatabaseConnection): Promise<void> {
  if (!(await poolsTransactions(connection))) return;
  throw new OperatorError(`The database ${describe(connection)} is reached by a pooler of transactions: set DATABASE_DIRECT_URL to PostgreSQL itself.`);
}

/** A pooler of transactions does not let us set the limit of statements: whoever set it up has to. */
async function checkLimit(pool: Pool, connection: DatabaseConnection, limitMs: number): Promise<void> {
  const { rows } = await pool.query<{ limit: number }>(
    `select (extract(epoch from current_setting('statement_timeout')::interval) * 1000)::float8 as limit`,
  );
  const { limit } = rows[0]!;
  if (limit > 0 && limit <= limitMs) return;
  throw new OperatorError(
    `The database ${describe(connection)} lets a statement take ${limit > 0 ? `${limit} ms` : 'any time'}. Let it end statements after `
    + `STATEMENT_TIMEOUT (${limitMs} ms) or earlier; with PgBouncer by connect_query='set statement_timeout = ${limitMs}'.`,
  );
}

/** Names the database without its password. */
function describe(connection: DatabaseConnection): string {
  if (!('url' in connection)) return `in ${connection.host}`;
  const urls = urlsOfHosts(connection.url);
  return `of DATABASE_URL (${nameOfHosts(urls)}${new URL(urls[0]!).pathname})`;
}
