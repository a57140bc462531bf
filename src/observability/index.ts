export { Metrics, type MetricsServices, type RejectionReason, type RestUse } from './metrics.js';
export { currentFacts, newFacts, type RequestFacts, withFacts } from './request-facts.js';
