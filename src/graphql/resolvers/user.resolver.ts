import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import type { LicenseName } from '../../billing/index.js';
import { externalId, License, type RegisteredUser, User } from '../../clients/index.js';
import { nodeId } from '../../kernel/ids.js';
import type { RequestContext, Services } from '../context.js';
import { RegisterUserInput } from '../inputs.js';
import { licenseUsageRoot } from '../license-usage.js';
import { licensingProblem, RegisterUserOutcome, RegisterUserSuccess } from '../outcomes.js';
import { GraphQLUUID } from '../uuid.js';

@Resolver(() => User)
export class UserResolver {
  constructor(private readonly services: Services) {}

  @Mutation(() => RegisterUserOutcome, {
    description: 'Register a user ahead of time, as API v2 did; a new one is issued a license. Repeating it gives the same user.',
  })
  async registerUser(
    @Arg('input', () => RegisterUserInput, { description: 'Whom to register.' }) input: RegisterUserInput,
    @Ctx() { caller }: RequestContext,
  ): Promise<typeof RegisterUserOutcome> {
    const client = await caller.client();
    const outcome = await this.services.licensing.register(client.id, externalId(input.userId));
    const { decision, user, account } = outcome;
    const problem = licensingProblem(outcome);
    if (problem) return problem;
    return new RegisterUserSuccess(user!, licenseUsageRoot(client, account, this.services.now()), decision);
  }

  @FieldResolver(() => ID, { description: 'Opaque, for `Query.node`.' })
  id(@Root() user: RegisteredUser): string {
    return nodeId('User', user.id);
  }

  @FieldResolver(() => GraphQLUUID, { description: 'USER_KEY of API v2.' })
  key(@Root() user: RegisteredUser): string {
    return user.id;
  }

  @FieldResolver(() => License, { description: 'The license that was issued for the user.' })
  license(@Root() { clientId, id: userId, license }: RegisteredUser): RegisteredUser['license'] & LicenseName {
    return { ...license, clientId, userId };
  }
}
