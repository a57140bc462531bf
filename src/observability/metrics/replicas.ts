import { Counter, Gauge, type Registry } from 'prom-client';

/** What is counted of the standbys that answer reads; nothing where there are none. */
export class ReplicaMetrics {
  private readonly used: Gauge<'replica'>;
  private readonly reads: Counter<'replica' | 'outcome'>;

  constructor(registry: Registry) {
    const registers = [registry];
    this.used = new Gauge({
      name: 'testodrom_replica_used', help: '1 while every process reads from the replica, 0 while one leaves it out.',
      labelNames: ['replica'], aggregator: 'min', registers,
    });
    this.reads = new Counter({
      name: 'testodrom_replica_reads_total', help: 'Reads that were to go to a replica, by how they ended.',
      labelNames: ['replica', 'outcome'], registers,
    });
  }

  /** Shows whether a replica is used. */
  setUsed(replica: string, isUsed: boolean): void {
    this.used.set({ replica }, isUsed ? 1 : 0);
  }

  /** Counts a read: answered by the replica, or by the primary because the replica was behind or failed. */
  countRead(replica: string, outcome: 'answered' | 'behind' | 'failed'): void {
    this.reads.inc({ replica, outcome });
  }
}
