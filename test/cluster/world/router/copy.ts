import { layout, type Placement } from '../../../../src/database/distribution/layout.js';
import { answerOf } from './answers.js';
import type { Frame } from './frames.js';
import type { Homes } from './homes.js';
import type { MachineConnection } from './machine.js';

const COPY_IN = /^\s*copy "?(\w+)"? \(([^)]*)\) from stdin/i;

/** Rows that come for a table, each of which goes where it lies. */
export class CopyIn {
  private rest = '';

  private constructor(
    private readonly homesOf: (row: string) => readonly MachineConnection[],
    private readonly answers: readonly Promise<readonly Frame[]>[],
    private readonly connections: readonly MachineConnection[],
    /** Whether each row goes to all of them. */
    private readonly isEverywhere: boolean,
  ) {}

  /** For a text that takes rows, which its machines wait for; null for any other. */
  static of(text: string, connections: readonly MachineConnection[], homes: Homes): CopyIn | null {
    const [, table, columns] = COPY_IN.exec(text) ?? [];
    if (table === undefined || columns === undefined) return null;
    const placement: Placement = layout[table as keyof typeof layout];
    // Told by the machines when all rows are there, or earlier why not.
    const answers = connections.map((connection) => connection.ask());
    if (typeof placement === 'string') return new CopyIn(() => connections, answers, connections, true);
    const column = columns.replaceAll('"', '').split(', ').indexOf(placement.by);
    const homesOf = (row: string): MachineConnection[] => [connections[homes.of(placement.together, row.split('\t')[column]!)]!];
    return new CopyIn(homesOf, answers, connections, false);
  }

  /** A piece of the rows. */
  take({ body }: Frame): void {
    const rows = (this.rest + body.toString('latin1')).split('\n');
    this.rest = rows.pop()!;
    for (const row of rows) {
      for (const connection of this.homesOf(row)) connection.send({ type: 'd', body: Buffer.from(`${row}\n`, 'latin1') });
    }
  }

  /** That no more rows come, or that they are given up; gives what there is to say to that. */
  async end(how: Frame): Promise<Frame[]> {
    for (const connection of this.connections) connection.send(how);
    return answerOf(await Promise.all(this.answers), this.isEverywhere);
  }
}
