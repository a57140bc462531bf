import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { actorOf, eraseUser } from '../../clients/index.js';
import type { RequestContext, Services } from '../context.js';
import { EraseUserInput, EraseUserOutcome, eraseUserOutcome, personIn } from '../erasure.js';

@Resolver()
export class ErasureResolver {
  constructor(private readonly services: Services) {}

  @Mutation(() => EraseUserOutcome, {
    description: 'Erase a person for good: your id of the person, the answers, the reports and the access tokens. The license stays counted, and nobody can tell whose it was. Read with `viewer.user` what you have to hand over first: afterwards user and results are unknown, and the same id registers a new user. A suspended client may erase too.',
  })
  async eraseUser(
    @Arg('input', () => EraseUserInput, { description: 'Whom to erase.' }) input: EraseUserInput,
    @Ctx() { caller, loaders }: RequestContext,
  ): Promise<typeof EraseUserOutcome> {
    const signature = await caller.signature();
    const outcome = await eraseUser(this.services.database, signature.client.id, personIn(input), actorOf(signature));
    // Earlier fields of this request may have read what is erased now.
    loaders.user.clearAll();
    loaders.result.clearAll();
    return eraseUserOutcome(outcome);
  }
}
