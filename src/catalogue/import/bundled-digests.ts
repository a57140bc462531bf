import { checkDefinition } from './check-definition.js';
import { definitionDigest } from './definition-digest.js';

/** The digest of each test that comes with the server, by its slug. */
export async function digestsOfBundledTests(): Promise<Readonly<Record<string, string>>> {
  // The content is large, and of no use to who imports tests.
  const { bundledTests } = await import('../content/index.js');
  return Object.fromEntries(bundledTests.map((input) => {
    const { definition, problems } = checkDefinition(input);
    if (!definition) throw new Error(`The bundled test ${input.slug} is wrong: ${JSON.stringify(problems)}`);
    return [input.slug, definitionDigest(definition)];
  }));
}
