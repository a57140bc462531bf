// The server of the guides, see `textbook/`: compiled first, which takes no time when nothing has changed.
import { announce, databaseUrl, poolSize } from './peer.mjs';
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const project = fileURLToPath(new URL('textbook/tsconfig.json', import.meta.url));
// Standard output is for the port alone.
execFileSync(process.execPath, [compiler, '-p', project], { stdio: ['ignore', process.stderr, process.stderr] });

const { start } = await import('../.built/textbook/main.js');
announce(await start(databaseUrl, poolSize));
