import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../observability/index.js';
import type { PrimaryCalls, Task } from './calls.js';
import { Colleague } from './colleague.js';

/** Who served for a shorter time, or never, is replaced after a pause, which doubles each time, in milliseconds. */
const STEADY_MS = 10_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;

/** What workers are made with. */
export interface WorkersOptions {
  readonly count: number;
  /** What the worker at a place, counted from 0, has to do; one that replaces it has the same. */
  readonly taskAt: (place: number) => Task;
  /** What workers may call. */
  readonly calls: PrimaryCalls;
  /** Told of each worker that has ended. */
  readonly onEnd: (pid: number) => void;
  readonly log: Log;
}

/** The processes that serve, of a server that has several. */
export class Workers {
  private readonly alive = new Set<Colleague>();
  private readonly stopping = new AbortController();

  constructor(private readonly options: WorkersOptions) {}

  /** Starts them all, and gives where they serve. Fails with the first that cannot; from then on who ends is replaced. */
  async start(): Promise<string> {
    // Where this process ends by force, so do they, also one that is too busy to see that nobody is there.
    process.once('exit', () => {
      for (const colleague of this.alive) colleague.kill();
    });
    const colleagues = Array.from({ length: this.options.count }, (_, place) => this.begin(place));
    const [url = ''] = await Promise.all(colleagues.map((colleague) => colleague.url));
    for (const [place, colleague] of colleagues.entries()) void this.keep(place, colleague);
    return url;
  }

  /** Calls each that serves, and waits for all; one that fails is as one that is not there. */
  async askAll(ask: (link: Colleague['link'], pid: number) => Promise<void>): Promise<void> {
    const serving = [...this.alive].filter(({ serves }) => serves);
    await Promise.allSettled(serving.map(({ link, pid }) => ask(link, pid)));
  }

  /** Lets each end its requests and all else; fails when one could not, after all have ended. */
  async stop(): Promise<void> {
    this.stopping.abort();
    const stops = await Promise.allSettled([...this.alive].map((colleague) => colleague.stop()));
    const failed = stops.find((stop) => stop.status === 'rejected');
    if (failed) throw failed.reason;
  }

  private begin(place: number): Colleague {
    const { taskAt, calls, onEnd } = this.options;
    const colleague = new Colleague(taskAt(place), calls);
    this.alive.add(colleague);
    void colleague.ended.then(() => {
      this.alive.delete(colleague);
      onEnd(colleague.pid);
    });
    return colleague;
  }

  /** Sees to it that there is a worker at a place, until all are stopped. */
  private async keep(place: number, first: Colleague): Promise<void> {
    const { signal } = this.stopping;
    let pause = 0;
    for (let colleague = first; ; colleague = this.begin(place)) {
      const end = await this.endOf(colleague);
      if (signal.aborted) return;
      pause = colleague.servedMs < STEADY_MS ? Math.min(Math.max(2 * pause, FIRST_PAUSE_MS), LONGEST_PAUSE_MS) : 0;
      this.options.log.error(end.facts, `Worker ${colleague.pid} ${end.words}: another one starts in ${pause} ms.`);
      if (!await sleep(pause, true, { signal }).catch(() => false)) return;
    }
  }

  /** Waits for the end of a worker, and gives what the log says of it. One that cannot start ends here. */
  private async endOf(colleague: Colleague): Promise<{ readonly words: string; readonly facts: { readonly err?: unknown } }> {
    try {
      await colleague.url;
      return { words: `ended unexpectedly (${await colleague.ended})`, facts: {} };
    } catch (error) {
      colleague.kill();
      await colleague.ended;
      return { words: 'could not start', facts: { err: error } };
    }
  }
}
