import type { ApolloServerPlugin } from '@apollo/server';
import { getVariableValues, GraphQLError } from 'graphql';
// The other build of this package brings a second copy of graphql, which refuses our schema.
import { type ComplexityEstimatorArgs, fieldExtensionsEstimator, getComplexity, simpleEstimator } from 'graphql-query-complexity/cjs';
import { PAGE_SIZE_LIMIT } from './connection.js';
import type { RequestContext } from './context.js';
import { ErrorCode } from './errors.js';

/** The largest cost of an operation: a field costs 1, and a list costs its expected length times what its items cost. */
export const COST_LIMIT = 30_000;

/** The cost of a list field whose length is not known before it is resolved. */
export const listOf = (expectedLength: number) => ({ childComplexity }: ComplexityEstimatorArgs): number =>
  1 + expectedLength * childComplexity;

/** The cost of a page: as many items as it asks for; what is no size of a page is refused by the list itself. */
export const pageCost = (defaultSize: number) => ({ args, childComplexity }: ComplexityEstimatorArgs): number =>
  1 + Math.min(PAGE_SIZE_LIMIT, Math.max(1, Number(args['first'] ?? args['last'] ?? defaultSize))) * childComplexity;

/** Refuses an operation that would cost too much, before any of it is resolved. */
export const costLimit: ApolloServerPlugin<RequestContext> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ schema, document, operation, request, operationName }) {
        const { errors } = getVariableValues(schema, operation?.variableDefinitions ?? [], request.variables ?? {});
        // Wrong variables are told when the operation is run, which ends with them.
        if (errors) return;
        const cost = costOf({
          schema, query: document, variables: request.variables ?? {}, ...(operationName === null ? {} : { operationName }),
        });
        if (cost > COST_LIMIT) throw tooComplex(cost);
      },
    };
  },
};

/** Infinity for an operation with too many fields to count; BAD_USER_INPUT for one whose arguments are wrong. */
function costOf(operation: Pick<Parameters<typeof getComplexity>[0], 'schema' | 'query' | 'variables' | 'operationName'>): number {
  try {
    return getComplexity({ ...operation, estimators: [fieldExtensionsEstimator(), simpleEstimator({ defaultComplexity: 1 })] });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    if (error.message.startsWith('Query exceeds')) return Infinity;
    throw refused(ErrorCode.BAD_USER_INPUT, error.message);
  }
}

function tooComplex(cost: number): GraphQLError {
  return refused(
    ErrorCode.QUERY_TOO_COMPLEX,
    `The operation costs ${Number.isFinite(cost) ? cost : 'far more'}, at most ${COST_LIMIT} is allowed: ` +
      'ask for fewer fields of lists, or for smaller pages, in several requests.',
  );
}

function refused(code: ErrorCode, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status: 400 } } });
}
