import { attachHot, attachSpread } from '../works/attach-result.mjs';
import { dashboard, dashboardSpread } from '../works/dashboard.mjs';
import { fetchPersisted, fetchTest } from '../works/fetch-test.mjs';
import { readReport } from '../works/read-report.mjs';
import { saveProgress } from '../works/save-progress.mjs';
import { startAndMemory } from '../works/start.mjs';
import { compete } from './compete.mjs';
import { startTable, tableOf } from './table.mjs';

const WORKS = [fetchTest, fetchPersisted, readReport, saveProgress, attachSpread, attachHot, dashboard, dashboardSpread];

/** Measures every work that was asked for, tells of each as it ends, and gives all figures. */
export async function measureAll(run) {
  const isAsked = (name) => run.works === null || run.works.includes(name);
  const works = [];
  for (const work of WORKS.filter(({ name }) => isAsked(name))) {
    works.push(await compete(work, run));
    console.log(`\n${tableOf(works.slice(-1))}`);
  }
  const start = isAsked('start') ? await startAndMemory(run) : null;
  if (start) console.log(`\n${startTable(start)}`);
  return { works, start };
}
