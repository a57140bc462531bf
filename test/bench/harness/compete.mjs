import { setTimeout as sleep } from 'node:timers/promises';
import { SCALES } from './arguments.mjs';
import { median, ratios, spread } from './figures.mjs';
import { CONNECTIONS, load } from './measure.mjs';

/** A ratio whose rounds differ by more than this part of it says little: the machine was busy with something else. */
const NOISE = 0.4;

/** How much longer the same may take at the scale of the run than at the smallest one. */
const GROWTH = 1.3;

/** Who writes nothing for so long has nothing left to write. */
const SETTLED_MS = 300;

const SMALLEST = `the same at ${SCALES[0].toLocaleString('en')} results`;
const GROWTH_TARGET = { target: Number((1 / GROWTH).toFixed(2)), gate: 0.5 };

/** The part of what was answered at most that arrives when answers are not waited for. */
const OPEN_LOOP_LOAD = 0.5;

/**
 * Measures the contenders of a work one after another, in rounds, so that each meets the same moments of the machine, and
 * compares the first of them, which is ours, with each other.
 */
export async function compete(work, run) {
  const us = { name: 'Testodrom', role: 'us', ...await work.ours(run) };
  const contenders = [us];
  try {
    for (const other of work.others(run, us)) {
      // A short run is for the gate alone.
      if (!run.quick || work.targets[other.name]) contenders.push({ ...other, running: await other.begin?.() });
    }
    if (run.smallest && !work.isOfOneScale) contenders.push({ name: SMALLEST, role: 'growth', run: run.smallest, ...await work.ours(run.smallest) });
    const measured = new Map(contenders.map(({ name }) => [name, []]));
    // What is measured from outside, as pgbench is, begins anew each time.
    for (const contender of contenders.filter(({ measure }) => !measure)) await measureOne(work, run, contender, run.warmUpSeconds);
    for (let round = 0; round < run.rounds; round += 1) {
      for (const contender of contenders) measured.get(contender.name).push(await measureOne(work, run, contender, run.seconds));
    }
    const arrivals = run.quick || !work.hasArrivals ? null : await openLoop(work, run, us, median(measured.get(us.name).map(({ perSecond }) => perSecond)));
    return {
      name: work.name,
      title: work.title,
      contenders: [...contenders.map(({ name, role }) => summary(name, role, measured.get(name))), ...(arrivals ? [arrivals] : [])],
      ratios: contenders.slice(1).map(({ name, role }) => compared(name, role, {
        ours: measured.get(us.name), theirs: measured.get(name), ...(role === 'growth' ? GROWTH_TARGET : work.targets[name]),
      })),
    };
  } finally {
    for (const { running } of contenders) await running?.stop();
  }
}

/** Requests that arrive at a steady rate, whether earlier ones were answered or not. */
async function openLoop(work, run, us, most) {
  const rate = Math.round(most * OPEN_LOOP_LOAD);
  const rounds = [];
  for (let round = 0; round < run.rounds; round += 1) rounds.push(await measureOne(work, run, us, run.seconds, { rate }));
  return summary(`Testodrom, ${rate} arrivals a second`, 'open loop', rounds);
}

async function measureOne({ count }, given, { name, run = given, measure, running, request, check, prepare }, seconds, how) {
  const prepared = await prepare?.(seconds);
  const before = await count?.(run);
  const measured = measure ? await measure(seconds) : await load(running, { ...request, ...prepared, check }, seconds, how);
  if (count) {
    const unanswered = await settled(() => count(run)) - before - measured.answered;
    if (unanswered < 0 || unanswered > CONNECTIONS) throw new Error(`${name} wrote ${unanswered} more than it answered.`);
  }
  return measured;
}

/** What is counted once nothing more comes: what was under way at the end may be done too, or not. */
async function settled(count) {
  let last;
  let now = await count();
  do {
    last = now;
    await sleep(SETTLED_MS);
    now = await count();
  } while (now !== last);
  return now;
}

function summary(name, role, rounds) {
  const of = (key) => spread(rounds.map((round) => round[key]));
  return {
    name, role, perSecond: of('perSecond'), p50: of('p50'), p99: of('p99'), cpuMsEach: of('cpuMsEach'), askerBusy: of('askerBusy'),
  };
}

function compared(name, role, { ours, theirs, target = null, gate = null }) {
  const ratio = ratios(ours.map(({ perSecond }) => perSecond), theirs.map(({ perSecond }) => perSecond));
  const noisy = (ratio.max - ratio.min) / ratio.median > NOISE;
  return { name, role, ...ratio, target, gate, noisy, verdict: verdictOf(ratio, target, noisy) };
}

/** Where the target lies between the least and the most, it depends on the moment. */
function verdictOf({ median, min, max }, target, noisy) {
  if (target === null) return '';
  const word = median >= target ? 'met' : 'missed';
  if (min <= target && target <= max) return `${word}, within noise`;
  return noisy ? `${word}, noisy` : word;
}
