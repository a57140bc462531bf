import { Field, Int, ObjectType } from 'type-graphql';
import { type LicenseLimitReached, type LicensePolicyRefusal, LicensePolicyRule } from '../../licensing/index.js';
import { Problem, ProblemCode } from './problem.js';

@ObjectType({ implements: Problem, description: 'No result has this key.' })
export class ResultNotFoundProblem extends Problem {
  constructor() {
    super(ProblemCode.RESULT_NOT_FOUND, 'No result has this key: use the `resultKey` that saveProgress returned.');
  }
}

@ObjectType({ implements: Problem, description: 'Another user, of this client or of another one, has the result.' })
export class ResultAlreadyAttachedProblem extends Problem {
  constructor() {
    super(ProblemCode.RESULT_ALREADY_ATTACHED, 'Another user has this result: a result belongs to one user for good.');
  }
}

@ObjectType({ implements: Problem, description: 'Payment policy: a prepaid client has issued all its licenses.' })
export class LicenseLimitReachedProblem extends Problem {
  @Field(() => Int, { description: 'Licenses that the client has paid for.' })
  readonly limit: number;

  @Field(() => Int, { description: 'Licenses beyond the limit that the client may issue.' })
  readonly overdraft: number;

  @Field(() => Int, { description: 'Licenses that the client has issued.' })
  readonly issued: number;

  constructor({ limit, overdraft, issued }: LicenseLimitReached) {
    super(
      ProblemCode.LICENSE_LIMIT_REACHED,
      'All licenses are issued: users registered before can go on, new ones need further licenses.',
    );
    this.limit = limit;
    this.overdraft = overdraft;
    this.issued = issued;
  }
}

@ObjectType({
  implements: Problem,
  description: "License policy: the user's license admits no further result of this kind.",
})
export class ResultLimitReachedProblem extends Problem {
  @Field(() => LicensePolicyRule, { description: 'The part of the policy that refused.' })
  readonly rule: LicensePolicyRule;

  @Field(() => Int, { description: 'What the policy admits.' })
  readonly limit: number;

  @Field(() => Int, { description: 'What the user has had already.' })
  readonly used: number;

  constructor({ rule, limit, used }: LicensePolicyRefusal) {
    super(ProblemCode.RESULT_LIMIT_REACHED, `The user's license admits ${limit} by the rule ${rule}, and ${used} are used.`);
    this.rule = rule;
    this.limit = limit;
    this.used = used;
  }
}

@ObjectType({ implements: Problem, description: 'The client is suspended and issues no licenses.' })
export class ClientSuspendedProblem extends Problem {
  constructor() {
    super(ProblemCode.CLIENT_SUSPENDED, 'The client is suspended: no users are registered and no results attached.');
  }
}

@ObjectType({ implements: Problem, description: 'The client has no such user, or the user was erased.' })
export class UserNotFoundProblem extends Problem {
  constructor() {
    super(ProblemCode.USER_NOT_FOUND, 'You have no such user: `viewer.users` lists all.');
  }
}
