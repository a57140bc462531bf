import { failure } from './answers.js';
import { type Frame, frame } from './frames.js';
import type { MachineConnection } from './machine.js';

const BEGIN = /^\s*(?:begin|start transaction)\b/i;
const COMMIT = /^\s*commit\b/i;
const ROLLBACK = /^\s*rollback\b/i;

/** A transaction, which begins on each machine when a statement of it goes there. */
export class Transactions {
  state: 'I' | 'T' | 'E' = 'I';
  private begin = '';
  private readonly within = new Set<MachineConnection>();

  /** Does what a text says of transactions and gives what was done, or why not; null for any other text. */
  async control(text: string): Promise<string | Frame | null> {
    if (BEGIN.test(text)) {
      [this.begin, this.state] = [text, 'T'];
      return 'BEGIN';
    }
    if (!COMMIT.test(text) && !ROLLBACK.test(text)) return this.state === 'E' ? ABORTED : null;
    const commits = COMMIT.test(text) && this.state === 'T';
    const failed = await this.end(commits ? 'commit' : 'rollback');
    return failed ?? (commits ? 'COMMIT' : 'ROLLBACK');
  }

  /** Begins it on a machine where it did not begin yet. */
  async enter(connection: MachineConnection): Promise<void> {
    if (this.state === 'I' || this.within.has(connection)) return;
    this.within.add(connection);
    await connection.ask(frame('Q', this.begin));
  }

  failed(): void {
    if (this.state === 'T') this.state = 'E';
  }

  /**
   * Ends it on every machine. A real one would commit in two phases, so that no machine commits alone. The first is the last:
   * it holds the advisory locks of the transaction and sends its notices, for which all of it has to be there.
   */
  private async end(how: string): Promise<Frame | null> {
    const connections = [...this.within].sort((a, b) => b.machine - a.machine);
    this.within.clear();
    this.state = 'I';
    let failed: Frame | null = null;
    for (const connection of connections) {
      const answer = await connection.ask(frame('Q', failed ? 'rollback' : how));
      failed ??= answer.find(({ type }) => type === 'E') ?? null;
    }
    return failed;
  }
}

const ABORTED = failure('25P02', 'current transaction is aborted, commands ignored until end of transaction block');
