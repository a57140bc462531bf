import { afterAll, describe, expect, it } from '@jest/globals';
import { cleanUp } from '../setup/processes.js';
import { faults } from './faults/index.js';
import { Known } from './load/caller.js';
import { Verifier } from './model/verify.js';
import { Random } from './random.js';
import { report } from './report.js';
import { type Round, tryOnce } from './round.js';
import { RECOVERY_LIMIT_MS, ROUNDS, SEED } from './settings.js';
import { makeWorld } from './world/world.js';

const ROUND_LIMIT_MS = 60_000;

afterAll(cleanUp);

describe.each(faults.map((fault, index) => [fault.name, fault, index] as const))('%s', (name, fault, index) => {
  it(`loses and doubles nothing in ${ROUNDS} rounds (FAULT_SEED=${SEED})`, async () => {
    const prepared = await fault.prepare?.();
    const world = await makeWorld(prepared?.setting);
    // Each fault has chances of its own, so that one can be repeated alone.
    const random = new Random(SEED * 100 + index);
    const [known, verifier] = [new Known(), new Verifier(world.subjects, world.sql, world.database)];
    const rounds: Round[] = [];
    try {
      while (rounds.length < ROUNDS) {
        const round = await tryOnce(world, fault, known, verifier, random);
        rounds.push(round);
        const { lost, doubled, wrong } = round;
        expect({ round: rounds.length, lost, doubled, wrong }).toEqual({ round: rounds.length, lost: [], doubled: [], wrong: [] });
        expect(round.recoveryMs).toBeLessThan(RECOVERY_LIMIT_MS);
      }
    } catch (error) {
      // Told at once: the other faults take their time.
      process.stdout.write(`${name}, after ${rounds.length} rounds: ${error instanceof Error ? error.stack : String(error)}\n`);
      throw error;
    } finally {
      report(name, rounds);
      await world.close();
      await prepared?.clear();
    }
  }, ROUND_LIMIT_MS + ROUNDS * ROUND_LIMIT_MS);
});
