import { answerOf } from './answers.js';
import type { Frame } from './frames.js';
import { MachineConnection } from './machine.js';
import type { Transactions } from './transactions.js';

/** The connections of one session, which are made as they are needed. */
export class Connections {
  private readonly open = new Map<number, Promise<MachineConnection>>();
  private readonly settings: Frame[] = [];

  /** @param startup what the server said when it connected, which every machine is told */
  constructor(private readonly ports: readonly number[], private readonly startup: Frame) {}

  /** Connects to the first machine, which stands for all; gives how it welcomes. */
  async begin(onAside: (frame: Frame) => void): Promise<readonly Frame[]> {
    const { connection, welcome } = await MachineConnection.open(0, this.ports[0]!, this.startup, onAside);
    this.open.set(0, Promise.resolve(connection));
    return welcome;
  }

  to(machine: number): Promise<MachineConnection> {
    const connection = this.open.get(machine) ?? this.connect(machine);
    this.open.set(machine, connection);
    return connection;
  }

  /** A setting holds on every machine, also where nothing was asked yet. */
  async set(frames: readonly Frame[], transactions: Transactions): Promise<Frame[]> {
    this.settings.push(...frames);
    const answers = await Promise.all([...this.open.values()].map(async (opened) => {
      const connection = await opened;
      await transactions.enter(connection);
      return connection.ask(...frames);
    }));
    return answerOf(answers, true);
  }

  async close(): Promise<void> {
    for (const connection of this.open.values()) (await connection).close();
  }

  private async connect(machine: number): Promise<MachineConnection> {
    const { connection } = await MachineConnection.open(machine, this.ports[machine]!, this.startup, () => undefined);
    for (const setting of this.settings) await connection.ask(setting);
    return connection;
  }
}
