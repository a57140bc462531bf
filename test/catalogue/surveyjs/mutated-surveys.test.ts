import { describe, expect, it } from '@jest/globals';
import { checkDefinition } from '../../../src/catalogue/import/check-definition.js';
import { mutants } from '../json-mutants.js';
import { meta, read, readFixture } from './builders.js';

const MUTANTS = 10_000;
const SEED = 20_240_611;

const { oneOf, mutant } = mutants(SEED);
const surveys = ['all-types', 'work-values'].map(readFixture);

type Outcome = 'unread' | 'refused' | 'accepted';

/** What becomes of a changed survey; what is wrong with that is added to the faults. */
function outcomeOf(text: string, faults: string[]): Outcome {
  const { input, problems, placeOf } = read(text, meta);
  if ((input === null) !== (problems.length > 0)) faults.push(`neither read nor refused: ${text}`);
  if (!problems.every(({ path }) => path.startsWith('survey.json'))) faults.push(`a problem without a place: ${text}`);
  if (input === null) return 'unread';
  const check = checkDefinition(input);
  const places = check.problems.map(({ path }) => placeOf(path));
  if (!places.every((place) => place.startsWith('survey.json: '))) faults.push(`${places.join()} in ${text}`);
  return check.definition ? 'accepted' : 'refused';
}

describe(`${MUTANTS} spoilt surveys`, () => {
  it('are each read as a test or refused with reasons, and never throw', () => {
    const outcomes: Record<Outcome, number> = { unread: 0, refused: 0, accepted: 0 };
    const faults: string[] = [];
    for (let count = 0; count < MUTANTS; count += 1) {
      const survey = oneOf(surveys);
      outcomes[outcomeOf(mutant(survey), faults)] += 1;
    }
    expect(faults).toEqual([]);
    // What is expected of each outcome was really tried.
    expect(Math.min(...Object.values(outcomes))).toBeGreaterThan(MUTANTS / 200);
  });

  it('do not change what every object inherits', () => {
    expect(({} as Record<string, unknown>).type).toBeUndefined();
  });
});
