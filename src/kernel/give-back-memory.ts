/** Collecting takes a tenth of a second or two: by then whoever waited for the start has been answered. */
const SOON_MS = 500;

/** Gives what a start has left behind back to the system: V8 would keep it, as long as nothing more is needed. */
export function giveBackMemorySoon(): void {
  setTimeout(() => void giveBackMemory(), SOON_MS).unref();
}

async function giveBackMemory(): Promise<void> {
  try {
    // Node may have been built without it, or be run without the right to it.
    const { Session } = await import('node:inspector/promises');
    const session = new Session();
    session.connect();
    await session.post('HeapProfiler.collectGarbage').finally(() => session.disconnect());
  } catch {
    // Nothing is lost but memory.
  }
}
