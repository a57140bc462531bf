// Measures the work of the server against that of others: see README.md.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
// What is compared is no part of the project, and installed by whoever measures.
if (!existsSync(join(here, 'node_modules'))) execFileSync('npm', ['ci', '--silent'], { cwd: here, stdio: 'inherit' });

const { readArguments, SCALES } = await import('./harness/arguments.mjs');
const { BenchDatabase } = await import('./harness/database.mjs');
const { loadData } = await import('./harness/load-data.mjs');
const { machineOf } = await import('./harness/machine.mjs');
const { profileInto } = await import('./harness/processes.mjs');
const { measureAll } = await import('./harness/measure-all.mjs');
const { soak } = await import('./works/soak.mjs');

const asked = readArguments(process.argv.slice(2));
if (asked.profile !== null) profileInto(asked.profile);
const folder = await mkdtemp(join(tmpdir(), 'testodrom-bench-files-'));
const postgres = await BenchDatabase.start();
try {
  const run = await filled(asked.scale);
  const smallest = asked.scale === SCALES[0] ? null : await filled(SCALES[0]);
  const machine = await machineOf(run);
  console.log(JSON.stringify(machine, null, 1));
  if (asked.soakSeconds !== null) await soak(run);
  else await report(machine, await measureAll({ ...run, smallest }));
} finally {
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}

/** A database of so many results, with all that is asked of the run. */
async function filled(scale) {
  const name = `scale_${scale}`;
  const url = postgres.url(name);
  const began = performance.now();
  const database = await postgres.create(name);
  const data = await loadData(database, url, scale);
  await database.close();
  console.log(`${scale} results loaded in ${((performance.now() - began) / 1_000).toFixed(0)} s`);
  return { ...asked, folder, postgres, name, url, data };
}

async function report(machine, measured) {
  await writeFile(join(here, 'results.json'), `${JSON.stringify({ machine, ...measured }, null, 2)}\n`);
  const below = measured.works.flatMap(({ name, ratios }) =>
    ratios.filter(({ gate, median }) => gate !== null && median < gate).map((ratio) => `${name}: ${ratio.median.toFixed(2)} of ${ratio.name}, at least ${ratio.gate}`));
  if (!asked.check) return;
  if (below.length > 0) throw new Error(`Slower than the gate lets pass:\n${below.join('\n')}`);
  console.log('\nNothing is slower than the gate lets pass.');
}
