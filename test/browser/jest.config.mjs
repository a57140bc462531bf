import manifest from '../../package.json' with { type: 'json' };

/** The tests that need a browser of the system, which `npm test` does without. */
export default {
  ...manifest.jest,
  projects: [],
  rootDir: '../..',
  testMatch: ['<rootDir>/test/browser/**/*.test.ts'],
  testPathIgnorePatterns: [],
};
