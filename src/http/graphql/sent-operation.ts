import type { FastifyRequest } from 'fastify';
import type { SentOperation } from '../../graphql/limits/index.js';

/** What a request sent; variables that cannot be read are told by Apollo. */
export function sentBy({ method, body, query }: FastifyRequest): SentOperation {
  if (method === 'POST') return body ?? {};
  const sent = query as { readonly query?: unknown; readonly variables?: unknown };
  try {
    return { query: sent.query, variables: JSON.parse(String(sent.variables)) };
  } catch {
    return { query: sent.query };
  }
}
