import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import {
  Client, ClientKey, KEY_GRACE, KEY_LIMIT, livingKeys, revokeKey, rotateKey, type StoredKey,
} from '../../clients/index.js';
import { nodeId, parseNodeId } from '../../kernel/ids.js';
import {
  revocationOutcome, RevokeClientKeyInput, RevokeClientKeyOutcome, RotateClientKeyInput, RotateClientKeyOutcome, rotationOutcome,
} from '../client-keys.js';
import type { RequestContext, Services } from '../context.js';
import { listOf } from '../cost.js';

@Resolver(() => ClientKey)
export class ClientKeyResolver {
  constructor(private readonly services: Services) {}

  @Mutation(() => RotateClientKeyOutcome, {
    description: 'Make a new key, and let the key that signs the request end after a grace, in which both are good. A key in its grace may be replaced again: that makes one more new key, and lengthens nothing.',
  })
  async rotateClientKey(
    @Arg('input', () => RotateClientKeyInput, { description: 'For how long the old key stays good.' })
    { graceSeconds }: RotateClientKeyInput,
    @Ctx() { caller }: RequestContext,
  ): Promise<typeof RotateClientKeyOutcome> {
    const { database, now } = this.services;
    return rotationOutcome(await rotateKey(database, await caller.signature(), graceSeconds ?? KEY_GRACE.usual, now));
  }

  @Mutation(() => RevokeClientKeyOutcome, {
    description: 'End a key of the client at once; a key may revoke itself. The last key that lives on is not revoked. Repeating it changes nothing.',
  })
  async revokeClientKey(
    @Arg('input', () => RevokeClientKeyInput, { description: 'Which key.' }) { keyId }: RevokeClientKeyInput,
    @Ctx() { caller }: RequestContext,
  ): Promise<typeof RevokeClientKeyOutcome> {
    const { database, now } = this.services;
    const signature = await caller.signature();
    const named = parseNodeId(keyId);
    if (named?.type !== 'ClientKey') return revocationOutcome({ kind: 'KEY_NOT_FOUND' });
    return revocationOutcome(await revokeKey(database, signature, named.uuid, now));
  }

  @FieldResolver(() => ID, { description: 'Opaque, for `Query.node`, which finds also a key that has ended, and for revokeClientKey.' })
  id(@Root() key: StoredKey): string {
    return nodeId('ClientKey', key.id);
  }

  @FieldResolver(() => Boolean, { description: 'Whether this key signed the request.' })
  async current(@Root() key: StoredKey, @Ctx() { caller }: RequestContext): Promise<boolean> {
    return (await caller.signature()).keyId === key.id;
  }
}

@Resolver(() => Client)
export class ClientKeysResolver {
  constructor(private readonly services: Services) {}

  @FieldResolver(() => [ClientKey], {
    complexity: listOf(KEY_LIMIT),
    description: `The keys that are good now, newest first, at most ${KEY_LIMIT}. A key that has ended leaves the list.`,
  })
  keys(@Root() client: Client): Promise<StoredKey[]> {
    const { database, now } = this.services;
    return livingKeys(database, client.id, now());
  }
}
