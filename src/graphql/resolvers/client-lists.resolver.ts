import { Arg, Args, Ctx, Extensions, FieldResolver, Resolver, Root } from 'type-graphql';
import { Client, countUsers, type RegisteredUser, User, userFilter } from '../../clients/index.js';
import type { PageKey } from '../../kernel/page.js';
import { countResults, listResults, resultFilter, type ResultHead } from '../../results/index.js';
import { type Connection, connectionOf, connectionType, PAGE_SIZE, PageArgs, pageRequest } from '../connection.js';
import type { RequestContext, Services } from '../context.js';
import { COMPLETION_FILTER_COST, COUNT_COST, pageCost, scan } from '../cost.js';
import { ResultFilterInput, UserFilterInput } from '../filters.js';
import { ResultConnection, resultConnection } from './result-connection.js';

const UserConnection = connectionType('User', User, scan(COUNT_COST));

@Resolver(() => Client)
export class ClientListsResolver {
  constructor(private readonly services: Services) {}

  @Extensions(scan(({ filter }) => (asksForTests(filter as UserFilterInput | null | undefined) ? COMPLETION_FILTER_COST : 0)))
  @FieldResolver(() => UserConnection, {
    complexity: pageCost(PAGE_SIZE),
    description: "The client's users, the newest registration first. Erased users are not among them.",
  })
  async users(
    @Root() { id: clientId }: Client,
    @Args(() => PageArgs) args: PageArgs,
    @Arg('filter', () => UserFilterInput, { nullable: true, description: 'Which users; null for all.' })
    input: UserFilterInput | null,
    @Ctx() { loaders }: RequestContext,
  ): Promise<Connection<RegisteredUser>> {
    const { catalogue, reading, reads } = this.services;
    const scope = { list: 'users', owner: clientId };
    const [filter, request] = [userFilter(catalogue, input ?? {}), pageRequest(args, scope)];
    const page = await reads.userPage({ clientId, filter, request });
    for (const user of page.items) loaders.user.prime({ clientId, userId: user.id }, user);
    const keyOf = ({ registeredAt, id }: RegisteredUser): PageKey => [registeredAt.getTime(), id];
    return connectionOf(page, request, { ...scope, keyOf, count: () => countUsers(reading, clientId, filter) });
  }

  @FieldResolver(() => ResultConnection, {
    complexity: pageCost(PAGE_SIZE),
    description: "The results of the client's users, the newest attachment first. Erased results are not among them.",
  })
  async results(
    @Root() { id: clientId }: Client,
    @Args(() => PageArgs) args: PageArgs,
    @Arg('filter', () => ResultFilterInput, { nullable: true, description: 'Which results; null for all.' })
    input: ResultFilterInput | null,
  ): Promise<Connection<ResultHead>> {
    const { catalogue, reading } = this.services;
    const scope = { list: 'results', owner: clientId };
    const [filter, request] = [resultFilter(catalogue, input ?? {}), pageRequest(args, scope)];
    const page = await listResults(reading, clientId, filter, request);
    return resultConnection(page, request, { ...scope, count: () => countResults(reading, clientId, filter) });
  }
}

function asksForTests(filter: UserFilterInput | null | undefined): boolean {
  return [filter?.completed, filter?.notCompleted].some((tests) => (tests ?? []).length > 0);
}
