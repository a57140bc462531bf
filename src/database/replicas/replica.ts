import { setTimeout as sleep } from 'node:timers/promises';
import { inTime } from '../../kernel/in-time.js';
import { reasonOf } from '../errors.js';
import { nameOfHosts } from '../hosts.js';
import { inOnePacket } from '../in-one-packet.js';
import { onConnection, runOn } from '../run-on.js';
import { sqlOn, type Statement } from '../statement.js';
import { ReplicaConnections, type ReplicaSettings } from './connections.js';
import { type Position, type PrimaryStanding, readReplayed, readReplica, type ReplicaStanding } from './standing.js';

/** How long a replica may take to tell where it is. */
const ANSWER_LIMIT_MS = 1_000;

/** How long to wait before a replica is asked again whether it has got there. */
const ASKED_AGAIN_AFTER_MS = 2;

const BEHIND = 'it is behind';

/** A standby that answers reads while it keeps up with the primary. */
export class Replica {
  readonly name: string;
  private connections: ReplicaConnections;
  private isClosed = false;
  /** Where it was when it was last asked. */
  private replayed: Position = -1;
  /** Why it is not used; null while it is. */
  private reason: string | null = 'it was not looked at yet';

  /** Nothing is connected yet. */
  constructor(
    private readonly url: string,
    private readonly settings: ReplicaSettings,
    private readonly onChange: (replica: Replica) => void,
  ) {
    this.name = nameOfHosts([url]);
    this.connections = new ReplicaConnections(url, settings);
  }

  /** Why no read goes to it; null while it is used. */
  get leftOutBecause(): string | null {
    return this.reason;
  }

  /** Looks whether it is a copy of this primary and shows what the primary has done in time, and uses it or leaves it out. */
  async check(primary: PrimaryStanding, waitMs: number): Promise<void> {
    try {
      const [standing] = await inTime(runOn(this.connections.checks, readReplica, []), ANSWER_LIMIT_MS, 'it does not answer');
      const reason = reasonAgainst(standing!, primary);
      if (reason !== null) this.leaveOut(reason);
      else if (await this.shows(primary.position, waitMs)) this.use();
      else this.leaveOut(BEHIND);
    } catch (error) {
      if (this.isClosed) return;
      this.leaveOut(reasonOf(error));
      // What its connections wait for may never come: reads under way fail, and the primary answers them.
      this.connections.drop();
      this.connections = new ReplicaConnections(this.url, this.settings);
    }
  }

  /** What it answers when it shows all up to a position, for which it is waited as long as this; null when it does not. */
  async read<Row>(position: Position, waitMs: number, statement: Statement<Row>, values: readonly unknown[]): Promise<Row[] | null> {
    if (this.replayed < position && !(await this.shows(position, waitMs))) {
      this.leaveOut(BEHIND);
      return null;
    }
    return onConnection(this.connections.pool, async (connection) => {
      const sql = sqlOn(connection);
      // Asked again beside the statement: a replica that was started anew meanwhile may be where it was long ago.
      const [[here], rows] = await inOnePacket(connection, () => Promise.all([sql.run(readReplayed, []), sql.run(statement, values)]));
      return here!.position !== null && here!.position >= position ? rows : null;
    });
  }

  /** Ends its connections; whoever waits for it fails. */
  close(): void {
    this.isClosed = true;
    this.connections.drop();
  }

  /** No read goes to it until a later check finds it good. */
  private leaveOut(reason: string): void {
    const isNew = this.reason !== reason;
    this.reason = reason;
    if (isNew) this.onChange(this);
  }

  private use(): void {
    if (this.reason === null) return;
    this.reason = null;
    this.onChange(this);
  }

  /** Whether it shows all up to a position, for which it is waited as long as this. */
  private async shows(position: Position, waitMs: number): Promise<boolean> {
    const until = performance.now() + waitMs;
    do {
      const [here] = await inTime(runOn(this.connections.checks, readReplayed, []), ANSWER_LIMIT_MS, 'it does not answer');
      if (here!.position === null) return false;
      this.replayed = here!.position;
      if (this.replayed >= position) return true;
      await sleep(ASKED_AGAIN_AFTER_MS);
    } while (performance.now() < until);
    return false;
  }
}

/** Why reads must not go to it; null when it is a standby of this primary. */
function reasonAgainst({ position, identity, timeline, mayRead }: ReplicaStanding, primary: PrimaryStanding): string | null {
  if (identity !== primary.identity) return 'it is no copy of the primary';
  if (position === null) return 'it is no standby';
  if (!mayRead) return 'its role may not read the tables';
  return timeline === primary.timeline ? null : 'it has not followed the promotion of the primary yet';
}
