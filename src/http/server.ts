import Fastify, {
  type FastifyBaseLogger, LogController, type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest,
} from 'fastify';
import type { Services } from '../graphql/context.js';
import type { OperationLimits } from '../graphql/limits/index.js';
import { newId } from '../kernel/ids.js';
import { type RequestFacts, withFacts } from '../observability/index.js';
import { addExplorerRoutes, EXPLORER_PATH } from './explorer/index.js';
import { addGraphQLRoutes, GRAPHQL_PATH } from './graphql.js';
import { addInvoiceRoutes, type InvoiceServices } from './invoices.js';
import { addMetricsRoute } from './metrics-route.js';
import { type ObservationServices, observeRequests } from './observe-requests.js';
import { answerProblem } from './problem.js';
import { countRefusal } from './refusal.js';
import { addRestRoutes, REST_DOCS_PATH } from './rest/index.js';
import { addResultRoutes, type ReportServices } from './results.js';
import { securityHeaders } from './security-headers.js';
import { answerUnreadable } from './unreadable-request.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** What is known of the request so far. */
    facts: RequestFacts;
  }
}

export interface ServerOptions {
  readonly bodyLimit: number;
  /** Whether Apollo Sandbox greets a browser at the GraphQL address. */
  readonly landingPage: boolean;
  /** Whether the explorer is served. */
  readonly explorer: boolean;
  /** The file of the only documents that are run; null for a server that runs all. */
  readonly trustedDocuments: string | null;
  /** Where partners reach this server, without a slash at the end; null for the address that a request names. */
  readonly publicUrl: string | null;
  /** The secret with which `GET /metrics` is read; null for a server without that address. */
  readonly metricsKey: string | null;
  /** Origins whose pages may use the keys of every client, besides the server's own. */
  readonly keyOrigins: readonly string[];
  /** Proxies whose `X-Forwarded-*` headers are believed: addresses and networks. */
  readonly trustedProxies: readonly string[];
  readonly operationLimits: OperationLimits;
}

/** Makes the HTTP server, not listening yet. Closing it ends the requests that are under way first. */
export async function createServer(
  services: Services & ReportServices & InvoiceServices & ObservationServices, options: ServerOptions,
): Promise<FastifyInstance> {
  const publicTls = options.publicUrl !== null && new URL(options.publicUrl).protocol === 'https:';
  const headersOf = ({ protocol }: FastifyRequest) => securityHeaders(publicTls || protocol === 'https');
  const loggerInstance: FastifyBaseLogger = services.log;
  const server = Fastify({
    bodyLimit: options.bodyLimit,
    trustProxy: options.trustedProxies.length > 0 && [...options.trustedProxies],
    // Who asks over a connection that is still open while the server stops is answered, and told to connect anew.
    return503OnClosing: false,
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: () => newId(),
    // Of an address that cannot be read, before any hook.
    frameworkErrors: (error, request, reply) => {
      observed.begin(request, reply);
      void answerError(error, request, reply.headers(headersOf(request)));
    },
    clientErrorHandler: (error, socket) => answerUnreadable(error, socket, securityHeaders(publicTls), observed.unreadable),
    // Parameters of REST are what they are: a number is no text, and what is not known is nobody's business.
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false } },
  });
  server.decorateRequest('facts');
  server.decorateRequest('debtor', null);
  const observed = observeRequests(server, services);
  server.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
    reply.headers(headersOf(request));
    // Answers hold keys and reports: no cache keeps them unless a route says otherwise.
    reply.header('cache-control', 'no-store');
    // Addresses are made of it.
    if (!isAddress(originOf(request))) return answerProblem(request, reply, 400, 'The Host header names no host.');
  });
  // Once the body has arrived: what comes with it knows no request.
  server.addHook('preHandler', (request, _reply, done) => withFacts(request.facts, done));
  const publicPath = pathOf(options.publicUrl);
  const baseUrlOf = (request: FastifyRequest): string => options.publicUrl ?? originOf(request);
  const keyOriginsOf = (request: FastifyRequest): readonly string[] => [new URL(baseUrlOf(request)).origin, ...options.keyOrigins];
  server.setErrorHandler<FastifyError>((error, request, reply) => {
    countRefusal(services.metrics, error);
    return answerError(error, request, reply);
  });
  server.setNotFoundHandler((request, reply) =>
    answerProblem(request, reply, 404, `Nothing is here. GraphQL is at ${GRAPHQL_PATH}, REST is described at ${REST_DOCS_PATH}.`));
  addResultRoutes(server, services);
  addInvoiceRoutes(server, services);
  addMetricsRoute(server, services, options.metricsKey);
  await addRestRoutes(server, services, { baseUrlOf, keyOriginsOf, publicPath });
  if (options.explorer) addExplorerRoutes(server, publicPath, GRAPHQL_PATH);
  // Browsers ask for it beside every page.
  server.get('/favicon.ico', (_request, reply) => reply.code(204).header('cache-control', 'public, max-age=86400').send());
  const entrance = entranceOf(options);
  if (entrance !== null) server.get('/', (_request, reply) => reply.redirect(publicPath + entrance));
  const { landingPage, trustedDocuments, operationLimits } = options;
  await addGraphQLRoutes(server, services, { landingPage, trustedDocuments, operationLimits, baseUrlOf, keyOriginsOf });
  return server;
}

/** Where a request was sent to, as it says itself; one without a host is of an age that knew none. */
function originOf({ protocol, host }: FastifyRequest): string {
  return `${protocol}://${host || 'localhost'}`;
}

/** Whether that is an address of ours: a proxy may forward anything. */
function isAddress(origin: string): boolean {
  return URL.canParse(origin) && /^https?:$/.test(new URL(origin).protocol);
}

/** Where a browser is welcome; null where the API is for programs alone. */
function entranceOf({ landingPage, explorer }: ServerOptions): string | null {
  if (landingPage) return GRAPHQL_PATH;
  return explorer ? EXPLORER_PATH : null;
}

/** Below which path partners reach this server, without a slash at the end; empty unless something before it adds one. */
function pathOf(publicUrl: string | null): string {
  return publicUrl === null ? '' : new URL(publicUrl).pathname.replace(/\/$/, '');
}

/** Errors before GraphQL is reached: a body that is too large, broken JSON, an unsupported media type. */
function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const status = error.statusCode ?? 500;
  if (status < 500) return answerProblem(request, reply, status, clientMessage(error));
  request.log.error(error);
  return answerProblem(request, reply, 500, 'The server failed to answer this. Try again; if it fails again, tell us the request id.');
}

function clientMessage({ code, message }: FastifyError): string {
  const told: Readonly<Record<string, string>> = {
    FST_ERR_BAD_URL: 'The address is not well written: percent-encode it as UTF-8.',
    FST_ERR_MAX_PARAM_LENGTH: 'A part of the address is too long: nothing here has such a name.',
    FST_ERR_CTP_BODY_TOO_LARGE: 'The request body is too large.',
    FST_ERR_CTP_EMPTY_JSON_BODY: 'The request body is empty: send JSON with a "query".',
    FST_ERR_CTP_INVALID_JSON_BODY: 'The request body is no valid JSON.',
    FST_ERR_CTP_INVALID_MEDIA_TYPE: 'Send the request as application/json.',
  };
  return told[code] ?? message;
}
