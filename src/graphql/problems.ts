import { Field, ID, Int, InterfaceType, ObjectType, registerEnumType } from 'type-graphql';
import { type LicenseLimitReached, type LicensePolicyRefusal, LicensePolicyRule } from '../licensing/index.js';
import { type AnswerIssue as FoundAnswerIssue, AnswerIssueCode, ISSUES_TOLD } from '../results/index.js';

/** The expected refusals: each is a type of its own that carries the facts to act on. */
export enum ProblemCode {
  TEST_NOT_FOUND = 'TEST_NOT_FOUND',
  ANSWERS_INVALID = 'ANSWERS_INVALID',
  REVISION_CLOSED = 'REVISION_CLOSED',
  IDEMPOTENCY_KEY_REUSED = 'IDEMPOTENCY_KEY_REUSED',
  RESULT_NOT_FOUND = 'RESULT_NOT_FOUND',
  RESULT_ALREADY_ATTACHED = 'RESULT_ALREADY_ATTACHED',
  LICENSE_LIMIT_REACHED = 'LICENSE_LIMIT_REACHED',
  RESULT_LIMIT_REACHED = 'RESULT_LIMIT_REACHED',
  CLIENT_SUSPENDED = 'CLIENT_SUSPENDED',
}

registerEnumType(ProblemCode, {
  name: 'ProblemCode',
  description: 'The expected refusals of mutations, one for each type that implements `Problem`.',
  valuesConfig: {
    TEST_NOT_FOUND: { description: 'No published test has this slug.' },
    ANSWERS_INVALID: { description: 'The answers do not fit the test.' },
    REVISION_CLOSED: { description: 'The named edition of the test takes no answers any more.' },
    IDEMPOTENCY_KEY_REUSED: { description: 'The idempotency key belongs to another request.' },
    RESULT_NOT_FOUND: { description: 'No result has this key.' },
    RESULT_ALREADY_ATTACHED: { description: 'Another user has the result.' },
    LICENSE_LIMIT_REACHED: { description: 'Payment policy: all licenses are issued.' },
    RESULT_LIMIT_REACHED: { description: "License policy: the user's license admits no further result of this kind." },
    CLIENT_SUSPENDED: { description: 'The client is suspended and issues no licenses.' },
  },
});

@InterfaceType({ description: 'Why a mutation refused. Nothing was changed.' })
export abstract class Problem {
  @Field(() => ProblemCode, { description: 'The refusal, for programs.' })
  readonly code: ProblemCode;

  @Field(() => String, { description: 'The refusal in English, for developers.' })
  readonly message: string;

  protected constructor(code: ProblemCode, message: string) {
    this.code = code;
    this.message = message;
  }
}

@ObjectType({ implements: Problem, description: 'No published test has this slug.' })
export class TestNotFoundProblem extends Problem {
  constructor() {
    super(ProblemCode.TEST_NOT_FOUND, 'No published test has this slug: `Query.tests` lists them.');
  }
}

@ObjectType({ description: 'What is wrong with the answer to one question.' })
export class AnswerIssue {
  @Field(() => ID, { description: 'The question that the issue is about; cut short when unknown and very long.' })
  questionId!: string;

  @Field(() => AnswerIssueCode, { description: 'The kind of issue, for programs.' })
  code!: AnswerIssueCode;

  @Field(() => String, { description: 'The issue in English, for developers.' })
  message!: string;
}

@ObjectType({ implements: Problem, description: 'The answers do not fit the test; nothing was saved.' })
export class AnswersInvalidProblem extends Problem {
  @Field(() => [AnswerIssue], { description: `The issues in the order of the answers, at most ${ISSUES_TOLD}.` })
  readonly issues: readonly FoundAnswerIssue[];

  @Field(() => Int, { description: 'How many issues there are, also those that are not listed.' })
  readonly issueCount: number;

  constructor(issues: readonly FoundAnswerIssue[], issueCount: number) {
    const count = issueCount === 1 ? '1 issue' : `${issueCount} issues`;
    super(ProblemCode.ANSWERS_INVALID, `The answers do not fit the test: ${count}.`);
    this.issues = issues;
    this.issueCount = issueCount;
  }
}

@ObjectType({
  implements: Problem,
  description: 'The named edition of the test takes no answers: it was never published, or another one took its place too long ago.',
})
export class RevisionClosedProblem extends Problem {
  @Field(() => Int, { description: '`Test.revision` as it is now.' })
  readonly publishedRevision: number;

  constructor(publishedRevision: number) {
    super(
      ProblemCode.REVISION_CLOSED,
      `This revision takes no answers: fetch the questions again, they are revision ${publishedRevision} now, and let them be answered.`,
    );
    this.publishedRevision = publishedRevision;
  }
}

@ObjectType({ implements: Problem, description: 'The idempotency key belongs to an earlier save of another test, other answers or another revision.' })
export class IdempotencyKeyReusedProblem extends Problem {
  constructor() {
    super(
      ProblemCode.IDEMPOTENCY_KEY_REUSED,
      'The idempotency key was used for another request: make a new UUID for each run of a test.',
    );
  }
}

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
