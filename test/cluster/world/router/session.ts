import type { Socket } from 'node:net';
import { answerOf, done, failure, ready } from './answers.js';
import { Connections } from './connections.js';
import { CopyIn } from './copy.js';
import { bytesOf, type Frame, FrameReader } from './frames.js';
import type { Homes } from './homes.js';
import type { MachineConnection } from './machine.js';
import { mergedAnswer } from './merge.js';
import { type Route, type Routed, Unroutable } from './route.js';
import { extended, parsed, type Sent, simple } from './sent.js';
import { Transactions } from './transactions.js';

/** What sessions need of their router. */
export interface Routing {
  /** The ports of the machines. */
  readonly ports: readonly number[];
  readonly homes: Homes;
  /** Says where a statement goes, and notes it. */
  readonly route: (statement: Routed) => Route;
  /** Notes why a statement was refused. */
  readonly refuse: (reason: string) => void;
}

/** SQLSTATE of what a database does not do. */
const NOT_SUPPORTED = '0A000';
const SETTING = /^\s*set\b/i;

/** One connection to the router: statements are done one after another, in the order in which they were sent. */
export class Session {
  private readonly transactions = new Transactions();
  /** What was prepared, by name: on a machine it is prepared when it first goes there. */
  private readonly statements = new Map<string, Frame>();
  /** What has come of a statement so far. */
  private readonly part: Frame[] = [];
  private copying: CopyIn | null = null;

  private constructor(private readonly socket: Socket, private readonly connections: Connections, private readonly routing: Routing) {}

  /** Serves a connection until its end. */
  static async serve(socket: Socket, routing: Routing): Promise<void> {
    const reader = new FrameReader(true);
    let session: Session | null = null;
    try {
      for await (const bytes of socket as AsyncIterable<Buffer>) {
        for (const received of reader.read(bytes)) {
          if (received.type === 'X') return;
          if (session) await session.take(received);
          else session = await Session.greet(socket, received, routing);
        }
      }
    } finally {
      await session?.connections.close();
      socket.destroy();
    }
  }

  private static async greet(socket: Socket, startup: Frame, routing: Routing): Promise<Session> {
    const session = new Session(socket, new Connections(routing.ports, startup), routing);
    session.tell(...await session.connections.begin((aside) => session.tell(aside)));
    return session;
  }

  private async take(received: Frame): Promise<void> {
    switch (received.type) {
      case 'd': return this.copying!.take(received);
      case 'c':
      case 'f': return this.endCopy(received);
      case 'Q': return this.answer(simple(received));
      default: this.part.push(received);
    }
    if (received.type === 'S') await this.answer(extended(this.part.splice(0)));
  }

  private async answer(sent: Sent): Promise<void> {
    if (sent.parse) {
      this.statements.set(parsed(sent.parse).name, sent.parse);
      this.tell({ type: '1', body: Buffer.alloc(0) });
    }
    const text = sent.query ?? parsed(this.statements.get(sent.name)!).text;
    this.finish(await this.answerTo(text, sent));
  }

  private async answerTo(text: string, sent: Sent): Promise<readonly Frame[]> {
    const controlled = await this.transactions.control(text);
    if (controlled !== null) return typeof controlled === 'string' ? done(controlled, sent.query !== null) : [controlled];
    try {
      const route = this.routing.route({ name: sent.name, text, values: sent.values });
      if (SETTING.test(text)) return await this.connections.set(sent.frames, this.transactions);
      return await this.askAll(text, sent, route);
    } catch (error) {
      if (!(error instanceof Unroutable)) throw error;
      const reason = `${error.message}: ${sent.name || text.replaceAll(/\s+/g, ' ').trim()}`;
      this.routing.refuse(reason);
      return [failure(NOT_SUPPORTED, reason)];
    }
  }

  private async askAll(text: string, sent: Sent, { writes, machines }: Route): Promise<readonly Frame[]> {
    const connections = await Promise.all(machines.map((machine) => this.connections.to(machine)));
    const answers: Frame[][] = [];
    // What all write is written on the first machine first, so that two who write the same wait for each other there.
    for (const connection of connections) {
      await this.transactions.enter(connection);
      const answer = await connection.ask(...this.framesFor(connection, sent));
      if (answer[0]?.type === 'E') connection.prepared.delete(sent.name);
      answers.push(answer);
    }
    const isCopyIn = answers.every((answer) => answer.some(({ type }) => type === 'G'));
    this.copying = isCopyIn ? CopyIn.of(text, connections, this.routing.homes) : null;
    return machines.length > 1 && !writes ? mergedAnswer(answers, text, sent.values) : answerOf(answers, true);
  }

  private framesFor(connection: MachineConnection, { name, query, frames }: Sent): readonly Frame[] {
    if (query !== null || (name !== '' && connection.prepared.has(name))) return frames;
    connection.prepared.add(name);
    return [this.statements.get(name)!, ...frames];
  }

  private async endCopy(how: Frame): Promise<void> {
    const answer = await this.copying!.end(how);
    this.copying = null;
    this.finish(answer);
  }

  /** Tells an answer, and that the next statement may come unless the rows of this one are to come. */
  private finish(answer: readonly Frame[]): void {
    if (answer.some(({ type }) => type === 'E')) this.transactions.failed();
    this.tell(...answer, ...(this.copying ? [] : [ready(this.transactions.state)]));
  }

  private tell(...frames: readonly Frame[]): void {
    this.socket.write(bytesOf(...frames));
  }
}
