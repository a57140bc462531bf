import type { ApolloServerPlugin } from '@apollo/server';
import type { Span } from '@opentelemetry/api';
import { getNullableType, type GraphQLSchema, isUnionType } from 'graphql';
import { currentFacts, type Log, type Metrics, noteProblem, operationName, type RequestFacts, type Tracing } from '../observability/index.js';
import type { RequestContext } from './context.js';
import type { ToldError } from './errors.js';
import { SaveProgressSuccess } from './outcomes.js';
import { Problem } from './problems/index.js';
import type { PublicAnswer } from './public-operation.js';

/** Names the operation of a request for its log line, counts it and traces it. */
export function observeOperations(metrics: Metrics, tracing: Tracing | null): ApolloServerPlugin<RequestContext> {
  return {
    async requestDidStart() {
      const facts = currentFacts();
      let span: Span | null = null;
      return {
        async didResolveOperation({ operation }) {
          if (!facts || !operation) return;
          facts.operation = operation.name ? operationName(operation.name.value) : null;
          if (facts.span && tracing) facts.span = span = tracing.beginOperation(facts.span, operation.operation, facts.operation);
        },
        async willSendResponse({ operation, response: { body } }) {
          const failed = body.kind === 'single' && body.singleResult.errors !== undefined;
          const type = operation?.operation ?? 'none';
          const name = operation?.name ? operationName(operation.name.value) : '';
          metrics.graphql.countOperation({ operation: name, type, outcome: failed ? 'error' : facts?.problem ? 'refused' : 'ok' });
          if (span) tracing?.endOperation(span, failed ? facts?.problem ?? null : null);
        },
      };
    },
  };
}

/** Tells of an operation that was answered without being run as of one that was. */
export function observeAnswered(
  { metrics, tracing }: { readonly metrics: Metrics; readonly tracing: Tracing | null }, facts: RequestFacts, { operation, cost }: PublicAnswer,
): void {
  facts.operation = operation;
  facts.cost = cost;
  metrics.graphql.countOperation({ operation: operation ?? '', type: 'query', outcome: 'ok' });
  if (facts.span && tracing) tracing.endOperation(tracing.beginOperation(facts.span, 'query', operation), null);
}

/** Counts an error of an answer, and logs it if it is a failure of ours: once a request, however many fields share it. */
export function noteError({ log, metrics }: { readonly log: Log; readonly metrics: Metrics }, { code, original, isInternal }: ToldError): void {
  const facts = currentFacts();
  if (facts?.errors.has(original)) return;
  facts?.errors.add(original);
  noteProblem(metrics, facts, code);
  if (isInternal) log.error({ requestId: facts?.id, err: original }, 'A field could not be resolved');
}

/** Notes the refusals of mutations where they are made, so that it does not depend on what a caller selects. */
export function observeOutcomes(schema: GraphQLSchema, metrics: Metrics): void {
  for (const field of Object.values(schema.getMutationType()!.getFields())) {
    const { resolve } = field;
    if (!resolve || !isUnionType(getNullableType(field.type))) continue;
    field.resolve = async (...call) => {
      const outcome: unknown = await resolve(...call);
      const code = refusalOf(outcome);
      if (code !== null) noteProblem(metrics, currentFacts(), code);
      return outcome;
    };
  }
}

/** Why an outcome refuses, also where what was saved was not attached; null when all was done. */
function refusalOf(outcome: unknown): string | null {
  if (outcome instanceof Problem) return outcome.code;
  return outcome instanceof SaveProgressSuccess ? outcome.attachment?.problem ?? null : null;
}
