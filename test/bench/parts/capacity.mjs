// Measures what an operation takes of a server and of PostgreSQL, by which a plan can be made: processor time of each, what is
// written to the log, and the room of what is stored. Once on one machine, and once on tables that are prepared for several (which lie on
// one here): what the way of writing there costs. Prints a table; nothing fails.
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { planDistribution } from '../../../dist/database/distribution/index.js';
import { onConnection } from '../harness/connection.mjs';
import { BenchDatabase } from '../harness/database.mjs';
import { loadData } from '../harness/load-data.mjs';
import { load } from '../harness/measure.mjs';
import { attachHot, attachSpread } from '../works/attach-result.mjs';
import { dashboard } from '../works/dashboard.mjs';
import { fetchTest } from '../works/fetch-test.mjs';
import { readReport } from '../works/read-report.mjs';
import { saveProgress } from '../works/save-progress.mjs';

const SCALE = 100_000;
const WARM_UP_SECONDS = 3;
const SECONDS = 2;
const ROUNDS = 5;
const WORKS = [fetchTest, readReport, saveProgress, attachSpread, attachHot, dashboard];
/** A unit of `/proc/PID/stat`, in milliseconds. */
const TICK_MS = 10;

/** The time that PostgreSQL has had of all processors: its processes, and those that have ended. */
function postgresMs(postmaster) {
  let ticks = 0;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ').map(Number);
      if (Number(pid) === postmaster) ticks += fields[11] + fields[12] + fields[13] + fields[14];
      else if (fields[1] === postmaster) ticks += fields[11] + fields[12];
    } catch {
      // It has just ended.
    }
  }
  return ticks * TICK_MS;
}

const walBytes = (url) => onConnection(url, async (client) =>
  Number((await client.query("select pg_current_wal_insert_lsn() - '0/0'::pg_lsn as bytes")).rows[0].bytes));

async function postmasterOf(url) {
  const { rows: [{ data }] } = await onConnection(url, (client) => client.query("select current_setting('data_directory') as data"));
  return Number(readFileSync(`${data}/postmaster.pid`, 'utf8').split('\n')[0]);
}

const middle = (numbers) => numbers.toSorted((one, other) => one - other)[numbers.length >> 1];

async function measure(work, run) {
  const us = await work.ours(run);
  const turn = async (seconds) => {
    const prepared = await us.prepare?.(seconds);
    const [cpu, wal] = [postgresMs(run.postmaster), await walBytes(run.url)];
    const { answered, perSecond, cpuMsEach } = await load(us.running, { ...us.request, ...prepared, check: us.check }, seconds);
    return {
      perSecond, server: cpuMsEach, postgres: (postgresMs(run.postmaster) - cpu) / answered, wal: ((await walBytes(run.url)) - wal) / answered,
    };
  };
  try {
    await turn(WARM_UP_SECONDS);
    const rounds = [];
    for (let round = 0; round < ROUNDS; round += 1) rounds.push(await turn(SECONDS));
    return Object.fromEntries(['perSecond', 'server', 'postgres', 'wal'].map((name) => [name, middle(rounds.map((one) => one[name]))]));
  } finally {
    await us.running.stop();
  }
}

const ROOM = `
  select round(sum(pg_total_relation_size(c.oid)) / (select count(*) from result)) as bytes
    from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and c.relname <> 'bench_free'`;

const folder = await mkdtemp(join(tmpdir(), 'testodrom-capacity-'));
const postgres = await BenchDatabase.start();
try {
  for (const [name, title] of [['plain', 'one machine'], ['prepared', 'prepared for several']]) {
    const database = await postgres.create(name);
    if (name === 'prepared') {
      const { preparing } = await planDistribution(database);
      await database.em().execute(preparing.join(';\n'));
    }
    const data = await loadData(database, postgres.url(name), SCALE);
    await database.close();
    const run = { scale: SCALE, folder, postgres, name, url: postgres.url(name), data, postmaster: await postmasterOf(postgres.url(name)) };
    const [{ bytes }] = (await onConnection(run.url, (client) => client.query(ROOM))).rows;
    console.log(`\nTables ${title}, ${bytes} bytes for each result with all that belongs to it\n`);
    console.log('| operation | a second, all on this machine | server, ms | PostgreSQL, ms | log, bytes |\n|---|---|---|---|---|');
    for (const work of WORKS) {
      const { perSecond, server, postgres: ofPostgres, wal } = await measure(work, run);
      console.log(`| ${work.title} | ${perSecond.toFixed(0)} | ${server.toFixed(2)} | ${ofPostgres.toFixed(2)} | ${wal.toFixed(0)} |`);
    }
  }
} finally {
  await postgres.stop();
  await rm(folder, { recursive: true });
}
process.exit();
