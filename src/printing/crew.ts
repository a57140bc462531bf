import { Piscina } from 'piscina';
import type { PrintJob } from './print-job.js';

/** What the threads of a crew may use. */
export interface CrewLimits {
  /** Documents printed at the same time, each in a thread of its own. */
  readonly threads: number;
  /** The memory of a thread for what it keeps while it prints a document, in MB. */
  readonly memoryMb: number;
  /** How long a thread is kept without work, in milliseconds: a new one takes a while, an idle one takes memory. */
  readonly idleMs: number;
  /** Documents that a crew begins before it makes way for a new one, so that what threads gather is given back. */
  readonly retireAfter: number;
}

/** Of a thread, for what it needs but for a moment: with more it prints no faster and gives nothing back. */
const YOUNG_MB = 16;

/** Node starts threads on compiled code only, also where a test runs the source. */
const worker = import.meta.resolve('#compiled/printing/worker.js');

/** Threads that print, and retire together. */
export class Crew {
  private readonly pool: Piscina<PrintJob, Uint8Array>;
  private readonly broken = new AbortController();
  private begun = 0;
  private printing = 0;

  constructor(private readonly limits: CrewLimits) {
    this.pool = new Piscina({
      filename: worker,
      name: 'renderInThread',
      minThreads: 0,
      maxThreads: limits.threads,
      idleTimeout: limits.idleMs,
      resourceLimits: { maxOldGenerationSizeMb: limits.memoryMb, maxYoungGenerationSizeMb: YOUNG_MB },
      // Printing needs no secrets.
      env: {},
    });
    // Of a thread that fails while it starts; the document that waits for it would never hear of it.
    this.pool.on('error', (error: Error) => this.broken.abort(error));
  }

  /** Whether it should begin no more documents. */
  get isSpent(): boolean {
    return this.begun >= this.limits.retireAfter || this.broken.signal.aborted;
  }

  /** Whether it has nothing left to do. */
  get isDone(): boolean {
    return this.isSpent && this.printing === 0;
  }

  /** The bytes of the document as PDF; a document that is given up ends its thread. */
  async print(job: PrintJob, signal: AbortSignal): Promise<Uint8Array> {
    this.begun += 1;
    this.printing += 1;
    const givenUp = AbortSignal.any([signal, this.broken.signal]);
    try {
      return await this.pool.run(job, { signal: givenUp });
    } catch (error) {
      throw givenUp.aborted ? givenUp.reason : error;
    } finally {
      this.printing -= 1;
    }
  }

  /** Ends all threads at once. */
  async end(): Promise<void> {
    await this.pool.destroy();
  }
}
