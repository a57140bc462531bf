import { readFileSync } from 'node:fs';

/** The schema that the peers serve: ours, as it is published. */
export const typeDefs = readFileSync(new URL('../../../schema.graphql', import.meta.url), 'utf8');

/** The tests, by slug: plain objects in memory with all that is asked for, so that no field needs a resolver. */
const tests = new Map([JSON.parse(readFileSync(process.env.TEST_FILE, 'utf8'))].map((test) => [test.slug, test]));

/** The one field that needs a resolver. */
export const testOf = (slug) => tests.get(slug) ?? null;
