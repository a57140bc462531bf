import { performance } from 'node:perf_hooks';
import { type Aggregator, collectDefaultMetrics, Gauge, Registry } from 'prom-client';

/**
 * How the library would tell of several processes, and how we do: by the one that does worst, because callers meet it, and by
 * the first, which is as old as the server.
 */
const together: Partial<Record<Aggregator, Aggregator>> = { average: 'max', omit: 'first' };

let ofThisProcess: Registry | null = null;

/**
 * Memory, processor, event loop and garbage collection of the process: measured once, whatever number of servers runs in
 * it, from the first time that one asks for it.
 */
export function processMetrics(): Registry {
  ofThisProcess ??= measured();
  return ofThisProcess;
}

function measured(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  let last = performance.eventLoopUtilization();
  new Gauge({
    name: 'nodejs_eventloop_utilization_ratio', help: 'Part of the time since the last reading in which the event loop had work.',
    aggregator: 'max', registers: [registry],
    collect() {
      const now = performance.eventLoopUtilization();
      this.set(performance.eventLoopUtilization(now, last).utilization);
      last = now;
    },
  });
  for (const metric of registry.getMetricsAsArray()) metric.aggregator = together[metric.aggregator] ?? metric.aggregator;
  return registry;
}
