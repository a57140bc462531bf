import Fastify from 'fastify';
import { z } from 'zod';
import { digestsOfBundledTests, testDefinitionShape } from './catalogue/import/index.js';
import type { Services } from './graphql/context.js';
import { buildGraphQLSchema, schemaText } from './graphql/schema.js';
import { addRestRoutes, REST_DOCS_PATH, type RestServices } from './http/rest/index.js';

/** What is made from the code and committed beside it, by its path: the contracts, and what bundled tests are known by. */
export async function contractFiles(): Promise<Readonly<Record<string, string>>> {
  // Only the shape is wanted: no resolver runs, so none misses its services.
  const schema = buildGraphQLSchema({} as Services);
  return {
    'schema.graphql': schemaText(schema),
    'docs/test.schema.json': testFormatSchema(),
    'docs/rest.openapi.json': await restDescription(),
    'src/catalogue/content/digests.ts': await bundledDigests(),
  };
}

function testFormatSchema(): string {
  const schema = z.toJSONSchema(testDefinitionShape, { io: 'input', target: 'draft-2020-12' });
  const titled = { title: 'A test in the native format of Testodrom', ...schema };
  return jsonText(titled);
}

/** By these a server knows at its start what it has published before, without reading and checking the content. */
async function bundledDigests(): Promise<string> {
  const lines = Object.entries(await digestsOfBundledTests()).map(([slug, digest]) => `  '${slug}': '${digest}',`);
  return [
    '/** The digest of each bundled test, by its slug: made by `npm run schema` from the content beside. */',
    'export const bundledDigests: Readonly<Record<string, string>> = {',
    ...lines,
    '};\n',
  ].join('\n');
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
