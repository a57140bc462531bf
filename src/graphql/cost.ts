import type { ApolloServerPlugin } from '@apollo/server';
import { getVariableValues, GraphQLError } from 'graphql';
// The other build of this package brings a second copy of graphql, which refuses our schema.
import { type ComplexityEstimatorArgs, fieldExtensionsEstimator, getComplexity, simpleEstimator } from 'graphql-query-complexity/cjs';
import { chargeOperation } from './charge-operation.js';
import { PAGE_SIZE_LIMIT } from './connection.js';
import type { RequestContext } from './context.js';
import { ErrorCode } from './errors.js';

/**
 * The largest cost of an operation: a field costs 1, a list costs its expected length times what its items cost, and each
 * field that reads all rows of a client costs its scan once, wherever it stands: what lists hold is read together.
 */
export const COST_LIMIT = 30_000;

/** What counting a list in the database costs: it may have hundreds of thousands of rows. */
export const COUNT_COST = 1_000;

/** What looking for users by the tests that they have completed costs: a page of the few may be found among all. */
export const COMPLETION_FILTER_COST = 1_000;

/** What counting the results and the users of every test costs. */
export const TEST_USAGE_COST = 3_000;

/** The extension of a field that reads all rows of a client, for `@Extensions`: its cost, which may depend on its arguments. */
export const scan = (cost: number | ((args: Record<string, unknown>) => number)) => ({
  scanCost: typeof cost === 'number' ? () => cost : cost,
});

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
      async didResolveOperation({ contextValue, schema, document, operation, request, operationName }) {
        const { errors } = getVariableValues(schema, operation?.variableDefinitions ?? [], request.variables ?? {});
        // Wrong variables are told when the operation is run, which ends with them.
        if (errors) return;
        const cost = costOf({
          schema, query: document, variables: request.variables ?? {}, ...(operationName === null ? {} : { operationName }),
        });
        if (cost > COST_LIMIT) throw tooComplex(cost);
        await chargeOperation(contextValue, cost);
      },
    };
  },
};

/** Infinity for an operation with too many fields to count; BAD_USER_INPUT for one whose arguments are wrong. */
function costOf(operation: Pick<Parameters<typeof getComplexity>[0], 'schema' | 'query' | 'variables' | 'operationName'>): number {
  try {
    const fields = getComplexity({ ...operation, estimators: [fieldExtensionsEstimator(), simpleEstimator({ defaultComplexity: 1 })] });
    return fields + getComplexity({ ...operation, estimators: [scanEstimator] });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    if (error.message.startsWith('Query exceeds')) return Infinity;
    throw refused(ErrorCode.BAD_USER_INPUT, error.message);
  }
}

/** A field with all scans below it. */
function scanEstimator({ field, args, childComplexity }: ComplexityEstimatorArgs): number {
  const { scanCost } = field.extensions as Partial<ReturnType<typeof scan>>;
  return childComplexity + (scanCost?.(args) ?? 0);
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
