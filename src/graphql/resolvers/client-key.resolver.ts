import { type GraphQLResolveInfo, Kind, type OperationDefinitionNode } from 'graphql';
import { Arg, Ctx, FieldResolver, ID, Info, Mutation, Resolver, Root } from 'type-graphql';
import {
  Client, ClientKey, KEY_GRACE, KEY_LIMIT, livingKeys, revokeKey, rotateKey, type StoredKey,
} from '../../clients/index.js';
import { nodeId, parseNodeId } from '../../kernel/ids.js';
import { InputError } from '../../kernel/input-error.js';
import {
  revocationOutcome, RevokeClientKeyInput, RevokeClientKeyOutcome, RotateClientKeyInput, RotateClientKeyOutcome, rotationOutcome,
} from '../client-keys.js';
import type { RequestContext, Services } from '../context.js';
import { listOf } from '../cost.js';

@Resolver(() => ClientKey)
export class ClientKeyResolver {
  constructor(private readonly services: Services) {}

  @Mutation(() => RotateClientKeyOutcome, {
    description: 'Make a new key, and let the key that signs the request end after a grace, in which both are good. For a key that others have found take no grace. It has to be alone in its request: an error of another field would keep the new key from you. If the answer is lost, ask the platform for a key before the old one ends.',
  })
  async rotateClientKey(
    @Arg('input', () => RotateClientKeyInput, { description: 'For how long the old key stays good.' })
    { graceSeconds }: RotateClientKeyInput,
    @Ctx() { caller }: RequestContext,
    @Info() { operation }: GraphQLResolveInfo,
  ): Promise<typeof RotateClientKeyOutcome> {
    if (!isAlone(operation)) throw new InputError('rotateClientKey has to be alone in its request: send the rest in another one.');
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

/** Whether an operation is one field; a fragment may hold several. */
function isAlone({ selectionSet: { selections } }: OperationDefinitionNode): boolean {
  return selections.length === 1 && selections[0]!.kind === Kind.FIELD;
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
