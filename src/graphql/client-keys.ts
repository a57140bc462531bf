import { createUnionType, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { ClientKey, KEY_GRACE, KEY_LIMIT, type KeyRevocation, type KeyRotation, type StoredKey } from '../clients/index.js';
import { unauthenticated } from './errors.js';
import { EndingKeyProblem, KeyLimitReachedProblem, KeyNotFoundProblem, LastKeyProblem } from './problems/index.js';

@InputType({ description: 'How the key that signs the request is to be replaced.' })
export class RotateClientKeyInput {
  @Field(() => Int, {
    nullable: true,
    defaultValue: KEY_GRACE.usual,
    description: `For how many seconds more the old key is good: 0 to ${KEY_GRACE.longest} (30 days), a day when null; never longer than it would be anyway. 0 ends it at once: whoever loses the answer is locked out then.`,
  })
  graceSeconds?: number | null;
}

@InputType({ description: 'Which key is to end.' })
export class RevokeClientKeyInput {
  @Field(() => ID, { description: '`ClientKey.id`.' })
  keyId!: string;
}

@ObjectType({ description: 'A new key is made; the old one ends after the grace.' })
export class RotateClientKeySuccess {
  @Field(() => String, { description: 'CLIENT_KEY: the new key itself, shown this once.' })
  readonly key: string;

  @Field(() => ClientKey, { description: 'The new key. It lives on until it is replaced or revoked.' })
  readonly clientKey: StoredKey;

  @Field(() => ClientKey, { description: 'The key that signed the request, with its end.' })
  readonly replaced: StoredKey;

  constructor({ key, clientKey, replaced }: KeyRotation & { kind: 'ROTATED' }) {
    this.key = key;
    this.clientKey = clientKey;
    this.replaced = replaced;
  }
}

@ObjectType({ description: 'The key has ended.' })
export class RevokeClientKeySuccess {
  @Field(() => ClientKey, { description: 'The key with its end.' })
  readonly clientKey: StoredKey;

  @Field(() => Boolean, { description: 'Whether the key had ended before, so that nothing was changed.' })
  readonly replayed: boolean;

  constructor({ clientKey, replayed }: KeyRevocation & { kind: 'REVOKED' }) {
    this.clientKey = clientKey;
    this.replayed = replayed;
  }
}

export const RotateClientKeyOutcome = createUnionType({
  name: 'RotateClientKeyOutcome',
  description: 'What rotateClientKey answers; the problems stand in their order of precedence.',
  types: () => [RotateClientKeySuccess, EndingKeyProblem, KeyLimitReachedProblem] as const,
});

export const RevokeClientKeyOutcome = createUnionType({
  name: 'RevokeClientKeyOutcome',
  description: 'What revokeClientKey answers; the problems stand in their order of precedence.',
  types: () => [RevokeClientKeySuccess, KeyNotFoundProblem, EndingKeyProblem, LastKeyProblem] as const,
});

/** The answer of rotateClientKey; UNAUTHENTICATED for a key that ended while the request was under way. */
export function rotationOutcome(rotation: KeyRotation): typeof RotateClientKeyOutcome {
  switch (rotation.kind) {
    case 'ROTATED': return new RotateClientKeySuccess(rotation);
    case 'ENDING_KEY': return new EndingKeyProblem();
    case 'KEY_LIMIT_REACHED': return new KeyLimitReachedProblem(KEY_LIMIT);
    case 'KEY_ENDED': throw keyEnded();
  }
}

/** The answer of revokeClientKey; UNAUTHENTICATED for a key that ended while the request was under way. */
export function revocationOutcome(revocation: KeyRevocation): typeof RevokeClientKeyOutcome {
  switch (revocation.kind) {
    case 'REVOKED': return new RevokeClientKeySuccess(revocation);
    case 'KEY_NOT_FOUND': return new KeyNotFoundProblem();
    case 'ENDING_KEY': return new EndingKeyProblem();
    case 'LAST_KEY': return new LastKeyProblem();
    case 'KEY_ENDED': throw keyEnded();
  }
}

function keyEnded() {
  return unauthenticated('The client key ended while the request was under way: nothing was changed.');
}
