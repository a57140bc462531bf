import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { type AnswerIssue as FoundAnswerIssue, AnswerIssueCode, ISSUES_TOLD } from '../../results/index.js';
import { Problem, ProblemCode } from './problem.js';

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

@ObjectType({ implements: Problem, description: 'The idempotency key belongs to an earlier request with another content: another test, other answers, another revision, another order; or its result was erased with its user.' })
export class IdempotencyKeyReusedProblem extends Problem {
  constructor() {
    super(
      ProblemCode.IDEMPOTENCY_KEY_REUSED,
      'The idempotency key was used for another request, or for a result that was erased: make a new UUID for each run of a test and for each order.',
    );
  }
}

/** Why an access token does not admit a save. */
export enum AccessTokenFault {
  UNKNOWN = 'UNKNOWN',
  USED = 'USED',
  OTHER_TEST = 'OTHER_TEST',
}

registerEnumType(AccessTokenFault, {
  name: 'AccessTokenFault',
  description: 'Why an access token does not admit a save.',
  valuesConfig: {
    UNKNOWN: { description: 'It was never issued, it has expired, or its user was erased.' },
    USED: { description: 'It was used for another save.' },
    OTHER_TEST: { description: 'It is for another test; it is still good for that one.' },
  },
});

const accessTokenAdvice: Readonly<Record<AccessTokenFault, string>> = {
  [AccessTokenFault.UNKNOWN]: 'The access token is unknown or has expired: ask for a new one with issueAccessToken.',
  [AccessTokenFault.USED]: 'The access token was used: ask for a new one for each run of a test.',
  [AccessTokenFault.OTHER_TEST]: 'The access token is for another test: ask for one for this test.',
};

@ObjectType({ implements: Problem, description: 'The access token does not admit this save; nothing was saved, and the token is as it was.' })
export class AccessTokenInvalidProblem extends Problem {
  @Field(() => AccessTokenFault, { description: 'What is wrong with it.' })
  readonly fault: AccessTokenFault;

  constructor(fault: AccessTokenFault) {
    super(ProblemCode.ACCESS_TOKEN_INVALID, accessTokenAdvice[fault]);
    this.fault = fault;
  }
}
