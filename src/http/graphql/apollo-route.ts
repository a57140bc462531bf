import { METHODS } from 'node:http';
import type { ApolloServer, BaseContext } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { readStrictJson } from './json-body.js';
import { Refusal } from '../refusal.js';

/** HEAD is as GET to Fastify, and refused by Apollo Server; CONNECT never comes as a request. */
const answeredMethods = ['GET', 'HEAD', 'POST', 'OPTIONS', 'CONNECT'];

/** Serves an Apollo Server, which is started, at a path of a scope that has nothing else. */
export function addApolloRoute<Context extends BaseContext>(
  scope: FastifyInstance, path: string, apollo: ApolloServer<Context>,
  context: (request: FastifyRequest, reply: FastifyReply) => Promise<Context>,
): void {
  readStrictJson(scope);
  scope.route({ url: path, method: ['GET', 'POST', 'OPTIONS'], handler: fastifyApolloHandler(apollo, { context }) });
  const method = METHODS.filter((each) => !answeredMethods.includes(each));
  for (const each of method) if (!scope.supportedMethods.includes(each)) scope.addHttpMethod(each);
  scope.route({
    url: path,
    method,
    // Before the body is read.
    onRequest: async (_request, reply) => {
      void reply.header('allow', 'GET, POST');
      throw new Refusal(405, 'method', 'GraphQL takes GET for queries and POST for all operations.');
    },
    handler: (_request, reply) => reply.callNotFound(),
  });
}
