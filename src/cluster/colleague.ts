import type { ChildProcess } from 'node:child_process';
import cluster from 'node:cluster';
import { once } from 'node:events';
import { OperatorError } from '../kernel/operator-error.js';
import type { PrimaryCalls, Task, WorkerCalls } from './calls.js';
import { Link } from './link.js';

/** A worker, as the primary process sees it. */
export class Colleague {
  readonly link: Link<WorkerCalls, PrimaryCalls>;
  /** Where it serves; fails when it cannot, or ends before. */
  readonly url: Promise<string>;
  /** How it ended, in words. */
  readonly ended: Promise<string>;
  private readonly process: ChildProcess;
  private servesSince: number | null = null;

  /** Starts a process. One that cannot serve stays until it is killed. */
  constructor(task: Task, calls: PrimaryCalls) {
    const worker = cluster.fork();
    // Where no process can be made, this is its end.
    worker.on('error', () => undefined);
    this.process = worker.process;
    this.ended = once(this.process, 'exit').then(([code, signal]) => (signal === null ? `exit code ${code}` : `signal ${signal}`), String);
    this.link = new Link(this.process, calls);
    this.url = this.start(task);
  }

  /** The process id; 0 where no process could be made. */
  get pid(): number {
    return this.process.pid ?? 0;
  }

  /** Whether it has begun to serve. */
  get serves(): boolean {
    return this.servesSince !== null;
  }

  /** For how long it has served, in milliseconds; 0 for one that has not begun. */
  get servedMs(): number {
    return this.servesSince === null ? 0 : performance.now() - this.servesSince;
  }

  /** Lets it end its requests and all else, and waits for its end; one that does not serve yet is killed. */
  async stop(): Promise<void> {
    if (!this.serves) this.kill();
    else await this.link.call('stop').catch((error: unknown) => this.explain(error, 'had stopped')).finally(() => this.letGo());
    await this.ended;
  }

  kill(): void {
    this.process.kill('SIGKILL');
  }

  private async start(task: Task): Promise<string> {
    const url = await this.link.call('start', task).catch((error: unknown) => this.explain(error, 'served'));
    this.servesSince = performance.now();
    return url;
  }

  /** A worker that the primary has let go ends. */
  private letGo(): void {
    if (this.process.connected) this.process.disconnect();
  }

  /** Throws the error, or how the process ended when that is why. */
  private async explain(error: unknown, what: string): Promise<never> {
    throw this.process.connected ? error : new OperatorError(`Worker ${this.pid} ended before it ${what} (${await this.ended}).`);
  }
}
