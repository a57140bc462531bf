// Measures what an operation takes of a server and of PostgreSQL, by which a plan can be made: processor time of each, what is
// written to the log, and the room of what is stored. With one process, with several, which share fewer statements, and on tables that are
// prepared for several machines (they lie on one here), where no statement is shared. Prints tables; nothing fails.
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { planDistribution } from '../../../dist/database/distribution/index.js';
import { onConnection } from '../harness/connection.mjs';
import { BenchDatabase } from '../harness/database.mjs';
import { loadData } from '../harness/load-data.mjs';
import { load } from '../harness/measure.mjs';
import { cpuMsOf } from '../harness/processes.mjs';
import { attachHot, attachSpread } from '../works/attach-result.mjs';
import { dashboardSpread } from '../works/dashboard.mjs';
import { fetchTest } from '../works/fetch-test.mjs';
import { readReport } from '../works/read-report.mjs';
import { saveProgress } from '../works/save-progress.mjs';

const SCALE = 100_000;
const WARM_UP_SECONDS = 3;
const SECONDS = 2;
const ROUNDS = 5;
const WORKS = [fetchTest, readReport, dashboardSpread, saveProgress, attachSpread, attachHot];
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
    const [cpu, wal] = [cpuMsOf(run.postmaster), await walBytes(run.url)];
    const { answered, perSecond, cpuMsEach } = await load(us.running, { ...us.request, ...prepared, check: us.check }, seconds);
    return {
      perSecond, server: cpuMsEach, postgres: (cpuMsOf(run.postmaster) - cpu) / answered, wal: ((await walBytes(run.url)) - wal) / answered,
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

/** The ways to run it: how the tables are, and how many processes serve, who share no statements. */
const WAYS = [
  { name: 'plain', title: 'one process', settings: {} },
  { name: 'plain', title: 'four processes', settings: { WORKERS: '4' } },
  { name: 'prepared', title: 'one process, tables prepared for several machines', settings: {} },
];

const folder = await mkdtemp(join(tmpdir(), 'testodrom-capacity-'));
const postgres = await BenchDatabase.start();
const filled = new Map();
try {
  for (const { name, title, settings } of WAYS) {
    const url = postgres.url(name);
    if (!filled.has(name)) filled.set(name, await fill(name));
    const run = { scale: SCALE, folder, postgres, name, url, data: filled.get(name), postmaster: await postmasterOf(url), settings };
    const [{ bytes }] = (await onConnection(url, (client) => client.query(ROOM))).rows;
    console.log(`\n**${title}**; ${bytes} bytes for each result with all that belongs to it\n`);
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

async function fill(name) {
  const database = await postgres.create(name);
  if (name === 'prepared') {
    const { preparing } = await planDistribution(database);
    await database.em().execute(preparing.join(';\n'));
  }
  const data = await loadData(database, postgres.url(name), SCALE);
  await database.close();
  return data;
}
