import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type NetConnectOpts, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** What becomes of that which goes by a way. */
export type Passage =
  | { readonly kind: 'open' }
  /** Everything comes so much later, in milliseconds. */
  | { readonly kind: 'slow'; readonly delayMs: number }
  /** Nothing comes through, in neither direction, and nobody is told; what was sent comes when the way is open again. */
  | { readonly kind: 'black hole' }
  /** Connections are cut as soon as the first byte of an answer comes, which is lost. */
  | { readonly kind: 'no answers' }
  /** Connections are refused. */
  | { readonly kind: 'closed' };

const OPEN: Passage = { kind: 'open' };

/** A way by TCP to a server, which a test may hinder. */
export class Way {
  private passage: Passage = OPEN;
  private changed = Promise.withResolvers<undefined>();
  private readonly pairs = new Set<readonly [Socket, Socket]>();
  private readonly forgotten = new WeakSet<Socket>();

  private constructor(private server: Server, private readonly target: () => NetConnectOpts, readonly port: number) {}

  /** Opens a way; the target is asked for again for each connection. */
  static async open(target: () => NetConnectOpts): Promise<Way> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const way = new Way(server, target, (server.address() as AddressInfo).port);
    server.on('connection', (socket) => way.join(socket));
    return way;
  }

  /** How many connections go by it. */
  get connections(): number {
    return this.pairs.size;
  }

  /** Hinders, from now on, what goes by it. */
  async become(passage: Passage): Promise<void> {
    if (this.passage.kind === 'closed') await this.listen();
    this.passage = passage;
    this.changed.resolve(undefined);
    this.changed = Promise.withResolvers();
    if (passage.kind !== 'closed') return;
    this.server.close();
    this.cut();
    await once(this.server, 'close');
  }

  /** Breaks all connections. */
  cut(): void {
    this.pairs.forEach(breakOff);
  }

  /** Lets nothing come through on the connections that there are, for good, and tells nobody: as a router does that was restarted. */
  forget(): void {
    for (const sockets of this.pairs) for (const socket of sockets) this.forgotten.add(socket);
  }

  async close(): Promise<void> {
    if (this.passage.kind !== 'closed') await this.become({ kind: 'closed' });
  }

  private async listen(): Promise<void> {
    this.server = createServer((socket) => this.join(socket)).listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
  }

  private join(from: Socket): void {
    const to = connect(this.target());
    const pair = [from, to] as const;
    this.pairs.add(pair);
    for (const [socket, other] of [[from, to], [to, from]] as const) {
      socket.setNoDelay(true).on('error', () => undefined).once('close', () => {
        this.pairs.delete(pair);
        other.destroy();
      });
      void this.carry(socket, other, socket === to);
    }
  }

  private async carry(from: Socket, to: Socket, isAnswer: boolean): Promise<void> {
    try {
      for await (const chunk of from) {
        if (!await this.letThrough(from, to, isAnswer)) return;
        if (!to.write(chunk as Buffer)) await Promise.race([once(to, 'drain'), once(to, 'close')]);
      }
      to.end();
    } catch {
      to.destroy();
    }
  }

  /** Whether a chunk may pass; waits as long as the way makes it wait. */
  private async letThrough(from: Socket, to: Socket, isAnswer: boolean): Promise<boolean> {
    if (this.passage.kind === 'slow') await sleep(this.passage.delayMs);
    while (this.passage.kind === 'black hole') await this.changed.promise;
    if (this.forgotten.has(from)) await once(from, 'close');
    if (this.passage.kind !== 'no answers' || !isAnswer) return true;
    breakOff([from, to]);
    return false;
  }
}

function breakOff(sockets: readonly Socket[]): void {
  for (const socket of sockets) {
    // One by the file system has nothing to reset.
    if (socket.remoteFamily === undefined) socket.destroy();
    else socket.resetAndDestroy();
  }
}
