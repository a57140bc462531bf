/** Collects all garbage and gives what is free back to the system: V8 keeps both, as long as nothing more is needed. */
export async function giveBackMemory(): Promise<void> {
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
