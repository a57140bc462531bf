import { globSync, readFileSync } from 'node:fs';
import manifest from '../../package.json' with { type: 'json' };

const { testEnvironment, extensionsToTreatAsEsm, moduleNameMapper, transform, globalSetup, globalTeardown } = manifest.jest;

/** The folders of what writes otherwise where tables are prepared for several machines. */
const folders = ['billing', 'clients', 'jobs', 'licensing', 'races', 'results'];

/** Tests of the statements that one machine is sent, and of versions before, after which no table is prepared. */
const isOfOneMachine = (file) => /count-statements|of-before/.test(file + readFileSync(file, 'utf8'));

/**
 * The third project of `npm test`: once more on tables that are prepared for several machines, though they lie on one. What counts
 * for a whole run stands in the first.
 */
export default {
  testEnvironment, extensionsToTreatAsEsm, moduleNameMapper, transform, globalSetup, globalTeardown,
  displayName: 'prepared',
  rootDir: '../..',
  testMatch: folders.flatMap((folder) => globSync(`test/${folder}/*.test.ts`)).filter((file) => !isOfOneMachine(file)).map((file) => `<rootDir>/${file}`),
  globals: { preparedTables: true },
};
