import type { Wording } from '../lookups.js';
import { missingParameter } from '../parameters.js';

/** How v3 speaks of clients. */
export const client: Wording = { missing: missingParameter, unknown: (key) => `The client "${key}" not found.` };

/** How v3 speaks of results. */
export const result: Wording = { missing: missingParameter, unknown: (key) => `Result "${key}" not found.` };
