import { createUnionType, Field, InputType, Int, ObjectType } from 'type-graphql';
import { type ErasureOutcome, externalId, type Person } from '../clients/index.js';
import { InputError } from '../kernel/input-error.js';
import { UserNotFoundProblem } from './problems/index.js';
import { GraphQLUUID } from './uuid.js';

@InputType({ description: 'Whom to erase: exactly one of the two.' })
export class EraseUserInput {
  @Field(() => String, { nullable: true, description: 'Your own id of the person.' })
  userId?: string | null;

  @Field(() => GraphQLUUID, { nullable: true, description: 'USER_KEY.' })
  key?: string | null;
}

@ObjectType({ description: 'The person is erased.' })
export class EraseUserSuccess {
  @Field(() => GraphQLUUID, {
    nullable: true,
    description: 'USER_KEY that the user had; it names nobody any more. Null when the person was never registered, but had access tokens.',
  })
  readonly userKey: string | null;

  @Field(() => Int, { description: 'How many results were erased with the person: those of the user, and those that were saved with the access tokens but not attached.' })
  readonly results: number;

  constructor({ userKey, results }: ErasureOutcome & { kind: 'ERASED' }) {
    this.userKey = userKey;
    this.results = results;
  }
}

export const EraseUserOutcome = createUnionType({
  name: 'EraseUserOutcome',
  description: 'What eraseUser answers.',
  types: () => [EraseUserSuccess, UserNotFoundProblem] as const,
});

/** Whom the input names; an `InputError` when it names nobody, or twice. */
export function personIn({ userId = null, key = null }: EraseUserInput): Person {
  if (userId !== null && key === null) return { externalId: externalId(userId) };
  if (key !== null && userId === null) return { key };
  throw new InputError('Give exactly one of "userId" and "key".');
}

/** The answer of eraseUser. */
export function eraseUserOutcome(outcome: ErasureOutcome): typeof EraseUserOutcome {
  return outcome.kind === 'ERASED' ? new EraseUserSuccess(outcome) : new UserNotFoundProblem();
}
