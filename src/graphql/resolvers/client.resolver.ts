import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { Client, externalId, findUserByExternalId, type RegisteredUser, User } from '../../clients/index.js';
import { nodeId } from '../../kernel/ids.js';
import { InputError } from '../../kernel/input-error.js';
import { Interval, LicensePolicyPreset, presetOf } from '../../licensing/index.js';
import type { RequestContext, Services } from '../context.js';
import { LicensePolicy, LicenseUsage, licenseUsageRoot, type LicenseUsageRoot } from '../license-usage.js';
import { periodIn, PeriodInput } from '../period.js';
import { GraphQLUUID } from '../uuid.js';

@Resolver(() => Client)
export class ClientResolver {
  constructor(private readonly services: Services) {}

  @Query(() => Client, { description: 'The client whose key signed this request; UNAUTHENTICATED without one.' })
  viewer(@Ctx() { caller }: RequestContext): Promise<Client> {
    return caller.client();
  }

  @FieldResolver(() => ID, { description: 'Opaque, for `Query.node`.' })
  id(@Root() client: Client): string {
    return nodeId('Client', client.id);
  }

  @FieldResolver(() => LicensePolicy, { description: 'How many results one license admits.' })
  licensePolicy(@Root() client: Client): LicensePolicy {
    return client;
  }

  @FieldResolver(() => LicenseUsage, { description: 'How many licenses are issued, and how many may be.' })
  licenseUsage(
    @Root() client: Client,
    @Arg('period', () => PeriodInput, {
      nullable: true, description: 'The days to count; without it twelve calendar months, the last of them until today.',
    }) period: PeriodInput | null,
    @Arg('interval', () => Interval, { nullable: true, defaultValue: Interval.MONTH, description: 'What a point of the series stands for.' })
    interval: Interval | null,
  ): LicenseUsageRoot {
    const { paymentPolicy, licenseLimit: limit, overdraft, licensesIssued: issued } = client;
    const account = { paymentPolicy, limit, overdraft, issued };
    return licenseUsageRoot(client, account, this.services.now(), periodIn(period), interval ?? undefined);
  }

  @FieldResolver(() => User, {
    nullable: true,
    description: "A user of the client, by the client's own id or by USER_KEY: exactly one of the two. Null when unknown.",
  })
  async user(
    @Root() client: Client,
    @Ctx() { loaders }: RequestContext,
    @Arg('externalId', () => String, { nullable: true, description: "The client's own id of the person." })
    ownId: string | null,
    @Arg('key', () => GraphQLUUID, { nullable: true, description: 'USER_KEY.' }) key: string | null,
  ): Promise<RegisteredUser | null> {
    if (typeof ownId === 'string' && !key) {
      const user = await findUserByExternalId(this.services.database, client.id, externalId(ownId));
      if (user) loaders.user.prime({ clientId: client.id, userId: user.id }, user);
      return user;
    }
    if (key && typeof ownId !== 'string') return loaders.user.load({ clientId: client.id, userId: key });
    throw new InputError('Give exactly one of "externalId" and "key".');
  }
}

@Resolver(() => LicensePolicy)
export class LicensePolicyResolver {
  @FieldResolver(() => LicensePolicyPreset, { description: 'The name of these limits; CUSTOM when they have none.' })
  preset(@Root() policy: LicensePolicy): LicensePolicyPreset {
    return presetOf(policy);
  }
}
