import { AsyncResource } from 'node:async_hooks';

/** One caller waiting for its outcome. */
interface Waiting<Item, Outcome> {
  readonly item: Item;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: unknown) => void;
  /** In whose name work is run. */
  readonly caller: AsyncResource;
}

export interface CoalescerOptions<Item, Outcome> {
  /** Does the work of a whole batch; gives one outcome an item, in their order. All or nothing when it throws. */
  readonly run: (key: string, items: readonly Item[]) => Promise<readonly Outcome[]>;
  /** The most items of one batch. */
  readonly maxBatch: number;
  /** How many batches of a key may be in flight; 1 unless given. */
  readonly atOnce?: number;
  /** Whether a failed batch may have failed because of one of its items, so that each deserves a try of its own. */
  readonly spoiltByAnItem: (error: unknown) => boolean;
}

/** The calls of a key. */
interface Queue<Item, Outcome> {
  readonly waiting: Waiting<Item, Outcome>[];
  /** How many batches are in flight. */
  inFlight: number;
}

/**
 * Batches calls that contend for the same thing. While as many batches of a key as may be are in flight, later calls of that
 * key queue, and the next batch takes them all. There is no timer: an idle key answers as fast as without batching. The work of a batch is done
 * in the name of its first caller, who waits for it.
 */
export class Coalescer<Item, Outcome> {
  private readonly queues = new Map<string, Queue<Item, Outcome>>();

  constructor(private readonly options: CoalescerOptions<Item, Outcome>) {}

  /** Queues an item and gives its outcome when its batch is done. */
  submit(key: string, item: Item): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      const waiting = { item, resolve, reject, caller: new AsyncResource('coalesced') };
      const queue = this.queues.get(key) ?? { waiting: [], inFlight: 0 };
      this.queues.set(key, queue);
      queue.waiting.push(waiting);
      if (queue.inFlight < (this.options.atOnce ?? 1)) void this.drain(key, queue);
    });
  }

  private async drain(key: string, queue: Queue<Item, Outcome>): Promise<void> {
    queue.inFlight += 1;
    while (queue.waiting.length > 0) await this.runBatch(key, queue.waiting.splice(0, this.options.maxBatch));
    queue.inFlight -= 1;
    if (queue.inFlight === 0) this.queues.delete(key);
  }

  private async runBatch(key: string, batch: readonly Waiting<Item, Outcome>[]): Promise<void> {
    try {
      const outcomes = await batch[0]!.caller.runInAsyncScope(() => this.options.run(key, batch.map(({ item }) => item)));
      for (const [index, { resolve }] of batch.entries()) resolve(outcomes[index] as Outcome);
    } catch (error) {
      if (batch.length > 1 && this.options.spoiltByAnItem(error)) {
        for (const waiting of batch) await this.runBatch(key, [waiting]);
      } else {
        for (const { reject } of batch) reject(error);
      }
    }
  }
}
