import { setTimeout as sleep } from 'node:timers/promises';
import { spread } from '../harness/figures.mjs';
import { load } from '../harness/measure.mjs';
import { startPeer, startTestodrom, timeStart } from '../harness/processes.mjs';
import { fetchTest } from './fetch-test.mjs';

/** How long a server rests before its memory is read, and how long it is watched doing nothing, in milliseconds. */
const REST_MS = 1_000;
const IDLE_MS = 2_000;

/** What is aimed at. */
const START_MS = 1_500;
const MEMORY = 1.5;

const isAnswered = (path) => async (url) => {
  const body = JSON.stringify({ query: '{ __typename }' });
  return (await fetch(url + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body })).ok;
};

/** Starts, memory and idleness of our server and of stock Apollo, in turns. */
export async function startAndMemory(run) {
  const us = await fetchTest.ours(run);
  const peers = await fetchTest.others(run, us);
  const stock = peers.find(({ name }) => name === 'Apollo standalone');
  const { environment } = us.served;
  for (const { running } of [us, ...peers]) await running.stop();
  const contenders = [
    { name: 'Testodrom', path: '/graphql', begin: () => startTestodrom({ databaseUrl: run.url }), asked: us },
    { name: 'Apollo standalone', path: '/', begin: () => startPeer('apollo.mjs', environment), asked: stock },
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

async function measure({ path, begin, asked: { request, check } }, seconds) {
  const { running, ms } = await timeStart(begin, isAnswered(path));
  try {
    await sleep(REST_MS);
    const restMiB = running.residentMiB;
    const cpuBefore = running.cpuMs;
    await sleep(IDLE_MS);
    const idleCpuMs = (running.cpuMs - cpuBefore) / (IDLE_MS / 1_000);
    await load(running, { ...request, check }, seconds);
    return { startMs: ms, restMiB, idleCpuMs, loadMiB: running.residentMiB };
  } finally {
    await running.stop();
  }
}
