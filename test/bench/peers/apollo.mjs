import { announce } from './peer.mjs';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { testOf, typeDefs } from './served-test.mjs';

const server = new ApolloServer({ typeDefs, resolvers: { Query: { test: (_, { slug }) => testOf(slug) } } });
const { url } = await startStandaloneServer(server, { listen: { host: '127.0.0.1', port: 0 } });
announce(Number(new URL(url).port));
