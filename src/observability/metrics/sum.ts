import { AggregatorRegistry, type MetricObject } from 'prom-client';

/** What one process has counted, as its library tells it: as plain data, for other processes. */
export type MetricsSnapshot = readonly (Pick<MetricObject, 'name' | 'help' | 'aggregator'> & {
  readonly type: unknown;
  readonly values: readonly object[];
})[];

/** What only grows, and must not fall when who counted it is gone. */
const GROWING: ReadonlySet<unknown> = new Set(['counter', 'histogram']);

/** What all processes of a server have counted, as one. */
export class MetricsSum {
  /** What each process told last. */
  private readonly latest = new Map<number, MetricsSnapshot>();
  /** What those counted that are gone, as far as they told. */
  private departed: MetricsSnapshot = [];

  /** Takes what a process has counted so far. */
  note(pid: number, snapshot: MetricsSnapshot): void {
    this.latest.set(pid, snapshot);
  }

  /** Keeps the counts of a process that is gone, and forgets how it stood. */
  leave(pid: number): void {
    const last = this.latest.get(pid);
    if (!last) return;
    this.latest.delete(pid);
    const counts = last.filter(({ type }) => GROWING.has(type));
    this.departed = added([this.departed, counts]).getMetricsAsArray() as unknown as MetricsSnapshot;
  }

  /** The sums, in the text format of Prometheus; what is no amount as each metric says, of the processes in the order in which they came. */
  text(): Promise<string> {
    return added([...this.latest.values(), this.departed]).metrics();
  }
}

function added(snapshots: readonly MetricsSnapshot[]) {
  return AggregatorRegistry.aggregate([...snapshots]);
}
