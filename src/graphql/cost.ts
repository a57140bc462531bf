import type { ComplexityEstimatorArgs } from 'graphql-query-complexity/cjs';
import { PAGE_SIZE_LIMIT } from './connection.js';

// What resolvers say of the cost of their fields; what an operation costs by that is added up in `limits/cost.ts`.

/** What counting a list in the database costs: it may have hundreds of thousands of rows. */
export const COUNT_COST = 1_000;

/** What looking for users by the tests that they have completed costs: a page of the few may be found among all. */
export const COMPLETION_FILTER_COST = 1_000;

/** What counting the results and the users of every test costs. */
export const TEST_USAGE_COST = 3_000;

/** What a save costs beside what is read of its outcome: anybody may save, and what nobody attaches is kept for months. */
export const SAVE_COST = 500;

/** The extension of a mutation that is dearer than others, for `@Extensions`: its cost beside what is read of its outcome. */
export const writes = (cost: number) => ({ writeCost: cost });

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
