import type { ApolloServerPlugin } from '@apollo/server';
import { type DocumentNode, type GraphQLError, type GraphQLSchema, Kind } from 'graphql';
import { currentFacts, type Metrics } from '../../observability/index.js';
import { chargeOperation } from '../charge-operation.js';
import type { RequestContext } from '../context.js';
import { type CostedOperation, costOf, judgeCost } from './cost.js';
import { judgeDocument, judgeUnchecked } from './document.js';
import { KnownCosts } from './known-costs.js';
import type { OperationLimits } from './operation-limits.js';
import { errorOf, type LimitRefusal } from './limit-refusal.js';
import { judgeLines, judgeUnparsed } from './source.js';
import { toldErrors } from './told-errors.js';
import { judgeVariables } from './variables.js';

/** What an error of the run of an operation is charged, in points: to make and tell it takes as long as many fields. */
const ERROR_CHARGE = 50;

/** Counts a refusal and gives the error that tells it. */
type Refuse = (refusal: LimitRefusal) => GraphQLError;

const refusing = (metrics: Metrics): Refuse => (refusal) => {
  metrics.countRejection(refusal.reason);
  return errorOf(refusal);
};

/** What a request sent, whatever it is. */
export interface SentOperation {
  readonly query?: unknown;
  readonly variables?: unknown;
  /** How long the request was, in bytes. */
  readonly bytes: number;
}

/** Refuses a request as it comes in, before its document is read. What is no text and no object is left to be told as such. */
export function requestLimits(limits: OperationLimits, metrics: Metrics): (sent: SentOperation) => void {
  const refuse = refusing(metrics);
  return ({ query, variables, bytes }) => {
    const refusal = (typeof query === 'string' ? judgeLines(query, limits) : null)
      ?? (typeof variables === 'object' && variables !== null ? judgeVariables(variables, bytes, limits) : null);
    if (refusal) throw refuse(refusal);
  };
}

/**
 * Refuses operations for their shape and cost before any of them is resolved: the document before it is checked against the
 * schema, which takes longer the stranger it is, then the cost, which needs a good document. Answers tell the cost.
 */
export function operationLimits(
  schema: GraphQLSchema, fits: CostedOperation['fits'], limits: OperationLimits, metrics: Metrics,
): ApolloServerPlugin<RequestContext> {
  const refuse = refusing(metrics);
  const known = new KnownCosts(schema);
  // Apollo keeps documents that it has checked, and knows no refusal before it checks one. So what is refused is replaced by
  // a document with nothing in it to check, and the refusal told when its operation would be run; as often as it comes again.
  const refusals = new WeakMap<DocumentNode, LimitRefusal>();
  return {
    async requestDidStart() {
      let wasRun = false;
      return {
        async parsingDidStart({ contextValue }) {
          contextValue.isNewDocument = true;
          return async (error) => {
            const refusal = error ? judgeUnparsed(error, limits) : null;
            if (error && refusal) retell(error, refuse(refusal));
          };
        },
        async validationDidStart(request) {
          const refusal = judgeDocument(schema, request.document, limits);
          if (!refusal) {
            return async (errors) => {
              const unchecked = judgeUnchecked(errors ?? []);
              // Apollo tells what is left in this list.
              if (errors && unchecked) (errors as Error[]).splice(0, errors.length, refuse(unchecked));
            };
          }
          const replacement: DocumentNode = { kind: Kind.DOCUMENT, definitions: [] };
          refusals.set(replacement, refusal);
          Object.assign(request, { document: replacement });
          return undefined;
        },
        async didResolveOperation({ document, source, operation, request, contextValue }) {
          const refusal = refusals.get(document);
          if (refusal) throw refuse(refusal);
          const cost = costOf({ schema, known, fits, document, operation, variables: request.variables ?? {} });
          contextValue.cost = cost;
          const facts = currentFacts();
          if (facts) facts.cost = cost;
          const tooCostly = cost === null ? null : judgeCost(cost, limits.cost);
          if (tooCostly) throw refuse(tooCostly);
          await chargeOperation(contextValue, cost, source);
          wasRun = true;
        },
        async willSendResponse({ response: { body }, contextValue: { cost, chargeMore } }) {
          if (body.kind !== 'single') return;
          const { singleResult } = body;
          if (wasRun && singleResult.errors) await chargeMore(singleResult.errors.length * ERROR_CHARGE);
          if (singleResult.errors) singleResult.errors = toldErrors(singleResult.errors, limits.errors);
          if (cost !== null) singleResult.extensions = { ...singleResult.extensions, cost };
        },
      };
    },
  };
}

/** Lets the error of the parser, which Apollo tells as it is, say what the other one says. */
function retell(error: Error & { extensions?: object }, { message, extensions }: GraphQLError): void {
  Object.assign(error, { message, extensions: Object.assign(error.extensions ?? {}, extensions) });
}
