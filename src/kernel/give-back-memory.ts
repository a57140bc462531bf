import { Session } from 'node:inspector/promises';

/** Collects all garbage and gives what is free back to the system: V8 keeps both, as long as nothing more is needed. */
export async function giveBackMemory(): Promise<void> {
  const session = new Session();
  session.connect();
  await session.post('HeapProfiler.collectGarbage');
  session.disconnect();
}
