/** The requests under way, and whether more are let in. */
export class Traffic {
  private count = 0;
  private state: 'open' | 'leaving' | 'closed' = 'open';
  private readonly ended = Promise.withResolvers<undefined>();

  /** How many requests are under way. */
  get underWay(): number {
    return this.count;
  }

  /** Whether the server is being stopped, or will be soon: whoever chooses between servers should choose another. */
  get isStopping(): boolean {
    return this.state !== 'open';
  }

  /** Whether no new request is let in. */
  get isClosed(): boolean {
    return this.state === 'closed';
  }

  /** Notes that a request was let in. */
  begin(): void {
    this.count += 1;
  }

  /** Notes that a request that was let in has been answered or given up. */
  end(): void {
    this.count -= 1;
    if (this.isClosed && this.count === 0) this.ended.resolve(undefined);
  }

  /** Lets everybody know that the server will stop. */
  leave(): void {
    this.state = 'leaving';
  }

  /** Lets nobody in any more, and waits until the last request has ended. */
  async stop(): Promise<void> {
    this.state = 'closed';
    if (this.count > 0) await this.ended.promise;
  }
}
