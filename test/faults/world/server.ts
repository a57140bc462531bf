import { type Environment, type ServerProcess, startServer } from '../../setup/processes.js';

/** A server that is started again whenever it ends, as a service of the operating system is. */
export class SupervisedServer {
  private isStopped = false;

  private constructor(private running: ServerProcess, private readonly environment: Environment) {}

  static async start(environment: Environment): Promise<SupervisedServer> {
    const supervised = new SupervisedServer(await startServer(environment), environment);
    void supervised.revive();
    return supervised;
  }

  /** Where GraphQL is. */
  get url(): string {
    return this.running.url;
  }

  kill(signal: NodeJS.Signals): void {
    this.running.kill(signal);
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    await this.running.stop();
  }

  private async revive(): Promise<void> {
    for (;;) {
      await this.running.ended;
      if (this.isStopped) return;
      this.running = await this.startUntilItRuns();
    }
  }

  /** It does not start without its database. */
  private async startUntilItRuns(): Promise<ServerProcess> {
    for (;;) {
      const started = await startServer(this.environment).catch(() => null);
      if (started) return started;
    }
  }
}
