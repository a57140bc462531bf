/** A whole number of the environment. */
function whole(name: string, fallback: number): number {
  const text = process.env[name];
  if (text === undefined || text === '') return fallback;
  if (!/^\d{1,9}$/.test(text) || Number(text) < 1) throw new Error(`${name} has to be a whole number of at least 1, not "${text}".`);
  return Number(text);
}

/** How often each fault is tried: FAULT_ROUNDS. */
export const ROUNDS = whole('FAULT_ROUNDS', 20);

/** What all chances of a run follow from: FAULT_SEED; printed with each run, so that it can be repeated. */
export const SEED = whole('FAULT_SEED', 1 + (Date.now() % 999_999_999));

/** How many callers there are at once. */
export const CALLERS = 12;

/** How long they are at it before a fault and after it, in milliseconds. */
export const STEADY_MS = 700;

/** How long a fault lasts, in milliseconds. */
export const FAULT_MS = { least: 200, most: 2_000 } as const;

/** Within which a call has to be answered again after a fault has ended, in milliseconds. */
export const RECOVERY_LIMIT_MS = 20_000;

/** How long a caller waits for an answer before it hangs up, in milliseconds. */
export const PATIENCE_MS = 5_000;

/** How long a caller waits before it tries again, in milliseconds. */
export const RETRY_DELAY_MS = 50;
