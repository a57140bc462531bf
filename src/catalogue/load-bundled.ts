import type { Database } from '../database/index.js';
import { checkDefinition } from './import/check-definition.js';
import { publishTest } from './import/publish-test.js';
import { RevisionSource } from './test-revision.js';

/**
 * Publishes the tests that come with the server; a test that the operator imported over one of them stays. They have no
 * number, so that every number of the platform is free for the test that has it there.
 */
export async function loadBundledTests(database: Database): Promise<void> {
  // Loaded here and not at the top: the content is large, and only the start of a server needs it.
  const { bundledTests } = await import('./content/index.js');
  for (const input of bundledTests) {
    const { definition, problems } = checkDefinition(input);
    if (!definition) throw new Error(`The bundled test ${input.slug} is wrong: ${JSON.stringify(problems)}`);
    await publishTest(database, definition, RevisionSource.BUNDLED);
  }
}
