import { createServer } from 'node:http';
import { createSchema, createYoga } from 'graphql-yoga';
import { listening, testOf, typeDefs } from './served-test.mjs';

const schema = createSchema({ typeDefs, resolvers: { Query: { test: (_, { slug }) => testOf(slug) } } });
const server = createServer(createYoga({ schema, logging: false, graphiql: false, landingPage: false }));
server.listen(0, '127.0.0.1', () => listening(server.address().port));
process.once('SIGTERM', () => process.exit(0));
