import Fastify from 'fastify';
import { z } from 'zod';
import { testDefinitionShape } from './catalogue/index.js';
import type { Services } from './graphql/context.js';
import { buildGraphQLSchema, schemaText } from './graphql/schema.js';
import { addRestRoutes, REST_DOCS_PATH, type RestServices } from './http/rest/index.js';

/** The contracts that are committed beside the code, by their paths: made from the code, never by hand. */
export async function contractFiles(): Promise<Readonly<Record<string, string>>> {
  // Only the shape is wanted: no resolver runs, so none misses its services.
  const schema = buildGraphQLSchema({} as Services);
  return {
    'schema.graphql': schemaText(schema),
    'docs/test.schema.json': testFormatSchema(),
    'docs/rest.openapi.json': await restDescription(),
  };
}

function testFormatSchema(): string {
  const schema = z.toJSONSchema(testDefinitionShape, { io: 'input', target: 'draft-2020-12' });
  const titled = { title: 'A test in the native format of Testodrom', ...schema };
  return jsonText(titled);
}

/** As a server gives it whose endpoints nobody calls. */
async function restDescription(): Promise<string> {
  const server = Fastify();
  await addRestRoutes(server, {} as RestServices, { baseUrlOf: () => '', keyOriginsOf: () => [], publicPath: '' });
  const answer = await server.inject(`${REST_DOCS_PATH}/json`);
  await server.close();
  return jsonText(answer.json());
}

function jsonText(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
