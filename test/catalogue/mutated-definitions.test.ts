import { describe, expect, it } from '@jest/globals';
import { exportTest, publishTest, readTest, type TestReading } from '../../src/catalogue/import/index.js';
import { RevisionSource } from '../../src/catalogue/index.js';
import { contentOf, definitionOf } from '../../src/catalogue/import/definition-content.js';
import { openTestDatabase } from '../setup/open-database.js';
import { reportTest } from '../setup/report-test.js';
import { mutants } from './json-mutants.js';

const MUTANTS = 10_000;
/** So many of them are stored: that takes longer than reading them. */
const PUBLISHED = 150;
const { mutant } = mutants(20_261_122);

function read(text: string): TestReading {
  return readTest({ format: 'json', file: { name: 'test.json', text }, config: null, meta: null });
}

describe(`${MUTANTS} spoilt tests in the native format`, () => {
  it('are each read whole or refused with reasons at their places, and never throw', () => {
    const original = JSON.stringify(reportTest('test'));
    const faults: string[] = [];
    let accepted = 0;
    for (let count = 0; count < MUTANTS; count += 1) {
      const text = mutant(original);
      const { definition, problems } = read(text);
      if ((definition === null) !== (problems.length > 0)) faults.push(`neither read nor refused: ${text}`);
      if (!problems.every(({ path }) => path.startsWith('test.json'))) faults.push(`a problem without a place: ${text}`);
      if (!definition) continue;
      accepted += 1;
      // What is taken is stored and exported as it is.
      const { $schema: _, ...whole } = definition;
      if (JSON.stringify(sorted(definitionOf(contentOf(definition)))) !== JSON.stringify(sorted(whole))) faults.push(`not kept whole: ${text}`);
    }
    expect(faults).toEqual([]);
    expect(accepted).toBeGreaterThan(MUTANTS / 50);
    expect(accepted).toBeLessThan(MUTANTS / 2);
  });
});

describe('a spoilt test that was taken', () => {
  it('is stored and exported whole', async () => {
    const test = await openTestDatabase();
    try {
      const published = async (): Promise<number> => (await test.sql('select 1 from test_revision')).length;
      const original = JSON.stringify(reportTest('test'));
      for (let taken = 0; taken < PUBLISHED;) {
        const { definition } = read(mutant(original));
        if (!definition) continue;
        taken += 1;
        const before = await published();
        const slug = `mutant-${taken}`;
        const { $schema: _, ...whole } = { ...definition, slug };
        const { outcome } = await publishTest(test.database, { ...definition, slug }, RevisionSource.IMPORTED);
        expect([outcome, await published()]).toEqual(outcome === 'LEGACY_ID_TAKEN' ? [outcome, before] : ['CREATED', before + 1]);
        if (outcome === 'CREATED') expect(sorted(await exportTest(test.database, slug))).toEqual(sorted(whole));
      }
    } finally {
      await test.close();
    }
  });
});

/** The same with keys in one order: that of a definition says nothing. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, part]) => [key, sorted(part)]));
}
