import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readArguments } from './harness/arguments.mjs';
import { compete } from './harness/compete.mjs';
import { BenchDatabase } from './harness/database.mjs';
import { loadData } from './harness/load-data.mjs';
import { profileInto } from './harness/processes.mjs';
import { tableOf } from './harness/table.mjs';
import { attachHot, attachSpread } from './works/attach-result.mjs';
import { dashboard } from './works/dashboard.mjs';
import { fetchPersisted, fetchTest } from './works/fetch-test.mjs';
import { readReport } from './works/read-report.mjs';
import { saveProgress } from './works/save-progress.mjs';

const works = [fetchTest, fetchPersisted, readReport, saveProgress, attachSpread, attachHot, dashboard];
const asked = readArguments(process.argv.slice(2));
if (asked.profile !== null) profileInto(asked.profile);
const folder = await mkdtemp(join(tmpdir(), 'testodrom-bench-files-'));
const postgres = await BenchDatabase.start();
try {
  const name = `scale_${asked.scale}`;
  const database = await postgres.create(name);
  const data = await loadData(database, postgres.url(name), asked.scale);
  await database.close();
  const run = { ...asked, folder, postgres, name, url: postgres.url(name), data };
  const results = [];
  for (const work of works) {
    if (asked.works && !asked.works.includes(work.name)) continue;
    results.push(await compete(work, run));
    console.log(tableOf(results.slice(-1)));
  }
} finally {
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}
