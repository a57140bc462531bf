import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Config } from './config.js';
import { GRAPHQL_PATH } from './http/graphql/add-graphql-routes.js';
import { OperatorError } from './kernel/operator-error.js';

/**
 * Lets a server listen, and gives where GraphQL answers; an `OperatorError` says what is wrong with HOST or PORT.
 *
 * @param words what the log says, before the address
 */
export async function listen(server: FastifyInstance, { host, port }: Config, words: string): Promise<string> {
  try {
    await server.listen({ host, port, listenTextResolver: (address) => `${words} ${address}` });
  } catch (error) {
    throw listenProblem(error, host, port) ?? error;
  }
  const { port: bound } = server.server.address() as AddressInfo;
  const name = host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${bound}${GRAPHQL_PATH}`;
}

function listenProblem(error: unknown, host: string, port: number): OperatorError | null {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  switch (code) {
    case 'EADDRINUSE': return new OperatorError(`Port ${port} of ${host} is taken: stop what listens there, or set another PORT.`);
    case 'EACCES': return new OperatorError(`Port ${port} of ${host} needs more rights: set a PORT above 1023.`);
    case 'EADDRNOTAVAIL':
    case 'EAI_AGAIN':
    case 'ENOTFOUND': return new OperatorError(`HOST ${host} is no address of this machine: set another HOST.`);
    default: return null;
  }
}
