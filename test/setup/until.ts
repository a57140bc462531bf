const PAUSE_MS = 20;

/** Waits until the condition holds; fails when it does not within the limit, in milliseconds. */
export async function until(what: string, condition: () => boolean | Promise<boolean>, limit = 10_000): Promise<void> {
  const deadline = Date.now() + limit;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`Waited ${limit} ms in vain: ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
