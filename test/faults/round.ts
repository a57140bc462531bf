import { setTimeout as sleep } from 'node:timers/promises';
import { byItself, type Fault } from './faults/index.js';
import { askOnce } from './load/ask.js';
import { Caller, Known } from './load/caller.js';
import { History } from './load/history.js';
import type { Findings, Verifier } from './model/verify.js';
import type { Random } from './random.js';
import { CALLERS, FAULT_MS, RETRY_DELAY_MS, STEADY_MS } from './settings.js';
import type { World } from './world/world.js';

/** What a round showed. */
export interface Round extends Findings {
  /** Attempts of which the caller could not tell whether they were made. */
  readonly unknown: number;
  /** How long it took until the server answered from its database again after the fault had come or, if it lasts, had ended, in milliseconds. */
  readonly recoveryMs: number;
}

/** Callers are at work, the fault comes and goes, and all that was answered is checked. */
export async function tryOnce(world: World, fault: Fault, known: Known, verifier: Verifier, random: Random): Promise<Round> {
  const history = new History();
  const stop = new AbortController();
  await verifier.begin();
  const callers = Array.from({ length: CALLERS }, () => new Caller(world, known, history, random.fork()).work(stop.signal));
  await sleep(STEADY_MS);
  const end = await fault.begin(world, random);
  if (end !== byItself) {
    await sleep(random.whole(FAULT_MS.least, FAULT_MS.most));
    await end();
  }
  const recoveryMs = await recovery(world);
  await sleep(STEADY_MS);
  stop.abort();
  await Promise.all(callers);
  return { ...await verifier.check(history), unknown: history.unknown, recoveryMs };
}

/** How long it takes until a question is answered that only the database can answer. */
async function recovery({ url, subjects: [subject] }: World): Promise<number> {
  const begun = performance.now();
  while ((await askOnce(url, '{ viewer { licenseUsage { issued } } }', {}, subject!.key)).kind !== 'answered') await sleep(RETRY_DELAY_MS / 5);
  return performance.now() - begun;
}
