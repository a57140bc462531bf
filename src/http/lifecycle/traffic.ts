/** The requests under way, and whether more are let in. */
export class Traffic {
  private count = 0;
  private stopping = false;
  private readonly ended = Promise.withResolvers<undefined>();

  /** How many requests are under way. */
  get underWay(): number {
    return this.count;
  }

  /** Whether the server is being stopped: no new request is let in. */
  get isStopping(): boolean {
    return this.stopping;
  }

  /** Notes that a request was let in. */
  begin(): void {
    this.count += 1;
  }

  /** Notes that a request that was let in has been answered or given up. */
  end(): void {
    this.count -= 1;
    if (this.stopping && this.count === 0) this.ended.resolve(undefined);
  }

  /** Lets nobody in any more, and waits until the last request has ended. */
  async stop(): Promise<void> {
    this.stopping = true;
    if (this.count > 0) await this.ended.promise;
  }
}
