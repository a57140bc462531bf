import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { smallAnswers } from '../setup/small-tests.js';
import { type Collector, type ReceivedSpan, startCollector } from '../setup/collector.js';
import { cleanUp, startServer } from '../setup/processes.js';
import { startTestServer, type TestClient, type TestServer } from '../setup/test-server.js';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const CALLER = 'b7ad6b7169203331';

let collector: Collector;
let server: TestServer;
let client: TestClient;
let spans: ReceivedSpan[];
let resultKey: string;
/** Every request is sent first, because traces are sent when the server stops at the latest. */
beforeAll(async () => {
  collector = await startCollector();
  server = await startTestServer({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_SERVICE_NAME: 'tried' });
  client = await server.client();
  const ask = (query: string, headers: Record<string, string> = {}): Promise<Response> => fetch(server.url, {
    method: 'POST', body: JSON.stringify({ query }), headers: { 'content-type': 'application/json', authorization: `Bearer ${client.key}`, ...headers },
  });
  resultKey = await server.save('paid');
  await client.attach(resultKey, 'anna@example.com');
  await ask('query Standing { viewer { keys { hint } } }', { traceparent: `00-${TRACE}-${CALLER}-01` });
  await ask('query Unheard { viewer { slug } }', { traceparent: `00-${TRACE.replaceAll(/./g, '0')}-${CALLER}-01` });
  await ask('query Unsampled { viewer { slug } }', { traceparent: `00-${TRACE}-${CALLER}-00` });
  await fetch(new URL(`/results/${resultKey}.html?locale=en`, server.url));
  await server.sql('alter table result rename to result_gone');
  await ask(`query Failing { result(key: "${resultKey}") { key } }`);
  await server.sql('alter table client_key rename to client_key_gone');
  await fetch(new URL(`/partner/api/v3/client/authenticate-by-token`, server.url), { method: 'POST', body: new URLSearchParams({ token: client.key }) });
  await server.stop();
  spans = collector.spans();
});
afterAll(async () => {
  await server.close();
  await collector.close();
  await cleanUp();
});

const named = (name: string): ReceivedSpan => {
  const [found, ...more] = spans.filter((span) => span.name === name);
  expect([name, found && more.length]).toEqual([name, 0]);
  return found!;
};
const parentOf = ({ parentSpanId }: ReceivedSpan): ReceivedSpan | undefined => spans.find(({ spanId }) => spanId === parentSpanId);
const childrenOf = ({ spanId }: ReceivedSpan): ReceivedSpan[] => spans.filter(({ parentSpanId }) => parentSpanId === spanId);

describe('traces', () => {
  it('are sent by OTLP, under the name of the service', () => {
    expect([...collector.paths]).toEqual(['POST /v1/traces']);
    expect(new Set(collector.serviceNames())).toEqual(new Set(['tried']));
  });

  it('lead from the request to the operation and to each of its statements', () => {
    const operation = named('query Standing');
    expect(operation.attributes).toEqual({ 'graphql.operation.type': 'query', 'graphql.operation.name': 'Standing' });
    expect(childrenOf(operation).map(({ name }) => name)).toEqual(['client-keys-living']);
    const request = parentOf(operation)!;
    const [byKey, ...others] = childrenOf(request);
    expect([byKey?.name, byKey?.attributes, others]).toEqual([
      'clients-by-key', { 'db.system.name': 'postgresql', 'db.operation.name': 'with', 'db.query.summary': 'clients-by-key' }, [operation],
    ]);
    expect([request.name, request.failed]).toEqual(['POST /graphql', false]);
    expect(request.attributes).toEqual({ 'http.request.method': 'POST', 'http.route': '/graphql', 'http.response.status_code': 200 });
    expect(new Set([request, ...childrenOf(operation)].map(({ traceId }) => traceId))).toEqual(new Set([TRACE]));
  });

  it('hold the transaction of an attach, in its order', () => {
    const operation = parentOf(named('ledger-write'))!;
    expect(childrenOf(operation).map(({ name }) => name).slice(0, 7))
      .toEqual(['begin', 'ledger-lock-client', 'ledger-lock-results', 'ledger-read-users', 'ledger-write', 'results-give', 'commit']);
  });

  it('continue those of the caller', () => {
    expect(parentOf(named('query Standing'))!.parentSpanId).toBe(CALLER);
  });

  it('begin anew where the header of the caller is no good, and are not made where the caller makes none', () => {
    expect(parentOf(named('query Unheard'))).toMatchObject({ parentSpanId: '' });
    expect(spans.map(({ name }) => name)).not.toContain('query Unsampled');
  });

  it('name other addresses by their pattern', () => {
    expect(named('GET /results/:file').attributes).toEqual({
      'http.request.method': 'GET', 'http.route': '/results/:file', 'http.response.status_code': 200,
    });
  });

  it('say what failed', () => {
    const operation = named('query Failing');
    expect(childrenOf(operation)).toMatchObject([{
      name: 'results-by-key', failed: true, attributes: { 'db.response.status_code': '42P01', 'error.type': '42P01' },
    }]);
    expect(operation).toMatchObject({ failed: true, attributes: { 'error.type': 'INTERNAL_SERVER_ERROR' } });
    expect(named('POST /partner/api/v3/client/authenticate-by-token')).toMatchObject({
      failed: true, attributes: { 'http.response.status_code': 500, 'error.type': '500' },
    });
  });

  it('hold no key, no answer, no id of a user and no address', () => {
    expect(collector.received()).toContain('query Standing');
    for (const secret of [client.key, resultKey, 'anna@example.com', 'locale=en', 'Bearer', ...smallAnswers.map(({ questionId }) => `"${questionId}"`)]) {
      expect(collector.received()).not.toContain(secret);
    }
  });
});

describe('a collector that is away', () => {
  it('costs traces alone: requests are answered, the server stops, and one line of the log tells of it', async () => {
    await server.sql('alter table client_key_gone rename to client_key');
    const away = await startCollector();
    await away.close();
    const started = await startServer({ DATABASE_URL: server.databaseUrl, OTEL_EXPORTER_OTLP_ENDPOINT: away.url, LOG_LEVEL: 'info' });
    for (let index = 0; index < 3; index += 1) {
      expect((await fetch(`${started.url}?query={tests{nodes{slug}}}`, { headers: { 'apollo-require-preflight': '1' } })).status).toBe(200);
    }
    const { code, stdout } = await started.stop();
    expect(code).toBe(0);
    const lines = stdout.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.filter(({ msg }) => msg === 'request').map(({ traceId }) => traceId)).toEqual(Array(3).fill(expect.stringMatching(/^[\da-f]{32}$/)));
    expect(lines.filter(({ level }) => level === 'warn')).toMatchObject([
      { msg: 'Traces could not be sent to the collector of OTEL_EXPORTER_OTLP_ENDPOINT' },
    ]);
  });
});
