import manifest from '../../package.json' with { type: 'json' };

/** What needs more than npm brings: PostgreSQL with its tools, PgBouncer and HAProxy, as Debian has them. */
export default {
  ...manifest.jest,
  projects: [],
  rootDir: '../..',
  testMatch: ['<rootDir>/test/cluster/**/*.test.ts'],
  testPathIgnorePatterns: [],
  // Each file has servers and PostgreSQLs of its own.
  globalSetup: undefined,
  globalTeardown: undefined,
  maxWorkers: 1,
};
