import { AsyncLocalStorage } from 'node:async_hooks';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled, ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { ApolloServerPluginLandingPageLocalDefault } from '@apollo/server/plugin/landingPage/default';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import cors, { type FastifyCorsOptions } from '@fastify/cors';
import Fastify, { LogController, type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { newId } from '../kernel/ids.js';
import { costLimit } from '../graphql/cost.js';
import { type RequestContext, requestContext, type Services } from '../graphql/context.js';
import { errorFormatter } from '../graphql/errors.js';
import { buildGraphQLSchema } from '../graphql/schema.js';
import { addInvoiceRoutes, type InvoiceServices } from './invoices.js';
import type { MetricsServices } from './metrics.js';
import { addMetricsRoute } from './metrics-route.js';
import { answerProblem } from './problem.js';
import { addResultRoutes, type ReportServices } from './results.js';

export const GRAPHQL_PATH = '/graphql';
/** The longest GraphQL document, in tokens: answers to the longest test belong into variables, not into the document. */
export const DOCUMENT_TOKENS = 10_000;

/**
 * Pages of every site may ask GraphQL: browsers save with access tokens. Nobody is known by a cookie, only by a header that
 * a page has to have been given, so that a page can do no more than whoever wrote it.
 */
const crossOrigin: FastifyCorsOptions = {
  origin: '*',
  methods: ['GET', 'POST'],
  allowedHeaders: ['content-type', 'authorization', 'apollo-require-preflight'],
  exposedHeaders: ['x-request-id'],
  // As long as browsers keep it, in seconds.
  maxAge: 7_200,
};

export interface ServerOptions {
  readonly bodyLimit: number;
  readonly logLevel: string;
  /** Whether Apollo Sandbox greets a browser at the GraphQL address. */
  readonly landingPage: boolean;
  /** Where partners reach this server, without a slash at the end; null for the address that a request names. */
  readonly publicUrl: string | null;
  /** The secret with which `GET /metrics` is read; null for a server without that address. */
  readonly metricsKey: string | null;
}

/** Makes the HTTP server, not listening yet. Closing it ends the requests that are under way first. */
export async function createServer(
  services: Services & ReportServices & InvoiceServices & MetricsServices, options: ServerOptions,
): Promise<FastifyInstance> {
  const server = Fastify({
    bodyLimit: options.bodyLimit,
    // Who asks over a connection that is still open while the server stops is answered, and told to connect anew.
    return503OnClosing: false,
    logger: { level: options.logLevel },
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => newId(),
    // Of an address that cannot be read, before any hook.
    frameworkErrors: answerError,
  });
  server.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
    // Answers hold keys and reports: no cache keeps them unless a route says otherwise.
    reply.header('cache-control', 'no-store');
    // Addresses are made of it.
    if (!URL.canParse(originOf(request))) return answerProblem(request, reply, 400, 'The Host header names no host.');
  });
  server.setErrorHandler(answerError);
  server.setNotFoundHandler((request, reply) => answerProblem(request, reply, 404, `Nothing is here. GraphQL is at ${GRAPHQL_PATH}.`));
  addResultRoutes(server, services);
  addInvoiceRoutes(server, services);
  addMetricsRoute(server, services.metrics, options.metricsKey);
  server.get('/', (_request, reply) => reply.redirect(GRAPHQL_PATH));

  // Apollo does not say to which request an error belongs.
  const underWay = new AsyncLocalStorage<FastifyRequest>();
  server.addHook('preHandler', (request, _reply, done) => underWay.run(request, done));

  const apollo = new ApolloServer<RequestContext>({
    schema: buildGraphQLSchema(services),
    // The API is public, and developers explore it in production too.
    introspection: true,
    includeStacktraceInErrorResponses: false,
    parseOptions: { maxTokens: DOCUMENT_TOKENS },
    // Stopping is decided in one place, which ends the requests under way first.
    stopOnTerminationSignals: false,
    formatError: errorFormatter({
      requestId: () => underWay.getStore()?.id,
      onInternalError: (error) => (underWay.getStore() ?? server).log.error(error),
    }),
    logger: server.log,
    plugins: [
      costLimit,
      // Its default wraps every field; caching is decided elsewhere.
      ApolloServerPluginCacheControlDisabled(),
      options.landingPage ? ApolloServerPluginLandingPageLocalDefault() : ApolloServerPluginLandingPageDisabled(),
    ],
  });
  await apollo.start();
  // After the last request: closing the server ends them first.
  server.addHook('onClose', () => apollo.stop());
  await server.register(async (scope) => {
    await scope.register(cors, crossOrigin);
    scope.route({
      url: GRAPHQL_PATH,
      method: ['GET', 'POST', 'OPTIONS'],
      handler: fastifyApolloHandler(apollo, {
        context: async (request) =>
          requestContext(services, request.headers.authorization, options.publicUrl ?? originOf(request)),
      }),
    });
    scope.route({
      url: GRAPHQL_PATH,
      method: ['PUT', 'PATCH', 'DELETE'],
      handler: (request, reply) =>
        answerProblem(request, reply.header('allow', 'GET, POST'), 405, 'GraphQL takes GET for queries and POST for all operations.'),
    });
  });
  return server;
}

/** Where a request was sent to, as it says itself; one without a host is of an age that knew none. */
function originOf({ protocol, host }: FastifyRequest): string {
  return `${protocol}://${host || 'localhost'}`;
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
    FST_ERR_CTP_BODY_TOO_LARGE: 'The request body is too large.',
    FST_ERR_CTP_EMPTY_JSON_BODY: 'The request body is empty: send JSON with a "query".',
    FST_ERR_CTP_INVALID_JSON_BODY: 'The request body is no valid JSON.',
    FST_ERR_CTP_INVALID_MEDIA_TYPE: 'Send the request as application/json.',
  };
  return told[code] ?? message;
}
