import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { issueToken, TOKEN_TTL } from '../../clients/index.js';
import { IssueAccessTokenInput, IssueAccessTokenOutcome, tokenOutcome } from '../access-tokens.js';
import type { RequestContext, Services } from '../context.js';

@Resolver()
export class AccessTokenResolver {
  constructor(private readonly services: Services) {}

  @Mutation(() => IssueAccessTokenOutcome, {
    description: 'A one-time token, good for 24 hours at most, with which a browser saves one run of one test without the client key: it sends `Authorization: Bearer <token>` with saveProgress. Bound to a user, it attaches the result too.',
  })
  async issueAccessToken(
    @Arg('input', () => IssueAccessTokenInput, { description: 'Which test, for whom, and for how long.' })
    { test, userId, ttlSeconds }: IssueAccessTokenInput,
    @Ctx() { caller }: RequestContext,
  ): Promise<typeof IssueAccessTokenOutcome> {
    const { database, catalogue, now } = this.services;
    const wanted = { test, userId: userId ?? null, ttlSeconds: ttlSeconds ?? TOKEN_TTL };
    return tokenOutcome(await issueToken(database, catalogue, await caller.client(), wanted, now()));
  }
}
