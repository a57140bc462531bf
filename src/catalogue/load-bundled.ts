import type { Database } from '../database/index.js';
import { checkDefinition } from './import/check-definition.js';
import { publishTest } from './import/publish-test.js';
import { RevisionSource } from './test-revision.js';

/**
 * Publishes the tests that come with the server; a test that the operator imported over one of them stays.
 * Gives a line for each test that could not be published, for the operator.
 */
export async function loadBundledTests(database: Database): Promise<string[]> {
  const refusals: string[] = [];
  // Loaded here and not at the top: the content is large, and only the start of a server needs it.
  const { bundledTests } = await import('./content/index.js');
  for (const input of bundledTests) {
    const { definition, problems } = checkDefinition(input);
    if (!definition) throw new Error(`The bundled test ${input.slug} is wrong: ${JSON.stringify(problems)}`);
    const publication = await publishTest(database, definition, RevisionSource.BUNDLED);
    if (publication.outcome === 'LEGACY_ID_TAKEN') {
      const { legacyId, by } = publication;
      refusals.push(`The bundled test "${input.slug}" is not published: its legacy id ${legacyId} belongs to "${by}".`);
    }
  }
  return refusals;
}
