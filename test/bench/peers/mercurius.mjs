import { announce } from './peer.mjs';
import Fastify from 'fastify';
import mercurius from 'mercurius';
import { testOf, typeDefs } from './served-test.mjs';

const server = Fastify();
// Compiled at the first use, which is the earliest that it offers.
await server.register(mercurius, { schema: typeDefs, resolvers: { Query: { test: (_, { slug }) => testOf(slug) } }, jit: 1 });
await server.listen({ host: '127.0.0.1', port: 0 });
announce(server.server.address().port);
