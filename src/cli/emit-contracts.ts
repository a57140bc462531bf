import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { contractFiles } from '../contracts.js';

/** Run by `npm run schema`, in the project's folder, after a change of the API or of the test format. */
for (const [path, text] of Object.entries(await contractFiles())) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
