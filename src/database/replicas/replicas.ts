import { setTimeout as sleep } from 'node:timers/promises';
import { Coalescer } from '../../kernel/coalesce.js';
import { inTime } from '../../kernel/in-time.js';
import { outageOf } from '../errors.js';
import type { Sql, Statement } from '../statement.js';
import type { Replica } from './replica.js';
import { type Position, readPosition, readPrimary } from './standing.js';

/** How often replicas are looked at: one that keeps up is used, the others are left out. */
const CHECK_EVERY_MS = 1_000;
/** How long the start of a server waits for the first look at its replicas. */
const FIRST_LOOK_LIMIT_MS = 2_000;
/** How long the primary may take to tell where it is. */
const ANSWER_LIMIT_MS = 1_000;
/** How many reads may share a question where the primary is. */
const MAX_BATCH = 1_000;

/** How a read went to a replica: answered by it; or by the primary, because the replica was behind or failed. */
export type ReplicaRead = 'answered' | 'behind' | 'failed';

interface ReplicaOptions {
  readonly primary: Sql;
  readonly replicas: readonly Replica[];
  /** How long a read waits at most for its replica to show what the primary has acknowledged, in milliseconds. */
  readonly waitMs: number;
  readonly onRead: (replica: Replica, outcome: ReplicaRead) => void;
}

/**
 * Reads from replicas, as if from the primary: each read begins by asking the primary how far it is, and goes to a replica
 * that shows all until there. So nobody, whichever server they ask, is told what was true before something that they were
 * told or have done. Where no replica has got there in time the primary answers.
 */
export class Replicas implements Sql {
  private readonly timers = new Map<Replica, NodeJS.Timeout>();
  private isClosed = false;
  private turn = 0;
  // A question begins after whoever waits for it has asked, so that what they know is behind its answer.
  private readonly positions: Coalescer<null, Position>;

  private constructor(private readonly options: ReplicaOptions) {
    this.positions = new Coalescer({
      maxBatch: MAX_BATCH,
      spoiltByAnItem: () => false,
      async run(_key, reads) {
        const [row] = await options.primary.run(readPosition, []);
        return reads.map(() => row!.position);
      },
    });
  }

  /** Looks at the replicas once, and then again and again; one that is not there is no failure. */
  static async open(options: ReplicaOptions): Promise<Replicas> {
    const replicas = new Replicas(options);
    const looks = options.replicas.map((replica) => replicas.check(replica));
    await Promise.race([Promise.all(looks), sleep(FIRST_LOOK_LIMIT_MS, undefined, { ref: false })]);
    return replicas;
  }

  async run<Row>(statement: Statement<Row>, values: readonly unknown[]): Promise<Row[]> {
    const { primary, onRead, waitMs } = this.options;
    const replica = this.next();
    if (!replica) return primary.run(statement, values);
    const position = await this.positions.submit('', null);
    try {
      const rows = await replica.read(position, waitMs, statement, values);
      onRead(replica, rows ? 'answered' : 'behind');
      if (rows) return rows;
    } catch (error) {
      onRead(replica, 'failed');
      // It would take as long again.
      if (outageOf(error) === 'too slow') throw error;
    }
    return primary.run(statement, values);
  }

  /** Whoever reads meanwhile is answered by the primary. */
  close(): void {
    this.isClosed = true;
    for (const timer of this.timers.values()) clearTimeout(timer);
    for (const replica of this.options.replicas) replica.close();
  }

  /** Each in its turn. */
  private next(): Replica | null {
    const used = this.options.replicas.filter(({ leftOutBecause }) => leftOutBecause === null);
    return used[(this.turn += 1) % used.length] ?? null;
  }

  /** Each for itself: one that is waited for keeps no other from being looked at. */
  private async check(replica: Replica): Promise<void> {
    const { primary, waitMs } = this.options;
    const answer = inTime(primary.run(readPrimary, []), ANSWER_LIMIT_MS, 'it does not answer');
    // While the primary does not tell, reads fail that ask it, as everything else does.
    const [standing] = await answer.catch(() => []);
    if (standing) await replica.check(standing, waitMs);
    if (!this.isClosed) this.timers.set(replica, setTimeout(() => void this.check(replica), CHECK_EVERY_MS));
  }
}
