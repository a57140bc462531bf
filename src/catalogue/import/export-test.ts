import type { Database } from '../../database/index.js';
import { loadPublishedContent } from '../load-revisions.js';
import { definitionOf } from './definition-content.js';
import type { TestDefinition } from './test-definition.js';

/** The published revision of a test in the native format: importing it changes nothing. Null for an unknown slug. */
export async function exportTest(database: Database, slug: string): Promise<TestDefinition | null> {
  const content = await loadPublishedContent(database, slug);
  return content && definitionOf(content);
}
