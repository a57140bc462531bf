import type { Deleted } from '../database/index.js';

/** Work that nobody waits for and that has to be done again and again. */
export interface Job {
  /** Unique, for the command line. */
  readonly name: string;
  readonly description: string;
  /** Does all there is to do; gives how many things that were. When the signal aborts it ends after the batch under way. */
  run(signal: AbortSignal): Promise<number>;
}

/** How many things one batch does at most: few enough to hold nobody up. */
export const BATCH_SIZE = 500;

/** Repeats a batch until there is no more to do or the signal aborts; gives how much was done in all. */
export async function inBatches(signal: AbortSignal, batch: (size: number) => Promise<Deleted>): Promise<number> {
  let all = 0;
  for (let more = true; more && !signal.aborted;) {
    const deleted = await batch(BATCH_SIZE);
    all += deleted.done;
    more = deleted.more;
  }
  return all;
}
