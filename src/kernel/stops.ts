/** How to stop what has been started. */
export class Stops {
  private readonly stops: (() => Promise<unknown>)[] = [];

  /** Notes how to stop what was started last. */
  add(...stops: readonly (() => Promise<unknown>)[]): void {
    this.stops.push(...stops);
  }

  /** Stops everything, what was started last first; fails with the first failure, after all were tried. */
  async run(): Promise<void> {
    const failures: unknown[] = [];
    for (const stop of this.stops.splice(0).reverse()) await stop().catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures[0];
  }
}
