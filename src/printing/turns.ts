/** Lets some at a time have their turn, while the others stand in a line. */
export class Turns {
  private begun = 0;
  /** Each with its name, the first in front. */
  private readonly line = new Map<() => void, string>();

  constructor(private readonly atOnce: number) {}

  /** How many have their turn. */
  get taken(): number {
    return this.begun;
  }

  /** How many stand in the line. */
  get waiting(): number {
    return this.line.size;
  }

  /** How many of them have a name. */
  waitingAs(name: string): number {
    return Array.from(this.line.values()).filter((other) => other === name).length;
  }

  /** Whether who comes now has to wait. */
  get areTaken(): boolean {
    return this.begun >= this.atOnce;
  }

  /** Waits for a turn, which lasts until its end is told. Who gives up before it comes leaves the line at once. */
  async begin(name: string, signal?: AbortSignal): Promise<void> {
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
      this.line.set(begin, name);
    });
  }

  /** Ends a turn; the first in the line has the next. */
  end(): void {
    const [next] = this.line.keys();
    if (!next) {
      this.begun -= 1;
      return;
    }
    this.line.delete(next);
    next();
  }
}
