export { type Log, openLog } from './log.js';
export { Metrics, type MetricsServices, type RejectionReason } from './metrics.js';
export { type MetricsSnapshot, MetricsSum } from './metrics/sum.js';
export { noteProblem } from './note-problem.js';
export { observeStatements } from './observe-statements.js';
export { currentFacts, newFacts, operationName, type RequestFacts, withFacts } from './request-facts.js';
export { logRequest, type RequestEnd } from './request-log.js';
export type { Tracing } from './tracing.js';
