import { execFile, execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { onConnection } from './connection.mjs';
import { CONNECTIONS } from './measure.mjs';

const run = promisify(execFile);
const program = process.env.PGBENCH ?? 'pgbench';

/** The version of pgbench; null where there is none: it comes with PostgreSQL, and not with this project. */
export function pgbenchVersion() {
  try {
    return execFileSync(program, ['--version'], { encoding: 'utf8' }).trim();
  } catch {
    return null;
  }
}

/**
 * What the database does with a script of the folder `peers/pgbench` and nobody before it: a contender, or none without pgbench.
 *
 * @param prepare makes what a run of so many seconds takes up
 */
export function pgbench({ url, postgres, name: database }, name, script, prepare) {
  if (pgbenchVersion() === null) return [];
  const file = fileURLToPath(new URL(`../peers/pgbench/${script}`, import.meta.url));
  return [{
    name,
    role: 'limit',
    prepare: prepare && ((seconds) => onConnection(url, (client) => prepare(client, seconds))),
    async measure(seconds) {
      const args = ['-n', '-M', 'prepared', '-f', file, '-c', String(CONNECTIONS), '-j', '1', '-T', String(Math.ceil(seconds)), database];
      const { stdout } = await run(program, args, { env: { PATH: process.env.PATH, ...postgres.environment } });
      const figure = (pattern) => Number(pattern.exec(stdout)?.[1] ?? NaN);
      return {
        perSecond: figure(/tps = ([\d.]+)/),
        answered: figure(/transactions actually processed: (\d+)/),
        p50: figure(/latency average = ([\d.]+)/), p99: NaN, cpuMsEach: NaN, askerBusy: 0,
      };
    },
  }];
}
