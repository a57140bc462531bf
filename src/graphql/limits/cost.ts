import {
  type DocumentNode, getVariableValues, GraphQLError, type GraphQLSchema, type OperationDefinitionNode, SchemaMetaFieldDef, TypeMetaFieldDef,
} from 'graphql';
// The other build of this package brings a second copy of graphql, which refuses our schema.
import { type ComplexityEstimatorArgs, fieldExtensionsEstimator, getComplexity, simpleEstimator } from 'graphql-query-complexity/cjs';
import type { scan, writes } from '../cost.js';
import { ErrorCode } from '../errors.js';
import type { KnownCosts } from './known-costs.js';
import { type LimitRefusal, tooMuch } from './limit-refusal.js';

/** What `__schema` costs, whatever is asked of it: all of it can be had at once. */
export const SCHEMA_COST = 1_000;

/** What `__type` costs, whatever is asked of it. */
export const TYPE_COST = 100;

/** What a mutation costs beside what is read of its outcome, unless it says otherwise: it writes, and what it writes is kept for long. */
export const MUTATION_COST = 100;

/** An operation of a document that was found good, as it is to be run. */
export interface CostedOperation {
  readonly schema: GraphQLSchema;
  readonly known: KnownCosts;
  /** Whether variables are known to fit an operation. */
  readonly fits: (operation: OperationDefinitionNode, variables: Record<string, unknown>) => boolean;
  readonly document: DocumentNode;
  /** Undefined when the document has none of the name that was asked for. */
  readonly operation: OperationDefinitionNode | undefined;
  readonly variables: Record<string, unknown>;
}

/**
 * What an operation costs: a field costs 1, a mutation 100, a save 500, a list its expected length times what its items cost, and each
 * field that reads all rows of a client costs its scan once, wherever it stands: what lists hold is read together. Null for
 * what has no cost because it will not be run. BAD_USER_INPUT for the first thing that is wrong with variables or arguments.
 */
export function costOf({ schema, known, fits, document, operation, variables }: CostedOperation): number | null {
  if (!operation) return null;
  if (!fits(operation, variables)) {
    // The run would tell each thing that is wrong with them, and each with all that was sent.
    const [wrong] = getVariableValues(schema, operation.variableDefinitions ?? [], variables, { maxErrors: 1 }).errors ?? [];
    if (wrong) throw refusedInput(wrong.message);
  }
  return known.of(document, operation, variables, () => calculatedCost(schema, document, operation, variables));
}

function calculatedCost(
  schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode, variables: Record<string, unknown>,
): number {
  const costed = {
    schema, query: document, variables, maxQueryNodes: Infinity,
    ...(operation.name ? { operationName: operation.name.value } : {}),
  };
  try {
    const fields = getComplexity({
      ...costed, estimators: [rootEstimator, fieldExtensionsEstimator(), simpleEstimator({ defaultComplexity: 1 })],
    });
    return fields + getComplexity({ ...costed, estimators: [scanEstimator] });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    throw refusedInput(error.message);
  }
}

function refusedInput(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: ErrorCode.BAD_USER_INPUT, http: { status: 400 } } });
}

/** What refuses an operation for its cost; null for one that may be run. */
export function judgeCost(cost: number, limit: number): LimitRefusal | null {
  if (cost <= limit) return null;
  return tooMuch('cost', limit, cost, (actual, most) =>
    `The operation costs ${actual}, at most ${most} is allowed: ask for fewer fields of lists, or for smaller pages, in several requests.`);
}

function rootEstimator({ type, field, childComplexity }: ComplexityEstimatorArgs): number | undefined {
  if (type.name === 'Mutation') {
    const { writeCost } = field.extensions as Partial<ReturnType<typeof writes>>;
    return (writeCost ?? MUTATION_COST) + childComplexity;
  }
  if (field === SchemaMetaFieldDef) return SCHEMA_COST;
  return field === TypeMetaFieldDef ? TYPE_COST : undefined;
}

/** A field with all scans below it. */
function scanEstimator({ field, args, childComplexity }: ComplexityEstimatorArgs): number {
  const { scanCost } = field.extensions as Partial<ReturnType<typeof scan>>;
  return childComplexity + (scanCost?.(args) ?? 0);
}
