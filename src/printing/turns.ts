/** Lets some at a time have their turn, while the others stand in a line. */
export class Turns {
  private begun = 0;
  private readonly line = new Set<() => void>();

  constructor(private readonly atOnce: number) {}

  /** How many have their turn. */
  get taken(): number {
    return this.begun;
  }

  /** How many stand in the line. */
  get waiting(): number {
    return this.line.size;
  }

  /** Whether who comes now has to wait. */
  get areTaken(): boolean {
    return this.begun >= this.atOnce;
  }

  /** Waits for a turn, which lasts until its end is told. Who gives up before it comes leaves the line at once. */
  async begin(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (!this.areTaken) {
      this.begun += 1;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const begin = (): void => {
        signal?.removeEventListener('abort', leave);
        resolve();
      };
      const leave = (): void => {
        this.line.delete(begin);
        reject(signal?.reason as Error);
      };
      signal?.addEventListener('abort', leave, { once: true });
      this.line.add(begin);
    });
  }

  /** Ends a turn; the first in the line has the next. */
  end(): void {
    const [next] = this.line;
    if (!next) {
      this.begun -= 1;
      return;
    }
    this.line.delete(next);
    next();
  }
}
