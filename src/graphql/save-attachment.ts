import { Field, ObjectType } from 'type-graphql';
import type { AttachmentDecision } from '../licensing/index.js';
import { ProblemCode } from './problems/index.js';

/** A browser reads these, so they tell neither numbers of the client nor whom it knows. */
const refusals = {
  CLIENT_SUSPENDED: 'The site is suspended: the result is saved, and may be attached when the site is active again.',
  RESULT_NOT_FOUND: 'The result is gone.',
  RESULT_ALREADY_ATTACHED: 'Another user has the result.',
  LICENSE_LIMIT_REACHED: 'The site has no license left: the result is saved, and may be attached when it has one.',
  RESULT_LIMIT_REACHED: "The user's license admits no further result of this kind: the result is saved.",
} as const satisfies Partial<Record<ProblemCode, string>>;

@ObjectType({ description: 'Whether a saved result was attached to the user to whom the access token is bound. Safe to show to a browser.' })
export class SaveAttachment {
  @Field(() => Boolean, { description: 'Whether the user has the result.' })
  readonly attached: boolean;

  @Field(() => ProblemCode, {
    nullable: true,
    description: 'Why the user does not have it, as attachResult would tell; null when attached. The cause may go: the same save repeated with the token tries again, and so does attachResult.',
  })
  readonly problem: ProblemCode | null;

  @Field(() => String, { nullable: true, description: 'The problem in English, for developers; null when attached.' })
  readonly message: string | null;

  constructor({ kind }: AttachmentDecision) {
    const refusal = kind === 'GRANTED' || kind === 'REPLAYED' ? null : kind;
    this.attached = refusal === null;
    this.problem = refusal && ProblemCode[refusal];
    this.message = refusal && refusals[refusal];
  }
}
