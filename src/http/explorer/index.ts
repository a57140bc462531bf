import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import Negotiator from 'negotiator';
import { getStaticFile } from 'ruru/static';
import { explorerPage } from './page.js';

/** Where developers explore GraphQL in a browser. */
export const EXPLORER_PATH = '/explorer';

/** The files of an edition never change: its number is part of their address. */
const FOREVER = 'public, max-age=31536000, immutable';

/** Workers load more of themselves; nothing else here runs by itself. */
const FILE_POLICY = "default-src 'none'; script-src 'self'; frame-ancestors 'none'";

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.resolve('ruru/server')), 'utf8')) as {
  readonly version: string;
};

/**
 * `GET /explorer`: an editor for GraphQL with the schema beside it and examples to run. It needs no other server.
 *
 * @param publicPath below which partners find it, without a slash at the end
 * @param graphqlPath where GraphQL answers, below the same path
 */
export function addExplorerRoutes(server: FastifyInstance, publicPath: string, graphqlPath: string): void {
  const files = `${EXPLORER_PATH}/${version}/`;
  const { html, policy } = explorerPage(publicPath + graphqlPath, publicPath + files);
  const fileAt = keptFiles(files);
  server.get(`${EXPLORER_PATH}/`, (_request, reply) => reply.redirect(publicPath + EXPLORER_PATH));
  server.get(EXPLORER_PATH, (_request, reply) =>
    reply.type('text/html; charset=utf-8').header('content-security-policy', policy).send(html));
  server.get<{ Params: { '*': string } }>(`${files}*`, async (request, reply) => {
    const file = await fileAt(files + request.params['*'], new Negotiator(request).encoding(['br', 'identity']) === 'br');
    if (file === null) return reply.callNotFound();
    return reply.headers(file.headers).headers({
      'cache-control': FOREVER, vary: 'Accept-Encoding', 'content-security-policy': FILE_POLICY,
    }).send(file.content);
  });
}

/** Reads files of the explorer, each once: they come packed, and to unpack one takes long and much memory. */
function keptFiles(staticPath: string): (urlPath: string, packed: boolean) => ReturnType<typeof getStaticFile> {
  const kept = new Map<string, ReturnType<typeof getStaticFile>>();
  return async (urlPath, packed) => {
    const name = `${urlPath} ${packed}`;
    const file = kept.get(name) ?? getStaticFile({
      staticPath,
      urlPath,
      acceptEncoding: packed ? 'br' : undefined,
      // Maps to sources are three quarters of the whole.
      disallowDevAssets: true,
    });
    kept.set(name, file);
    // Names are what callers write.
    if (await file === null) kept.delete(name);
    return file;
  };
}
