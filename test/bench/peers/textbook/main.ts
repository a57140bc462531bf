import 'reflect-metadata';
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { ReflectMetadataProvider } from '@mikro-orm/decorators/legacy';
import { type EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { buildSchema } from 'type-graphql';
import { AttachResolver, type Context } from './attach.resolver.js';
import { ClientKey, entities } from './entities.js';

/**
 * Starts the server of the guides: Apollo Server's, TypeGraphQL's and MikroORM's, put together as each of them tells.
 *
 * @returns the port on which it listens
 */
export async function start(databaseUrl: string, poolSize: number): Promise<number> {
  const orm = await MikroORM.init({
    clientUrl: databaseUrl,
    entities,
    metadataProvider: ReflectMetadataProvider,
    pool: { max: poolSize },
    ensureDatabase: false,
  });
  const schema = await buildSchema({ resolvers: [AttachResolver] });
  const server = new ApolloServer<Context>({ schema });
  const { url } = await startStandaloneServer(server, {
    listen: { port: 0, host: '127.0.0.1' },
    context: ({ req }) => contextOf(orm.em.fork(), req),
  });
  return Number(new URL(url).port);
}

async function contextOf(em: EntityManager, request: IncomingMessage): Promise<Context> {
  const [, key] = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '') ?? [];
  if (key === undefined) return { em, clientId: null };
  const hash = createHash('sha256').update(key).digest();
  const found = await em.findOne(ClientKey, { hash, $or: [{ expiresAt: null }, { expiresAt: { $gt: new Date() } }] });
  return { em, clientId: found?.client.id ?? null };
}
