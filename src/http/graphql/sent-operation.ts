import type { FastifyRequest } from 'fastify';
import type { SentOperation } from '../../graphql/limits/index.js';

/** What a request sent; variables that cannot be read are told by Apollo. */
export function sentBy({ method, body, bodyBytes, query, url }: FastifyRequest): SentOperation {
  if (method === 'POST') return { ...body as Partial<SentOperation> | null, bytes: bodyBytes ?? 0 };
  const sent = query as { readonly query?: unknown; readonly variables?: unknown };
  const bytes = url.length;
  try {
    return { query: sent.query, variables: JSON.parse(String(sent.variables)), bytes };
  } catch {
    return { query: sent.query, bytes };
  }
}
