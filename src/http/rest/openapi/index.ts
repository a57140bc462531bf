import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { components } from './components.js';
import { about } from './info.js';
import { operationsOf, type PathItem } from './methods.js';
import { describeRoute, mapped } from './operation.js';

export { addDocsPage } from './page.js';

/**
 * Has the endpoints described that are added to a scope from now on. The description is made when it is first asked for.
 *
 * @param publicPath below which partners find them, without a slash at the end
 */
export async function describeRoutes(scope: FastifyInstance, publicPath: string): Promise<void> {
  await scope.register(swagger, {
    openapi: { openapi: '3.1.0', ...about(publicPath), components: { schemas: components as Record<string, object> } },
    transform: describeRoute,
    transformObject: (document) => byMethods(document as unknown as Described),
    stripBasePath: false,
    convertConstToEnum: false,
  });
}

interface Described {
  readonly openapiObject: { readonly paths: Readonly<Record<string, PathItem>> };
}

function byMethods({ openapiObject }: Described): object {
  return { ...openapiObject, paths: mapped(openapiObject.paths, operationsOf) };
}
