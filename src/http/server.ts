import Fastify, { type FastifyBaseLogger, type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import type { EdgeConfig } from '../environment/edge.js';
import type { Services } from '../graphql/context.js';
import { newId } from '../kernel/ids.js';
import { type RequestFacts, withFacts } from '../observability/index.js';
import { isAddress, originOf, pathOf } from './address.js';
import { addDeadline } from './lifecycle/deadline.js';
import { addExplorerRoutes, EXPLORER_PATH } from './explorer/index.js';
import { answerFailure } from './failure.js';
import { addGate } from './lifecycle/gate.js';
import { addGraphQLRoutes, GRAPHQL_PATH } from './graphql/add-graphql-routes.js';
import { addHealthRoutes } from './lifecycle/health.js';
import { addInvoiceRoutes, type InvoiceServices } from './invoices.js';
import { addMetricsRoute } from './metrics-route.js';
import { type ObservationServices, observeRequests } from './observe-requests.js';
import { answerProblem } from './problem.js';
import { countRefusal, Refusal } from './refusal.js';
import { addRestRoutes, REST_DOCS_PATH } from './rest/index.js';
import { addResultRoutes, type ReportServices } from './results.js';
import { securityHeaders } from './security-headers.js';
import { boundPipelining } from './lifecycle/pipelining.js';
import type { Traffic } from './lifecycle/traffic.js';
import { warnOfUnnamedProxies } from './unnamed-proxy.js';
import { unreadableAnswerer } from './unreadable-request.js';
import { wrongHeaders } from './wrong-headers.js';

/** How often connections are looked through for requests that do not arrive in time. */
const ARRIVALS_CHECKED_EVERY_MS = 1_000;

/** How long any part of the server may take to be made: a busy machine makes the schema of GraphQL and REST slowly. */
const PART_LIMIT_MS = 60_000;

declare module 'fastify' {
  interface FastifyRequest {
    /** What is known of the request so far. */
    facts: RequestFacts;
    /** The pattern of its address, such as `/results/:file`; null for an address that is not there. */
    route: string | null;
    /** Counts a code with which the request is answered, and notes it for its log line. */
    noteProblem: (code: string) => void;
  }
}

/** What a server is made with. */
export type ServerServices = Services & ReportServices & InvoiceServices & ObservationServices;

export interface ServerOptions {
  readonly edge: EdgeConfig;
  /** Whether Apollo Sandbox greets a browser at the GraphQL address. */
  readonly landingPage: boolean;
  /** Where partners reach this server, without a slash at the end; null for the address that a request names. */
  readonly publicUrl: string | null;
  /** The secret with which `GET /metrics` is read; null for a server without that address. */
  readonly metricsKey: string | null;
  readonly traffic: Traffic;
  /** Fails when the database does not answer. */
  readonly pingDatabase: () => Promise<void>;
}

/** Makes the HTTP server, not listening yet. Closing it cuts off the requests that are under way: `drain` ends them first. */
export async function createServer(services: ServerServices, options: ServerOptions): Promise<FastifyInstance> {
  const { edge, publicUrl, traffic } = options;
  const { metrics } = services;
  const publicTls = publicUrl !== null && new URL(publicUrl).protocol === 'https:';
  const headersOf = ({ protocol }: FastifyRequest) => securityHeaders(publicTls || protocol === 'https');
  const loggerInstance: FastifyBaseLogger = services.log;
  const server = Fastify({
    bodyLimit: edge.bodyLimit,
    pluginTimeout: PART_LIMIT_MS,
    requestTimeout: edge.requestDeadlineMs,
    // What is wrong with a Host header we tell ourselves.
    http: { connectionsCheckingInterval: ARRIVALS_CHECKED_EVERY_MS, requireHostHeader: false },
    trustProxy: edge.trustedProxies.length > 0 && [...edge.trustedProxies],
    // Who asks while the server stops is turned away by the gate.
    return503OnClosing: false,
    forceCloseConnections: true,
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: () => newId(),
    // Of an address that cannot be read, before any hook.
    frameworkErrors: (error, request, reply) => {
      observed.begin(request, reply);
      countRefusal(metrics, error);
      void answerFailure(error, request, reply.headers(headersOf(request)));
    },
    clientErrorHandler: unreadableAnswerer(securityHeaders(publicTls), (answered) => {
      metrics.countRejection(answered.reason);
      observed.unreadable(answered.requestId, answered.status);
    }),
    // Parameters of REST are what they are: a number is no text, and what is not known is nobody's business.
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false } },
  });
  // What else is expected than to be asked to go on, Node would refuse by itself, and in no shape of ours.
  server.server.on('checkExpectation', (request, response) => server.server.emit('request', request, response));
  // Node remembers whose a connection is once it was asked, so that who hangs up in the midst of a request pays for it.
  server.server.on('connection', (socket) => {
    if (socket.remoteAddress === undefined) socket.destroy();
  });
  boundPipelining(server.server, () => metrics.countRejection('pipelined'));
  server.decorateRequest('facts');
  server.decorateRequest('route', null);
  server.decorateRequest('noteProblem');
  server.decorateRequest('debtor', null);
  server.decorateRequest('bodyBytes', null);
  const observed = observeRequests(server, services);
  server.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    reply.headers(headersOf(request));
    // Answers hold keys and reports: no cache keeps them unless a route says otherwise.
    reply.header('cache-control', 'no-store');
    const wrong = wrongHeaders(request.raw);
    if (wrong !== null) {
      metrics.countRejection(wrong.reason);
      return void answerProblem(request, reply, wrong.status, wrong.message);
    }
    // Addresses are made of it.
    done(isAddress(originOf(request)) ? undefined : new Refusal(400, 'malformed', 'The Host header names no host.'));
  });
  if (edge.trustedProxies.length === 0) warnOfUnnamedProxies(server);
  addDeadline(server, edge.requestDeadlineMs, metrics);
  const isOverloaded = addGate(server, { traffic, edge, metrics });
  // Where nothing is, nothing of a body is read.
  server.addHook('onRequest', (request, reply, done) => {
    if (!request.is404) return done();
    answerNothing(request, reply);
  });
  // Once the body has arrived: what comes with it knows no request.
  server.addHook('preHandler', (request, _reply, done) => withFacts(request.facts, done));
  server.setErrorHandler<FastifyError>((error, request, reply) => {
    countRefusal(metrics, error);
    return answerFailure(error, request, reply);
  });
  addHealthRoutes(server, { traffic, isOverloaded, pingDatabase: options.pingDatabase });
  await addRoutes(server, services, options);
  return server;
}

