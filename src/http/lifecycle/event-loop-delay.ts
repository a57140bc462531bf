/** How often the event loop is asked to come round, and how long each measurement lasts, in milliseconds. */
const TICK_MS = 20;
const SAMPLE_MS = 1_000;

/** Measures how late the event loop is. */
export class EventLoopDelay {
  private readonly timer = setInterval(() => this.tick(), TICK_MS).unref();
  private tickedAt = performance.now();
  private sampledAt = this.tickedAt;
  private ticks = 0;
  private latest = 0;
  private before = 0;

  /**
   * How late it is at this moment, or was in each of the last two measurements in the mean, whichever is more, in
   * milliseconds. Of a rush, all of which has arrived before the first is answered, the former tells: no timer has its turn
   * until everybody has been looked at. One long piece of work that is over, such as the start of the server, is no overload.
   */
  get ms(): number {
    return Math.max(performance.now() - this.tickedAt - TICK_MS, Math.min(this.latest, this.before));
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private tick(): void {
    this.tickedAt = performance.now();
    this.ticks += 1;
    const elapsed = this.tickedAt - this.sampledAt;
    if (elapsed < SAMPLE_MS) return;
    this.before = this.latest;
    this.latest = Math.max(0, elapsed / this.ticks - TICK_MS);
    this.sampledAt = this.tickedAt;
    this.ticks = 0;
  }
}
