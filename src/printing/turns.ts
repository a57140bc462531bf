/** Where somebody stands in a line. */
interface Place {
  readonly begin: () => void;
  readonly sendAway: (reason: Error) => void;
}

/** Lets some at a time have their turn, while the others stand in lines, one for each name; the lines take turns as well. */
export class Turns {
  private begun = 0;
  /** Those in front come next. None is empty. */
  private readonly lines = new Map<string, Set<Place>>();

  constructor(private readonly atOnce: number) {}

  /** How many have their turn. */
  get taken(): number {
    return this.begun;
  }

  /** How many stand in the lines. */
  get waiting(): number {
    return Array.from(this.lines.values(), (line) => line.size).reduce((sum, size) => sum + size, 0);
  }

  /** How many of them have a name. */
  waitingAs(name: string): number {
    return this.lines.get(name)?.size ?? 0;
  }

  /** The name of the longest line; null when nobody waits. */
  get longest(): string | null {
    const [first, ...others] = this.lines.keys();
    return first === undefined ? null : others.reduce((longest, name) => (this.waitingAs(name) > this.waitingAs(longest) ? name : longest), first);
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
      const leave = (): void => {
        this.remove(name, place);
        reject(signal?.reason as Error);
      };
      const place: Place = {
        begin: () => {
          signal?.removeEventListener('abort', leave);
          resolve();
        },
        sendAway: (reason) => {
          signal?.removeEventListener('abort', leave);
          reject(reason);
        },
      };
      signal?.addEventListener('abort', leave, { once: true });
      this.lines.set(name, (this.lines.get(name) ?? new Set()).add(place));
    });
  }

  /** Ends a turn; the first of the next line has it then. */
  end(): void {
    const [next] = this.lines;
    if (!next) {
      this.begun -= 1;
      return;
    }
    const [name, line] = next;
    const [place] = line;
    this.lines.delete(name);
    line.delete(place!);
    if (line.size > 0) this.lines.set(name, line);
    place!.begin();
  }

  /** Sends away, with a reason, who came last of a name. */
  sendAwayLatest(name: string, reason: Error): void {
    const latest = Array.from(this.lines.get(name) ?? []).at(-1);
    if (!latest) return;
    this.remove(name, latest);
    latest.sendAway(reason);
  }

  private remove(name: string, place: Place): void {
    const line = this.lines.get(name);
    line?.delete(place);
    if (line?.size === 0) this.lines.delete(name);
  }
}
