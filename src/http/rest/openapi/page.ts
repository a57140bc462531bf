import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { REST_DOCS_PATH } from '../docs-path.js';
import { TITLE } from './info.js';

/** The page needs nothing but its own files, the description, and the API that it tries out. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Phones show a page at its real size only when it says so, which this one cannot say itself. */
const VIEWPORT = `
const meta = document.createElement('meta');
meta.name = 'viewport';
meta.content = 'width=device-width, initial-scale=1';
document.head.append(meta);
`;

/** What is deprecated is still read, and links between operations, which there are none of, take no room. */
const STYLE = `
.swagger-ui .response-col_links { display: none; }
.swagger-ui .opblock.opblock-deprecated { opacity: 1; }
.swagger-ui .opblock.opblock-deprecated .opblock-summary-method { background: #5b6270; }
`;

/**
 * Opens the page where the description is read and tried out; the description itself is at `json` and `yaml` below it.
 *
 * @param publicPath below which partners find the page, without a slash at the end
 */
export async function addDocsPage(server: FastifyInstance, publicPath: string): Promise<void> {
  await server.register(async (scope) => {
    scope.addHook('onRequest', async ({ url }, reply) => {
      if (isAnotherAddress(url)) return reply.redirect(publicPath + REST_DOCS_PATH);
    });
    await scope.register(swaggerUi, {
      routePrefix: REST_DOCS_PATH,
      indexPrefix: publicPath,
      staticCSP: POLICY,
      theme: {
        title: TITLE,
        css: [{ filename: 'legible.css', content: STYLE }],
        js: [{ filename: 'viewport.js', content: VIEWPORT }],
      },
      uiConfig: { layout: 'BaseLayout', defaultModelsExpandDepth: 0, displayRequestDuration: true },
    });
  });
}

/** The page looks for its description beside its own address: not with a query behind it, nor among its files. */
function isAnotherAddress(url: string): boolean {
  const [path = '', query] = url.split('?', 2);
  if (path === `${REST_DOCS_PATH}/static/` || path === `${REST_DOCS_PATH}/static/index.html`) return true;
  return query !== undefined && (path === REST_DOCS_PATH || path === `${REST_DOCS_PATH}/`);
}
