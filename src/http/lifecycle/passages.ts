/** How much may be on its way between a server and its callers at once. */
export interface PassageLimits {
  readonly count: number;
  readonly bytes: number;
}

/** A request whose body is on its way to the server, or an answer that is on its way to who asked. */
export interface Passage {
  /** Whose it is. */
  readonly address: string;
  readonly bytes: number;
  /** Whether it has come through, of which nobody may have told. */
  readonly isOver: () => boolean;
  /** Ends it: the caller sends or reads too slowly. */
  readonly giveUp: () => void;
}

/**
 * What is on its way in one direction. It is no work, but takes memory: when it is too much, something of whoever has most
 * of it makes way for what is new. So who sends or reads slowly keeps out nobody who does not.
 */
export class Passages {
  private readonly underWay = new Set<Passage>();
  private bytes = 0;

  constructor(private readonly limits: PassageLimits) {}

  /** How many are on their way. */
  get count(): number {
    this.forgetPassed();
    return this.underWay.size;
  }

  /** Notes one that begins. */
  add(passage: Passage): void {
    this.underWay.add(passage);
    this.bytes += passage.bytes;
    if (this.isTooMuch) this.forgetPassed();
    while (this.isTooMuch && this.underWay.size > 1) {
      const dispensable = this.dispensable(passage);
      this.remove(dispensable);
      dispensable.giveUp();
    }
  }

  /** Notes one that has ended. */
  remove(passage: Passage): void {
    if (this.underWay.delete(passage)) this.bytes -= passage.bytes;
  }

  private get isTooMuch(): boolean {
    return this.underWay.size > this.limits.count || this.bytes > this.limits.bytes;
  }

  /** Of the address that has most, in bytes or else in number, the longest or else the oldest, but for the newest itself. */
  private dispensable(newest: Passage): Passage {
    const shares = new Map<string, number>();
    const isTooLong = this.bytes > this.limits.bytes;
    for (const { address, bytes } of this.underWay) shares.set(address, (shares.get(address) ?? 0) + (isTooLong ? bytes : 1));
    const shareOf = ({ address }: Passage): number => shares.get(address) ?? 0;
    return Array.from(this.underWay).filter((passage) => passage !== newest).reduce((found, passage) => {
      const more = shareOf(passage) - shareOf(found) || passage.bytes - found.bytes;
      return more > 0 ? passage : found;
    });
  }

  private forgetPassed(): void {
    for (const passage of this.underWay) if (passage.isOver()) this.remove(passage);
  }
}
