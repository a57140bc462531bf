import { monitorEventLoopDelay } from 'node:perf_hooks';

/** How often the event loop is asked to come round, and how long each measurement lasts, in milliseconds. */
const RESOLUTION_MS = 10;
const SAMPLE_MS = 1_000;

/** Measures how late the event loop is. */
export class EventLoopDelay {
  private readonly histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  private readonly timer = setInterval(() => this.sample(), SAMPLE_MS).unref();
  private latest = 0;
  private before = 0;

  constructor() {
    this.histogram.enable();
  }

  /**
   * How late it was at least in each of the last two measurements, in their means, in milliseconds: one long piece of work,
   * such as the start of the server, is no overload.
   */
  get ms(): number {
    return Math.min(this.latest, this.before);
  }

  stop(): void {
    clearInterval(this.timer);
    this.histogram.disable();
  }

  private sample(): void {
    this.before = this.latest;
    // In nanoseconds; of nothing measured there is no mean.
    this.latest = Math.max(0, (this.histogram.mean || 0) / 1e6 - RESOLUTION_MS);
    this.histogram.reset();
  }
}
