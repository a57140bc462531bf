export type { RateLimitSettings } from './budgets.js';
