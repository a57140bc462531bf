import manifest from '../../package.json' with { type: 'json' };

/** The faults: each is tried many times, which takes longer than all other tests. */
export default {
  ...manifest.jest,
  projects: [],
  rootDir: '../..',
  testMatch: ['<rootDir>/test/faults/**/*.test.ts'],
  testPathIgnorePatterns: [],
  // Each fault has servers and a PostgreSQL of its own.
  globalSetup: undefined,
  globalTeardown: undefined,
  maxWorkers: 1,
};
