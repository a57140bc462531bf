const PAUSE_MS = 20;
/** Far longer than anything takes on a busy machine, and less than a test may take: it is to say what it waited for. */
const LIMIT_MS = 60_000;

/** Waits until the condition holds; fails when it does not within the limit, in milliseconds. */
export async function until(what: string, condition: () => boolean | Promise<boolean>, limit = LIMIT_MS): Promise<void> {
  const deadline = Date.now() + limit;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`Waited ${limit} ms in vain: ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
