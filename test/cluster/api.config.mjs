import { globSync, readFileSync } from 'node:fs';
import manifest from '../../package.json' with { type: 'json' };

const folders = ['billing', 'clients', 'graphql', 'licensing', 'races', 'results', 'statistics'];

/** Tests that tell statements by their names, which those by PgBouncer do not have. */
const looksAtStatements = (file) => readFileSync(file, 'utf8').includes('/count-statements.js');

/** The tests of the API once more, by PgBouncer and with a standby: see `api.test.ts`. */
export default {
  ...manifest.jest,
  projects: [],
  rootDir: '../..',
  displayName: 'by PgBouncer, with a standby',
  testMatch: folders.flatMap((folder) => globSync(`test/${folder}/**/*.test.ts`))
    .filter((file) => !looksAtStatements(file)).map((file) => `<rootDir>/${file}`),
};
