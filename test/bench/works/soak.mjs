import { load } from '../harness/measure.mjs';
import { startTestodrom } from '../harness/processes.mjs';
import { attacher } from './attach-result.mjs';
import { dashboard } from './dashboard.mjs';
import { fetchTest } from './fetch-test.mjs';
import { readReport } from './read-report.mjs';
import { saveProgress } from './save-progress.mjs';

const SLICE_SECONDS = 10;
/** Of each kind of work; together they keep the server as busy as it can be. */
const CONNECTIONS = 16;
const ATTACHED_A_SECOND = 1_500;

/** All the work at once on one server for some time; gives its memory after each slice, in MiB, and how much was answered. */
export async function soak(run) {
  const works = [];
  for (const work of [fetchTest, readReport, saveProgress, dashboard]) {
    const { running, ...asked } = await work.ours(run);
    await running.stop();
    works.push(asked);
  }
  works.push(attacher(run, '/graphql', undefined, ATTACHED_A_SECOND));
  const running = await startTestodrom({ databaseUrl: run.url, ...run.settings });
  const slices = [];
  try {
    for (let second = 0; second < run.soakSeconds; second += SLICE_SECONDS) {
      const answered = await Promise.all(works.map(async ({ request, check, prepare }) => {
        const prepared = await prepare?.(SLICE_SECONDS);
        return (await load(running, { ...request, ...prepared, check }, SLICE_SECONDS, { connections: CONNECTIONS })).answered;
      }));
      slices.push({ second: second + SLICE_SECONDS, residentMiB: running.residentMiB, answered: answered.reduce((sum, count) => sum + count, 0) });
      console.log(`${second + SLICE_SECONDS} s  ${running.residentMiB.toFixed(0)} MiB  ${slices.at(-1).answered} answers`);
    }
  } finally {
    await running.stop();
  }
  return slices;
}
