export { addressKey } from './address-key.js';
export type { RateLimitSettings } from './budgets.js';
export { deleteEndedWindows } from './delete-ended.js';
export type { Payer } from './payer.js';
export { COUNT_LIMIT_MS } from './postgres-store.js';
export { RateLimit } from './rate-limit.js';
export { type RateLimitParts, RateLimits } from './rate-limits.js';
export { type BudgetName, headersOf, RateLimited, type Standing } from './standing.js';
