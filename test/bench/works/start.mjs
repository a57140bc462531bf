import { setTimeout as sleep } from 'node:timers/promises';
import { spread } from '../harness/figures.mjs';
import { load } from '../harness/measure.mjs';
import { startTestodrom, timeStart } from '../harness/processes.mjs';
import { fetchTest, stockApollo } from './fetch-test.mjs';

/** How long a server rests before its memory is read, in milliseconds. */
const REST_MS = 1_000;

/** What is aimed at. */
const START_MS = 1_500;
const MEMORY = 1.5;

const isAnswered = (path) => async (url) => {
  const body = JSON.stringify({ query: '{ __typename }' });
  return (await fetch(url + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body })).ok;
};

/** Starts, memory and idleness of our server and of stock Apollo, in turns. */
export async function startAndMemory(run) {
  const { running: first, request, check, served } = await fetchTest.ours(run);
  await first.stop();
  const contenders = [
    { name: 'Testodrom', request, check, begin: () => startTestodrom({ databaseUrl: run.url, ...run.settings }) },
    stockApollo(served),
  ];
  const rounds = new Map(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round < run.rounds; round += 1) {
    for (const contender of contenders) rounds.get(contender.name).push(await measure(contender, run.seconds));
  }
  const figures = contenders.map(({ name }) => ({
    name,
    ...Object.fromEntries(Object.keys(rounds.get(name)[0]).map((key) => [key, spread(rounds.get(name).map((one) => one[key]))])),
  }));
  const [ours, theirs] = figures;
  return {
    figures,
    targets: [
      { what: 'start to the first answer, ms', value: ours.startMs.median, target: START_MS },
      { what: 'memory at rest : stock Apollo', value: ours.restMiB.median / theirs.restMiB.median, target: MEMORY },
      { what: 'memory under load : stock Apollo', value: ours.loadMiB.median / theirs.loadMiB.median, target: MEMORY },
    ],
  };
}

async function measure({ begin, request, check }, seconds) {
  const { running, ms } = await timeStart(begin, isAnswered(request.path));
  try {
    await sleep(REST_MS);
    const restMiB = running.residentMiB;
    const cpuBefore = running.cpuMs;
    await sleep(seconds * 1_000);
    const idleCpuMs = (running.cpuMs - cpuBefore) / seconds;
    await load(running, { ...request, check }, seconds);
    return { startMs: ms, restMiB, idleCpuMs, loadMiB: running.residentMiB };
  } finally {
    await running.stop();
  }
}
