import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const project = fileURLToPath(new URL('textbook/tsconfig.json', import.meta.url));
let isBuilt = false;

/** Compiles the server of the guides, see `textbook/`, once in a run. */
export function buildTextbook() {
  if (!isBuilt) execFileSync(process.execPath, [compiler, '-p', project], { stdio: 'inherit' });
  isBuilt = true;
}
