import { setTimeout as sleep } from 'node:timers/promises';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, type SpanExporter, TracerProvider } from '@opentelemetry/sdk-trace';
import { ATTR_SERVICE_NAME } from '@opentelemetry/semantic-conventions';
import type { Log } from './log.js';
import { Tracing } from './tracing.js';

/** Where traces go. */
export interface TracingSettings {
  /** The address of an OTLP collector, such as `http://collector:4318`. */
  readonly endpoint: string;
  /** The name by which this server is known there. */
  readonly serviceName: string;
}

/** How often it is told that traces cannot be sent. */
const TOLD_EVERY_MS = 60_000;
/** How long one sending may take. */
const EXPORT_TIMEOUT_MS = 2_000;
/** How long the last sendings may hold up the end of the server. */
const LAST_EXPORT_MS = 3_000;

/**
 * Begins to send traces, by OTLP over HTTP, in the background: a collector that is away costs traces and nothing else.
 * Nobody but who wants traces imports this file, with all that it loads.
 */
export function startTracing({ endpoint, serviceName }: TracingSettings, log: Log): Tracing {
  const url = `${endpoint.replace(/\/+$/, '')}/v1/traces`;
  const exporter = telling(new OTLPTraceExporter({ url, timeoutMillis: EXPORT_TIMEOUT_MS }), log);
  const provider = new TracerProvider({
    // Nothing of the machine, nor of the command line.
    resource: resourceFromAttributes({ [ATTR_SERVICE_NAME]: serviceName }),
    spanProcessors: [new BatchSpanProcessor({ exporter, exportTimeoutMillis: EXPORT_TIMEOUT_MS })],
  });
  const close = async (): Promise<void> => {
    // Whether they were sent is told by the exporter.
    await Promise.race([provider.shutdown().catch(() => undefined), sleep(LAST_EXPORT_MS, undefined, { ref: false })]);
  };
  return new Tracing(provider.getTracer('testodrom-api'), close);
}

/** The exporter, saying now and then that it fails. */
function telling(exporter: SpanExporter, log: Log): SpanExporter {
  let toldAt = -Infinity;
  return {
    shutdown: () => exporter.shutdown(),
    forceFlush: async () => exporter.forceFlush?.(),
    export(spans, done) {
      exporter.export(spans, (result) => {
        if (result.error && performance.now() - toldAt > TOLD_EVERY_MS) {
          toldAt = performance.now();
          log.warn({ err: result.error }, 'Traces could not be sent to the collector of OTEL_EXPORTER_OTLP_ENDPOINT');
        }
        done(result);
      });
    },
  };
}
