export { MUTATION_COST, SCHEMA_COST, TYPE_COST } from './cost.js';
export { FRAGMENT_DEPTH, FRAGMENT_LIMIT, SELECTION_LIMIT } from './document.js';
export type { OperationLimits } from './operation-limits.js';
export { operationLimits, requestLimits, type SentOperation } from './plugin.js';
