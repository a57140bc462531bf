import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newFolder } from '../../setup/processes.js';
import type { Fault } from './fault.js';

const HOUR_MS = 3_600_000;
/** How the clock steps, in hours: as one that was wrong and is set, or as that of a machine that slept. */
const STEPS = [-26, -1, -0.01, 0.01, 1, 26];

let offsetFile = '';

/** The clock of the server steps to and fro; PostgreSQL's stays. */
export const clockSteps: Fault = {
  name: 'clock of the server steps',
  async prepare() {
    offsetFile = join(await newFolder(), 'offset');
    await setClock(0);
    return {
      setting: { environment: { CLOCK_OFFSET_FILE: offsetFile, NODE_OPTIONS: `--import ${new URL('../world/clock.mjs', import.meta.url).href}` } },
      clear: async () => undefined,
    };
  },
  async begin(_, random) {
    await setClock(random.pick(STEPS) * HOUR_MS);
    return () => setClock(0);
  },
};

/** Whole or not at all: it is read at any time. */
async function setClock(offsetMs: number): Promise<void> {
  await writeFile(`${offsetFile}.new`, String(offsetMs));
  await rename(`${offsetFile}.new`, offsetFile);
}
