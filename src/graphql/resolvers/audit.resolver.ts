import { GraphQLJSONObject } from 'graphql-scalars';
import { Args, FieldResolver, ID, Resolver, Root } from 'type-graphql';
import { AuditEntry, type AuditLine, Client, countAudit, listAudit } from '../../clients/index.js';
import { nodeId } from '../../kernel/ids.js';
import type { PageKey } from '../../kernel/page.js';
import { type Connection, connectionOf, connectionType, PAGE_SIZE, PageArgs, pageRequest } from '../connection.js';
import type { Services } from '../context.js';
import { COUNT_COST, pageCost, scan } from '../cost.js';

const AuditEntryConnection = connectionType('AuditEntry', AuditEntry, scan(COUNT_COST));

@Resolver(() => Client)
export class ClientAuditResolver {
  constructor(private readonly services: Services) {}

  @FieldResolver(() => AuditEntryConnection, {
    complexity: pageCost(PAGE_SIZE),
    description: 'Who changed what of the client and when, the newest first: by its keys, or by the platform. Nothing is ever changed in it or removed from it.',
  })
  async auditLog(@Root() { id }: Client, @Args(() => PageArgs) args: PageArgs): Promise<Connection<AuditLine>> {
    const { reading } = this.services;
    const scope = { list: 'auditLog', owner: id };
    const request = pageRequest(args, scope);
    const keyOf = (line: AuditLine): PageKey => [line.at.getTime(), line.id];
    const page = await listAudit(reading, id, request);
    return connectionOf(page, request, { ...scope, keyOf, count: () => countAudit(reading, id) });
  }
}

@Resolver(() => AuditEntry)
export class AuditEntryResolver {
  @FieldResolver(() => ID, { description: 'Opaque, for `Query.node`.' })
  id(@Root() { id }: AuditLine): string {
    return nodeId('AuditEntry', id);
  }

  @FieldResolver(() => GraphQLJSONObject, {
    description: 'The facts, by `action`: for CLIENT_CHANGED, CLIENT_SUSPENDED and CLIENT_RESUMED each changed property with `from` and `to`, money in kopecks. Holds no secret, and nothing that names a user but USER_KEY.',
  })
  details(@Root() { details }: AuditLine): AuditLine['details'] {
    return details;
  }
}
