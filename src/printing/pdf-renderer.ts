import { Crew, type CrewLimits } from './crew.js';
import type { PrintJob } from './print-job.js';
import { Turns } from './turns.js';

/** How much is printed at once, and at what cost. */
export interface PdfLimits extends CrewLimits {
  /** Documents that may wait for a thread. */
  readonly waiting: number;
  /** Those among them that may wait for the same reader. Readers take turns. */
  readonly waitingEach: number;
  /** How long a document may take, in milliseconds; its wait does not count. */
  readonly timeMs: number;
}

/** The limits unless others are given: a thread prints several documents a second, so the last in the line waits for some seconds. */
export const pdfLimits: PdfLimits = {
  threads: 2, waiting: 100, waitingEach: 25, timeMs: 10_000, memoryMb: 256, idleMs: 60_000, retireAfter: 500,
};

/** Who waits for a document. */
export interface Waiter {
  /** Gives up a document that waits, with the signal's reason; one that is being printed is printed. */
  readonly signal?: AbortSignal;
  /** For which reader; those without a name are one. */
  readonly reader?: string;
}

/** Not now, whatever the document: to be tried again later. */
export class PdfBusy extends Error {}

/** Not this document: trying again would hardly help. Its cause says why. */
export class PdfFailed extends Error {}

/** Prints documents in a few threads, so that the server can answer others meanwhile. */
export class PdfRenderer {
  private readonly limits: PdfLimits;
  private readonly turns: Turns;
  /** One that takes documents, and those that still print their last. */
  private readonly crews = new Set<Crew>();
  private closed = false;

  constructor(limits: Partial<PdfLimits> = {}) {
    this.limits = { ...pdfLimits, ...limits };
    this.turns = new Turns(this.limits.threads);
  }

  /** Documents that are printed at this moment, and those that wait to be. */
  get load(): { readonly printing: number; readonly waiting: number } {
    return { printing: this.turns.taken, waiting: this.turns.waiting };
  }

  /** The bytes of the document as PDF. Throws `PdfBusy` and `PdfFailed`; either way the next document is printed. */
  async render(job: PrintJob, { signal, reader = '' }: Waiter = {}): Promise<Uint8Array> {
    if (this.turns.areTaken) this.makeRoom(reader);
    await this.turns.begin(reader, signal);
    try {
      return await this.print(job);
    } finally {
      this.turns.end();
    }
  }

  /** Ends all threads. Who is printed or waits is told that it is too late. */
  async close(): Promise<void> {
    this.closed = true;
    await Promise.all(Array.from(this.crews, (crew) => crew.end()));
  }

  /** Lets a reader wait; when all places are taken, whoever has clearly more of them loses one. */
  private makeRoom(reader: string): void {
    const { turns, limits } = this;
    const own = turns.waitingAs(reader);
    if (own >= limits.waitingEach) {
      throw new PdfBusy(`Too many documents for one reader wait to be printed (${own}). Try again in some seconds.`);
    }
    const { waiting, longest } = turns;
    if (waiting < limits.waiting) return;
    const busy = new PdfBusy(`Too many documents wait to be printed (${waiting}). Try again in some seconds.`);
    if (longest === null || turns.waitingAs(longest) <= own + 1) throw busy;
    turns.sendAwayLatest(longest, busy);
  }

  private async print(job: PrintJob): Promise<Uint8Array> {
    const { timeMs } = this.limits;
    const time = AbortSignal.timeout(timeMs);
    try {
      if (!this.closed) return await this.printInCrew(job, time);
    } catch (cause) {
      if (time.aborted) throw new PdfFailed(`The document took longer than ${timeMs / 1000} s to print.`, { cause });
      if (!this.closed) throw new PdfFailed('The document could not be printed.', { cause });
    }
    throw new PdfBusy('No more documents are printed: the server is stopping. Try again in some seconds.');
  }

  private async printInCrew(job: PrintJob, signal: AbortSignal): Promise<Uint8Array> {
    const crew = [...this.crews].find(({ isSpent }) => !isSpent) ?? new Crew(this.limits);
    this.crews.add(crew);
    try {
      return await crew.print(job, signal);
    } finally {
      if (crew.isDone) {
        await crew.end();
        this.crews.delete(crew);
      }
    }
  }
}
