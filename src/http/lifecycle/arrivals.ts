import type { IncomingMessage } from 'node:http';

/** How much may be on its way to a server at once. */
export interface ArrivalLimits {
  readonly requests: number;
  /** The lengths of their bodies together, in bytes. */
  readonly bytes: number;
}

/** A request whose body may still be on its way. */
export interface Arrival {
  readonly message: IncomingMessage;
  /** The length of its body, or the most that is read of it when it does not tell, in bytes. */
  readonly bytes: number;
  /** Ends the request, whose sender took too long. */
  readonly giveUp: () => void;
}

/**
 * Requests whose bodies have not arrived in full. They are no work yet, but take memory: when they are too many, those that
 * have been on their way longest make way for new ones. So who sends slowly keeps out nobody who does not.
 */
export class Arrivals {
  private readonly arriving = new Set<Arrival>();
  private bytes = 0;

  constructor(private readonly limits: ArrivalLimits) {}

  /** How many there are. */
  get count(): number {
    this.forgetArrived();
    return this.arriving.size;
  }

  /** Notes a request that begins to arrive. */
  add(arrival: Arrival): void {
    this.arriving.add(arrival);
    this.bytes += arrival.bytes;
    if (this.areTooMany) this.forgetArrived();
    for (const oldest of this.arriving) {
      if (!this.areTooMany || oldest === arrival) return;
      this.remove(oldest);
      oldest.giveUp();
    }
  }

  /** Notes that a request has ended, whatever has arrived of it. */
  remove(arrival: Arrival): void {
    if (this.arriving.delete(arrival)) this.bytes -= arrival.bytes;
  }

  private get areTooMany(): boolean {
    return this.arriving.size > this.limits.requests || this.bytes > this.limits.bytes;
  }

  private forgetArrived(): void {
    for (const arrival of this.arriving) if (arrival.message.complete) this.remove(arrival);
  }
}
