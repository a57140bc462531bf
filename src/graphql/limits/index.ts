export { MUTATION_COST, SCHEMA_COST, TYPE_COST } from './cost.js';
export type { OperationLimits } from './operation-limits.js';
export { operationLimits, requestLimits, type SentOperation } from './plugin.js';
export { shapeOf } from './shape.js';
