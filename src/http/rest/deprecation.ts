import type { FastifyReply } from 'fastify';
import { REST_DOCS_PATH } from './docs-path.js';
import type { Version } from './endpoint.js';

/** Since when versions 1 and 2 are deprecated: the day on which GraphQL could do all that they do, in UTC. */
const DEPRECATED_SINCE = new Date('2026-11-22T00:00:00Z');

/** Whether a version is kept only for who uses it. */
export function isDeprecated(version: Version): boolean {
  return version !== 'v3';
}

/** Tells clients of an older version, in the words of RFC 9745, that there is a newer one, and where it is described. */
export function announceDeprecation(reply: FastifyReply, baseUrl: string): void {
  reply.headers({
    deprecation: `@${DEPRECATED_SINCE.getTime() / 1_000}`,
    link: `<${baseUrl}${REST_DOCS_PATH}>; rel="deprecation"; type="text/html", <${baseUrl}/graphql>; rel="successor-version"`,
  });
}
