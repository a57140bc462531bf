import { Arg, Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { type RegisteredUser, User } from '../../clients/index.js';
import { resultFilter, type ResultHead } from '../../results/index.js';
import { type Connection, PAGE_SIZE, PageArgs, pageRequest } from '../connection.js';
import type { RequestContext, Services } from '../context.js';
import { pageCost } from '../cost.js';
import { ResultFilterInput } from '../filters.js';
import { ResultConnection, resultConnection } from './result-connection.js';

@Resolver(() => User)
export class UserResultsResolver {
  constructor(private readonly services: Services) {}

  @FieldResolver(() => ResultConnection, {
    complexity: pageCost(PAGE_SIZE), description: 'The results of the user, the newest attachment first.',
  })
  async results(
    @Root() { id: userId, clientId }: RegisteredUser,
    @Args(() => PageArgs) args: PageArgs,
    @Arg('filter', () => ResultFilterInput, { nullable: true, description: 'Which results; null for all.' })
    input: ResultFilterInput | null,
    @Ctx() { loaders }: RequestContext,
  ): Promise<Connection<ResultHead>> {
    const scope = { list: 'userResults', owner: userId };
    const [filter, request] = [resultFilter(this.services.catalogue, input ?? {}), pageRequest(args, scope)];
    const page = await loaders.userResults.load({ userId, asked: { clientId, filter, request } });
    const count = () => loaders.userResultCount.load({ userId, asked: { clientId, filter } });
    return resultConnection(page, request, { ...scope, count });
  }
}
