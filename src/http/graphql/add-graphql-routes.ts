import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled, ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { ApolloServerPluginLandingPageLocalDefault } from '@apollo/server/plugin/landingPage/default';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';
import type { EdgeConfig } from '../../environment/edge.js';
import { type RequestContext, requestContext, type Services } from '../../graphql/context.js';
import { DocumentStore } from '../../graphql/document-store.js';
import { errorFormatter } from '../../graphql/errors.js';
import { operationLimits, requestLimits } from '../../graphql/limits/index.js';
import { executedBy } from '../../graphql/executed-by.js';
import { Executor } from '../../graphql/executor.js';
import { noteError, observeOperations, observeOutcomes } from '../../graphql/observe-operations.js';
import { outageStatus } from '../../graphql/outage-status.js';
import { tellPublicAnswers } from '../../graphql/public-operation.js';
import { buildGraphQLSchema } from '../../graphql/schema.js';
import { readTrustedDocuments, trustedDocumentsOnly } from '../../graphql/trusted-documents.js';
import { currentFacts } from '../../observability/index.js';
import { addApolloRoute } from './apollo-route.js';
import { charge, lengthPoints } from '../charging.js';
import { countBadRequests, statusByMediaType } from './statuses.js';
import { addCallers } from './callers.js';
import { openToPages } from './cross-origin.js';
import type { ObservationServices } from '../observe-requests.js';
import { addPublicAnswers } from './public-answers.js';
import { Refusal } from '../refusal.js';
import { sandboxHeaders } from './sandbox.js';
import { sentBy } from './sent-operation.js';

/** Where GraphQL answers. */
export const GRAPHQL_PATH = '/graphql';
/** How many errors of a document are looked for at least: an answer tells fewer, but says how many there are. */
const VALIDATION_ERRORS = 50;

/** In which media types operations are answered, written as Apollo Server looks for them. */
const ANSWERED = ['application/graphql-response+json; charset=utf-8', 'application/json; charset=utf-8'];

/** How GraphQL is served. */
interface GraphQLOptions {
  readonly edge: Pick<EdgeConfig, 'operations' | 'compilation' | 'trustedDocuments'>;
  /** Whether Apollo Sandbox greets a browser. */
  readonly landingPage: boolean;
  /** Where the server that a request came to is reached, such as `https://api.example.org`. */
  readonly baseUrlOf: (request: FastifyRequest) => string;
  /** Origins whose pages may use the keys of every client, the server's own among them. */
  readonly keyOriginsOf: (request: FastifyRequest) => readonly string[];
}

/** Whether who asks takes one of the media types of answers; most name one of them, or take whatever comes. */
function takesAnswers(headers: FastifyRequest['headers']): boolean {
  const { accept = '' } = headers;
  return ['', '*/*', 'application/json'].includes(accept) || new Negotiator({ headers }).mediaType(ANSWERED) !== undefined;
}

/** Serves GraphQL over HTTP by Apollo Server. */
export async function addGraphQLRoutes(
  server: FastifyInstance, services: Services & ObservationServices,
  { edge: { operations, compilation, trustedDocuments }, landingPage, baseUrlOf, keyOriginsOf }: GraphQLOptions,
): Promise<void> {
  const { log, metrics, tracing } = services;
  const judgeRequest = requestLimits(operations, metrics);
  const schema = buildGraphQLSchema(services);
  observeOutcomes(schema, metrics);
  const executor = new Executor(schema, compilation);
  const trusted = trustedDocuments === null ? null : await readTrustedDocuments(trustedDocuments, schema);
  const apollo = new ApolloServer<RequestContext>({
    gateway: executedBy(executor, schema),
    documentStore: new DocumentStore(),
    // Persisted queries are kept in memory, the latest 30 MiB of them, which is Apollo Server's own bound.
    persistedQueries: {},
    // It guards cookies, and nobody is known by one here: a page that may not send a header can do nothing in another's name.
    // Mutations are refused by GET, and bodies that a form can send are not read.
    csrfPrevention: false,
    // The API is public, and developers explore it in production too.
    introspection: true,
    includeStacktraceInErrorResponses: false,
    parseOptions: { maxLexicalTokens: operations.tokens },
    // An unknown name would be compared with all that are known; who needs those reads the schema, which is public.
    validationOptions: { hideSuggestions: true, maxErrors: Math.max(VALIDATION_ERRORS, operations.errors) },
    // Stopping is decided in one place, which ends the requests under way first.
    stopOnTerminationSignals: false,
    // Apollo does not say to which request an error belongs.
    formatError: errorFormatter({ requestId: () => currentFacts()?.id, onTold: (error) => noteError(services, error) }),
    logger: log,
    plugins: [
      ...(trusted ? [trustedDocumentsOnly(trusted, metrics)] : []),
      countBadRequests(metrics),
      statusByMediaType,
      observeOperations(metrics, tracing),
      operationLimits(schema, (operation, variables) => executor.fits(operation, variables), operations, metrics),
      outageStatus,
      tellPublicAnswers,
      // Its default wraps every field; caching is decided elsewhere.
      ApolloServerPluginCacheControlDisabled(),
      landingPage ? ApolloServerPluginLandingPageLocalDefault() : ApolloServerPluginLandingPageDisabled(),
    ],
  });
  await apollo.start();
  // After the last request: closing the server ends them first.
  server.addHook('onClose', () => apollo.stop());
  await server.register(async (scope) => {
    if (landingPage) {
      scope.addHook('onSend', async (_request, reply, body) => {
        if (typeof body === 'string' && reply.getHeader('content-type') === 'text/html') reply.headers(sandboxHeaders(body));
      });
    }
    openToPages(scope);
    addCallers(scope, services, keyOriginsOf);
    // What forms can send is no GraphQL, and is not even read.
    scope.removeContentTypeParser('text/plain');
    scope.addHook('preHandler', ({ body }, _reply, done) => {
      done(Array.isArray(body) ? new Refusal(400, 'batch', 'Send one operation a request: lists of operations are not run.') : undefined);
    });
    // Apollo Server would refuse the answer once all is done.
    scope.addHook('preHandler', ({ method, headers }, _reply, done) => {
      if (method !== 'POST' || takesAnswers(headers)) return done();
      done(new Refusal(406, 'malformed', `Answers are ${ANSWERED.join(' or ')}: the Accept header takes none of them.`));
    });
    addPublicAnswers(scope, services);
    addApolloRoute(scope, GRAPHQL_PATH, apollo, async (request, reply) => {
      judgeRequest(sentBy(request));
      const payer = request.debtor!;
      return requestContext(services, {
        caller: request.caller,
        origin: baseUrlOf(request),
        charge: (points) => charge(request, reply, payer, Math.max(points, lengthPoints(request))),
        chargeMore: (points) => payer.note(points),
        onPublicAnswer: (answer) => void (request.publicAnswer = answer),
      });
    });
  });
}
