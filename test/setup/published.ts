import { checkDefinition, type TestDefinitionInput } from '../../src/catalogue/import/index.js';
import type { PublishedTest } from '../../src/catalogue/index.js';
import { contentOf } from '../../src/catalogue/import/definition-content.js';
import { publishedTest } from '../../src/catalogue/published-test.js';

/** A test as it would be in memory after its publication, without a database. */
export function published(input: TestDefinitionInput): PublishedTest {
  const { definition, problems } = checkDefinition(input);
  if (!definition) throw new Error(JSON.stringify(problems));
  const id = '0190cb2e-0000-7000-8000-000000000001';
  return publishedTest({ ...contentOf(definition), id, createdAt: new Date(0), revision: 1 });
}
