import { type Count, countedBy, type SharedPlace } from './counter.js';
import type { Charge } from './server-budgets.js';
import { spareFailing } from './spare-failing.js';

/**
 * Counts in that process of a server which counts for all of them (`ServerBudgets`).
 *
 * @param ask has a charge counted there
 * @param onFailure told when that process begins to fail
 */
export function inOneProcess(ask: (charge: Charge) => Promise<Count>, onFailure: (error: unknown) => void): SharedPlace {
  const asked = spareFailing(onFailure);
  return ({ name }, own) => {
    const alone = countedBy(own);
    return (key, points) => asked(() => ask({ name, key, points })).catch(() => alone(key, points));
  };
}
