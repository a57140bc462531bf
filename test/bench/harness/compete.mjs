import { ratios, spread } from './figures.mjs';
import { CONNECTIONS, load } from './measure.mjs';

/** A ratio whose rounds differ by more than this part of it says little: the machine was busy with something else. */
const NOISE = 0.4;

/**
 * Measures the contenders of a work one after another, in rounds, so that each meets the same moments of the machine, and
 * compares the first of them, which is ours, with each other.
 */
export async function compete(work, run) {
  const us = { name: 'Testodrom', role: 'us', ...await work.ours(run) };
  const contenders = [us];
  try {
    contenders.push(...await work.others(run, us));
    const measured = new Map(contenders.map(({ name }) => [name, []]));
    for (const contender of contenders) await measureOne(work, run, contender, run.warmUpSeconds);
    for (let round = 0; round < run.rounds; round += 1) {
      for (const contender of contenders) measured.get(contender.name).push(await measureOne(work, run, contender, run.seconds));
    }
    return {
      name: work.name,
      title: work.title,
      contenders: contenders.map(({ name, role }) => summary(name, role, measured.get(name))),
      ratios: contenders.slice(1).map(({ name, role }) => compared(name, role, {
        ours: measured.get(us.name), theirs: measured.get(name), ...work.targets[name],
      })),
    };
  } finally {
    for (const { running } of contenders) await running?.stop();
  }
}

async function measureOne({ count }, run, { name, measure, running, request, check, prepare }, seconds) {
  const prepared = await prepare?.(seconds);
  const before = await count?.(run);
  const measured = measure ? await measure(seconds) : await load(running, { ...request, ...prepared, check }, seconds);
  if (count) {
    // What was under way at the end may have been done too, or not.
    const unanswered = await count(run) - before - measured.answered;
    if (unanswered < 0 || unanswered > CONNECTIONS) throw new Error(`${name} wrote ${unanswered} more than it answered.`);
  }
  return measured;
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
