import { Piscina } from 'piscina';
import type { ReportDocument } from '../document.js';
import { workerUrl } from './worker-url.js';

/** How much is printed at once, and at what cost. */
export interface PdfLimits {
  /** Reports printed at the same time, each in a thread of its own. */
  readonly threads: number;
  /** Reports that may wait for a thread. */
  readonly waiting: number;
  /** How long a report may take, in milliseconds; its wait does not count. */
  readonly timeMs: number;
  /** The memory of a thread for what it keeps while it prints a report, in MB. */
  readonly memoryMb: number;
  /** How long a thread is kept without work, in milliseconds: a new one takes a while, an idle one takes memory. */
  readonly idleMs: number;
}

/** A thread prints several reports a second, so the last in the line waits for some seconds. */
export const pdfLimits: PdfLimits = { threads: 2, waiting: 100, timeMs: 10_000, memoryMb: 256, idleMs: 60_000 };

/** Of a thread, for what it needs but for a moment: with more it prints no faster and gives nothing back. */
const YOUNG_MB = 16;

/** Not now, whatever the report: to be tried again later. */
export class PdfBusy extends Error {}

/** Not this report: trying again would hardly help. Its cause says why. */
export class PdfFailed extends Error {}

/** Prints reports in a few threads, so that the server can answer others meanwhile. */
export class PdfRenderer {
  private readonly limits: PdfLimits;
  private readonly pool: Piscina<ReportDocument, Uint8Array>;
  private readonly line: (() => void)[] = [];
  private printing = 0;
  private closed = false;
  private broken = new AbortController();

  constructor(limits: Partial<PdfLimits> = {}) {
    this.limits = { ...pdfLimits, ...limits };
    const { threads, idleMs, memoryMb } = this.limits;
    this.pool = new Piscina({
      filename: workerUrl.href,
      name: 'renderInThread',
      minThreads: 0,
      maxThreads: threads,
      idleTimeout: idleMs,
      resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: YOUNG_MB },
      // Printing needs no secrets.
      env: {},
    });
    // Of a thread that fails while it starts; the report that waits for it would never hear of it.
    this.pool.on('error', (error: Error) => {
      const { broken } = this;
      this.broken = new AbortController();
      broken.abort(error);
    });
  }

  /** The bytes of the report as PDF. Throws `PdfBusy` and `PdfFailed`; either way the next report is printed. */
  async render(document: ReportDocument): Promise<Uint8Array> {
    await this.turn();
    try {
      return await this.print(document);
    } finally {
      this.endTurn();
    }
  }

  /** Ends all threads. Who is printed or waits is told that it is too late. */
  async close(): Promise<void> {
    this.closed = true;
    await this.pool.destroy();
  }

  // The pool could keep a line too, but would count the wait as time taken.
  private async turn(): Promise<void> {
    if (this.printing < this.limits.threads) {
      this.printing += 1;
      return;
    }
    if (this.line.length >= this.limits.waiting) {
      throw new PdfBusy(`Too many reports wait to be printed (${this.line.length}). Try again in some seconds.`);
    }
    await new Promise<void>((resolve) => this.line.push(resolve));
  }

  private endTurn(): void {
    const next = this.line.shift();
    if (next) next();
    else this.printing -= 1;
  }

  private async print(document: ReportDocument): Promise<Uint8Array> {
    const { timeMs } = this.limits;
    const time = AbortSignal.timeout(timeMs);
    const signal = AbortSignal.any([time, this.broken.signal]);
    try {
      if (!this.closed) return await this.pool.run(document, { signal });
    } catch (error) {
      const cause: unknown = signal.aborted ? signal.reason : error;
      if (time.aborted) throw new PdfFailed(`The report took longer than ${timeMs / 1000} s to print.`, { cause });
      if (!this.closed) throw new PdfFailed('The report could not be printed.', { cause });
    }
    throw new PdfBusy('No more reports are printed: the server is stopping. Try again in some seconds.');
  }
}