function answerNothing(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return answerProblem(request, reply, 404, `Nothing is here. GraphQL is at ${GRAPHQL_PATH}, REST is described at ${REST_DOCS_PATH}.`);
}

/** What is to be had of the server. */
async function addRoutes(
  server: FastifyInstance, services: ServerServices, { edge, landingPage, publicUrl, metricsKey }: ServerOptions,
): Promise<void> {
  const publicPath = pathOf(publicUrl);
  const baseUrlOf = (request: FastifyRequest): string => publicUrl ?? originOf(request);
  const keyOriginsOf = (request: FastifyRequest): readonly string[] => [new URL(baseUrlOf(request)).origin, ...edge.keyOrigins];
  server.setNotFoundHandler(answerNothing);
  // Browsers ask for it beside every page.
  server.get('/favicon.ico', (_request, reply) => reply.code(204).header('cache-control', 'public, max-age=86400').send());
  addMetricsRoute(server, services, metricsKey);
  addResultRoutes(server, services);
  addInvoiceRoutes(server, services);
  await addRestRoutes(server, services, { baseUrlOf, keyOriginsOf, publicPath });
  await addGraphQLRoutes(server, services, { edge, landingPage, baseUrlOf, keyOriginsOf });
  if (edge.explorer) addExplorerRoutes(server, publicPath, GRAPHQL_PATH);
  if (landingPage) server.get('/', (_request, reply) => reply.redirect(publicPath + GRAPHQL_PATH));
  else if (edge.explorer) server.get('/', (_request, reply) => reply.redirect(publicPath + EXPLORER_PATH));
}
