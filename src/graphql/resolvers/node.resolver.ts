import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { findAuditLine } from '../../clients/index.js';
import { parseNodeId } from '../../kernel/ids.js';
import { Node } from '../../kernel/node.js';
import { belongsTo } from '../../results/index.js';
import type { RequestContext, Services } from '../context.js';

/** A found object with the name of its type, by which the interface tells the types apart. */
type Found = { readonly __typename: string } & object;

@Resolver()
export class NodeResolver {
  constructor(private readonly services: Services) {}

  @Query(() => Node, {
    nullable: true,
    description: "A test, or an object of the calling client, by its id. Null when it does not exist or is not the caller's.",
  })
  async node(
    @Arg('id', () => ID, { description: '`Node.id`.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<Found | null> {
    const named = parseNodeId(id);
    if (!named) return null;
    const found = await this.find(named, context);
    return found && { ...found, __typename: named.type };
  }

  private async find(
    { type, uuid }: NonNullable<ReturnType<typeof parseNodeId>>,
    { caller, loaders }: RequestContext,
  ): Promise<object | null> {
    if (type === 'Test') return this.services.catalogue.byId(uuid);
    const client = await caller.client();
    switch (type) {
      case 'Client': return client.id === uuid ? client : null;
      case 'User': return loaders.user.load({ clientId: client.id, userId: uuid });
      case 'Invoice': return loaders.invoice.load({ clientId: client.id, invoiceId: uuid });
      case 'Result': {
        const result = await loaders.result.load(uuid);
        return result && belongsTo(result, client.id) ? result : null;
      }
      case 'ClientKey': return loaders.clientKey.load({ clientId: client.id, keyId: uuid });
      case 'AuditEntry': return findAuditLine(this.services.database, client.id, uuid);
      default: return null;
    }
  }
}
