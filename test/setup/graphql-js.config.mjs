import manifest from '../../package.json' with { type: 'json' };

const { testEnvironment, extensionsToTreatAsEsm, moduleNameMapper, transform, globalSetup, globalTeardown } = manifest.jest;

/** The folders that ask the API by GraphQL; all other tests have each operation compiled, these have none. */
const folders = ['clients', 'graphql', 'results', 'security/abuse', 'statistics'];

/**
 * The second project of `npm test`: the API once more over graphql-js. The database is that of the first, because Jest runs
 * the same setup once. What counts for a whole run, such as the time limit, stands in the first.
 */
export default {
  testEnvironment, extensionsToTreatAsEsm, moduleNameMapper, transform, globalSetup, globalTeardown,
  displayName: 'graphql-js',
  rootDir: '../..',
  testMatch: folders.map((folder) => `<rootDir>/test/${folder}/*.test.ts`),
  globals: { graphqlCompile: 'off' },
};
