import type { ApolloServerPlugin } from '@apollo/server';
import type { Span } from '@opentelemetry/api';
import { getNullableType, type GraphQLSchema, isUnionType } from 'graphql';
import { currentFacts, type Metrics, operationName, type Tracing } from '../observability/index.js';
import type { RequestContext } from './context.js';
import { SaveProgressSuccess } from './outcomes.js';
import { Problem } from './problems/index.js';

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

/** Counts an error or a refusal by its code, and notes it for the log line of its request, which tells the first. */
export function noteProblem(metrics: Metrics, code: string): void {
  metrics.graphql.countProblem(code);
  const facts = currentFacts();
  if (facts) facts.problem ??= code;
}

/** Notes the refusals of mutations where they are made, so that it does not depend on what a caller selects. */
export function observeOutcomes(schema: GraphQLSchema, metrics: Metrics): void {
  for (const field of Object.values(schema.getMutationType()!.getFields())) {
    const { resolve } = field;
    if (!resolve || !isUnionType(getNullableType(field.type))) continue;
    field.resolve = async (...call) => {
      const outcome: unknown = await resolve(...call);
      const code = refusalOf(outcome);
      if (code !== null) noteProblem(metrics, code);
      return outcome;
    };
  }
}

/** Why an outcome refuses, also where what was saved was not attached; null when all was done. */
function refusalOf(outcome: unknown): string | null {
  if (outcome instanceof Problem) return outcome.code;
  return outcome instanceof SaveProgressSuccess ? outcome.attachment?.problem ?? null : null;
}
