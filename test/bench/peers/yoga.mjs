import { listen } from './peer.mjs';
import { createServer } from 'node:http';
import { createSchema, createYoga } from 'graphql-yoga';
import { testOf, typeDefs } from './served-test.mjs';

const schema = createSchema({ typeDefs, resolvers: { Query: { test: (_, { slug }) => testOf(slug) } } });
const server = createServer(createYoga({ schema, logging: false, graphiql: false, landingPage: false }));
listen(server);
