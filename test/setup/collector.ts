import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Json } from './test-server.js';

/** A span as it came over the wire. */
export interface ReceivedSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  /** Empty for the first of a trace. */
  readonly parentSpanId: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly failed: boolean;
}

/** A collector of traces that really listens. */
export interface Collector {
  /** As OTEL_EXPORTER_OTLP_ENDPOINT takes it. */
  readonly url: string;
  /** The addresses that were asked. */
  readonly paths: ReadonlySet<string>;
  /** Everything that was sent, as it was sent. */
  readonly received: () => string;
  readonly spans: () => ReceivedSpan[];
  /** Under which name the server made itself known. */
  readonly serviceNames: () => string[];
  readonly close: () => Promise<void>;
}

/** Starts a collector. */
export async function startCollector(): Promise<Collector> {
  const bodies: string[] = [];
  const paths = new Set<string>();
  const server = createServer((request, response) => {
    paths.add(`${request.method} ${request.url}`);
    void text(request).then((body) => {
      bodies.push(body);
      response.setHeader('content-type', 'application/json').end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const resources = (): Json[] => bodies.flatMap((body) => JSON.parse(body).resourceSpans);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    paths,
    received: () => bodies.join('\n'),
    spans: () => resources().flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }: Json) => spans.map(spanOf))),
    serviceNames: () => resources().map(({ resource }) => attributesOf(resource.attributes)['service.name'] as string),
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}

function spanOf({ name, traceId, spanId, parentSpanId, attributes, status }: Json): ReceivedSpan {
  return { name, traceId, spanId, parentSpanId: parentSpanId ?? '', attributes: attributesOf(attributes), failed: status?.code === 2 };
}

function attributesOf(attributes: Json[]): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value as object)[0]]));
}
