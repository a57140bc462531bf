import type { ReportDocument } from '../document.js';
import { Crew, type CrewLimits } from './crew.js';
import { Turns } from './turns.js';

/** How much is printed at once, and at what cost. */
export interface PdfLimits extends CrewLimits {
  /** Reports that may wait for a thread. */
  readonly waiting: number;
  /** How long a report may take, in milliseconds; its wait does not count. */
  readonly timeMs: number;
}

/** A thread prints several reports a second, so the last in the line waits for some seconds. */
const pdfLimits: PdfLimits = {
  threads: 2, waiting: 100, timeMs: 10_000, memoryMb: 256, idleMs: 60_000, retireAfter: 500,
};

/** Not now, whatever the report: to be tried again later. */
export class PdfBusy extends Error {}

/** Not this report: trying again would hardly help. Its cause says why. */
export class PdfFailed extends Error {}

/** Prints reports in a few threads, so that the server can answer others meanwhile. */
export class PdfRenderer {
  private readonly limits: PdfLimits;
  private readonly turns: Turns;
  /** One that takes reports, and those that still print their last. */
  private readonly crews = new Set<Crew>();
  private closed = false;

  constructor(limits: Partial<PdfLimits> = {}) {
    this.limits = { ...pdfLimits, ...limits };
    this.turns = new Turns(this.limits.threads);
  }

  /**
   * The bytes of the report as PDF. Throws `PdfBusy` and `PdfFailed`; either way the next report is printed.
   *
   * @param signal gives up a report that waits, with the signal's reason; one that is being printed is printed
   */
  async render(document: ReportDocument, signal?: AbortSignal): Promise<Uint8Array> {
    const { waiting } = this.turns;
    if (this.turns.areTaken && waiting >= this.limits.waiting) {
      throw new PdfBusy(`Too many reports wait to be printed (${waiting}). Try again in some seconds.`);
    }
    await this.turns.begin(signal);
    try {
      return await this.print(document);
    } finally {
      this.turns.end();
    }
  }

  /** Ends all threads. Who is printed or waits is told that it is too late. */
  async close(): Promise<void> {
    this.closed = true;
    await Promise.all(Array.from(this.crews, (crew) => crew.end()));
  }

  private async print(document: ReportDocument): Promise<Uint8Array> {
    const { timeMs } = this.limits;
    const time = AbortSignal.timeout(timeMs);
    try {
      if (!this.closed) return await this.printInCrew(document, time);
    } catch (cause) {
      if (time.aborted) throw new PdfFailed(`The report took longer than ${timeMs / 1000} s to print.`, { cause });
      if (!this.closed) throw new PdfFailed('The report could not be printed.', { cause });
    }
    throw new PdfBusy('No more reports are printed: the server is stopping. Try again in some seconds.');
  }

  private async printInCrew(document: ReportDocument, signal: AbortSignal): Promise<Uint8Array> {
    const crew = [...this.crews].find(({ isSpent }) => !isSpent) ?? new Crew(this.limits);
    this.crews.add(crew);
    try {
      return await crew.print(document, signal);
    } finally {
      if (crew.isDone) {
        await crew.end();
        this.crews.delete(crew);
      }
    }
  }
}
