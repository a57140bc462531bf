import { setTimeout as sleep } from 'node:timers/promises';

/** Asks again every few milliseconds until there is an answer; undefined when the time is up. */
export async function poll<T>(
  ask: () => Promise<T | undefined>,
  options: { everyMs: number; limitMs: number },
): Promise<T | undefined> {
  const deadline = performance.now() + options.limitMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined || performance.now() >= deadline) return answer;
    await sleep(options.everyMs);
  }
}

/** Whether the promise is fulfilled within the time limit. */
export async function endsWithin(promise: Promise<unknown>, limitMs: number): Promise<boolean> {
  const timer = new AbortController();
  try {
    return await Promise.race([promise.then(() => true), sleep(limitMs, false, { signal: timer.signal })]);
  } finally {
    timer.abort();
  }
}
