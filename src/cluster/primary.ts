import { Coalescer } from '../kernel/coalesce.js';
import type { Charge, Count } from '../rate-limits/index.js';
import type { PrimaryCalls, WorkerCalls } from './calls.js';
import { Link } from './link.js';

/** The most charges of one message. */
const CHARGES_TOGETHER = 1_000;

/** The primary process, as a worker sees it. */
export class Primary {
  private readonly link: Link<PrimaryCalls, WorkerCalls>;
  private readonly charges: Coalescer<Charge, Count>;

  /**
   * Makes this process a worker, whose stop comes from the primary alone: Ctrl-C in a terminal, and some who stop services,
   * tell every process. Without the primary it does not live on, for which Node provides.
   *
   * @param calls what the primary may call
   */
  constructor(calls: WorkerCalls) {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
    this.link = new Link(process, calls);
    this.charges = new Coalescer({
      run: (_key, charges) => this.link.call('count', charges), maxBatch: CHARGES_TOGETHER, spoiltByAnItem: () => false,
    });
  }

  /** Takes points from a budget of the whole server. While a message of charges is under way, later ones wait for the next. */
  count(charge: Charge): Promise<Count> {
    return this.charges.submit('all', charge);
  }

  /** The metrics of the whole server, in the text format of Prometheus. */
  metrics(): Promise<string> {
    return this.link.call('metrics');
  }
}
