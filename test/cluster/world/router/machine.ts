import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { bytesOf, type Frame, frame, FrameReader } from './frames.js';

/** What PostgreSQL says when nobody asked: notices, notifications, settings. */
const ASIDES = 'ANS';
/** An answer ends with these: ready for the next statement, or for the data of a COPY. */
const ENDS = 'ZG';

interface Answer {
  readonly frames: Frame[];
  readonly resolve: (frames: Frame[]) => void;
  readonly reject: (error: Error) => void;
}

/** A connection to one machine, for one connection to the router. */
export class MachineConnection {
  /** Names of what was prepared on it. */
  readonly prepared = new Set<string>();
  private readonly reader = new FrameReader(false);
  private readonly waiting: Answer[] = [];

  private constructor(
    /** Its place among the machines. */
    readonly machine: number,
    private readonly socket: Socket,
    private readonly onAside: (frame: Frame) => void,
  ) {
    socket.on('data', (bytes) => this.read(bytes));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      for (const { reject } of this.waiting.splice(0)) reject(new Error('a machine ended the connection'));
    });
  }

  /** Connects and says what the server says; gives the connection and what PostgreSQL answers. */
  static async open(
    machine: number, port: number, startup: Frame, onAside: (frame: Frame) => void,
  ): Promise<{ readonly connection: MachineConnection; readonly welcome: readonly Frame[] }> {
    const socket = connect(port, '127.0.0.1').setNoDelay();
    await once(socket, 'connect');
    const welcome: Frame[] = [];
    const handed = { aside: (said: Frame): unknown => welcome.push(said) };
    const connection = new MachineConnection(machine, socket, (said) => handed.aside(said));
    welcome.push(...await connection.ask(startup));
    handed.aside = onAside;
    return { connection, welcome };
  }

  /** Sends and waits until all of it is answered. */
  ask(...frames: readonly Frame[]): Promise<Frame[]> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ frames: [], resolve, reject });
      this.send(...frames);
    });
  }

  /** Sends what has no answer of its own. */
  send(...frames: readonly Frame[]): void {
    this.socket.write(bytesOf(...frames));
  }

  close(): void {
    this.socket.end(bytesOf(frame('X')));
  }

  private read(bytes: Buffer): void {
    for (const received of this.reader.read(bytes)) {
      if (ASIDES.includes(received.type)) this.onAside(received);
      else this.take(received);
    }
  }

  private take(received: Frame): void {
    const answer = this.waiting[0];
    answer?.frames.push(received);
    if (!answer || !ENDS.includes(received.type)) return;
    this.waiting.shift();
    answer.resolve(answer.frames);
  }
}
