import { z } from 'zod';
import { testDefinitionShape } from './catalogue/index.js';
import type { Services } from './graphql/context.js';
import { buildGraphQLSchema, schemaText } from './graphql/schema.js';

/** The contracts that are committed beside the code, by their paths: made from the code, never by hand. */
export function contractFiles(): Readonly<Record<string, string>> {
  // Only the shape is wanted: no resolver runs, so none misses its services.
  const schema = buildGraphQLSchema({} as Services);
  return { 'schema.graphql': schemaText(schema), 'docs/test.schema.json': testFormatSchema() };
}

function testFormatSchema(): string {
  const schema = z.toJSONSchema(testDefinitionShape, { io: 'input', target: 'draft-2020-12' });
  const titled = { title: 'A test in the native format of Testodrom', ...schema };
  return `${JSON.stringify(titled, null, 2)}\n`;
}
