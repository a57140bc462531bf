import { inTime } from '../kernel/in-time.js';

/** How long it may take to count where all do, in milliseconds: everybody waits for it. */
export const COUNT_LIMIT_MS = 1_000;

/** How long who failed is not asked again, in milliseconds: to find out that somebody is away may take long. */
const PAUSE_MS = 1_000;

/**
 * Asks whoever counts for several processes. Who fails, or does not answer in time, is left alone for a moment, and then
 * asked by one caller at a time, until an answer comes.
 *
 * @param onFailure told when the failures begin: from then on each process counts for itself
 */
export function spareFailing(onFailure: (error: unknown) => void): <T>(ask: () => Promise<T>) => Promise<T> {
  let failedAt: number | null = null;
  /** Whether who failed is being asked again, for which one caller waits. */
  let isAsked = false;
  return async (ask) => {
    const asks = failedAt !== null;
    if (failedAt !== null && (isAsked || performance.now() - failedAt < PAUSE_MS)) throw new Error('Counting failed a moment ago.');
    const answer = ask();
    if (asks) {
      isAsked = true;
      // Also when nobody waits for it any more: it may hold a connection.
      answer.catch(() => undefined).finally(() => void (isAsked = false));
    }
    try {
      const answered = await inTime(answer, COUNT_LIMIT_MS, `Nothing was counted within ${COUNT_LIMIT_MS} ms.`);
      failedAt = null;
      return answered;
    } catch (error) {
      if (failedAt === null) onFailure(error);
      failedAt = performance.now();
      throw error;
    }
  };
}
