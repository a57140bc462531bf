import type { AddressInfo } from 'node:net';
import { ApolloServer } from '@apollo/server';
import { defineIntegrationTestSuite } from '@apollo/server-integration-testsuite';
import Fastify from 'fastify';
import { addApolloRoute } from '../../src/http/graphql/apollo-route.js';

/** The suite brings servers of its own, and asks at the root; they are served as ours is, on a Fastify that is as it comes. */
defineIntegrationTestSuite(async (config, options) => {
  const server = new ApolloServer(config);
  await server.start();
  const fastify = Fastify();
  await fastify.register(async (scope) => addApolloRoute(scope, '/', server, options?.context ?? (async () => ({}))));
  await fastify.listen({ port: 0 });
  const { port } = fastify.server.address() as AddressInfo;
  return { server, url: `http://localhost:${port}`, extraCleanup: () => fastify.close() };
});
