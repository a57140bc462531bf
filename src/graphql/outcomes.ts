import { createUnionType, Field, ObjectType } from 'type-graphql';
import { type RegisteredUser, User } from '../clients/index.js';
import type { AttachmentDecision, LicensingOutcome, RegistrationDecision } from '../licensing/index.js';
import type { SaveProgressOutcome as SaveOutcome } from '../results/index.js';
import { LicenseUsage, type LicenseUsageRoot } from './license-usage.js';
import {
  AccessTokenFault,
  AccessTokenInvalidProblem,
  AnswersInvalidProblem,
  ClientSuspendedProblem,
  IdempotencyKeyReusedProblem,
  LicenseLimitReachedProblem,
  type Problem,
  ResultAlreadyAttachedProblem,
  ResultLimitReachedProblem,
  ResultNotFoundProblem,
  RevisionClosedProblem,
  TestNotFoundProblem,
} from './problems/index.js';
import { SaveAttachment } from './save-attachment.js';
import { GraphQLUUID } from './uuid.js';

@ObjectType({ description: 'The answers are saved, scored and named by a key.' })
export class SaveProgressSuccess {
  @Field(() => GraphQLUUID, { description: 'RESULT_KEY: the secret by which the result is read and attached.' })
  readonly resultKey: string;

  @Field(() => Boolean, { description: 'Whether an earlier request with the same idempotency key or access token had saved them.' })
  readonly replayed: boolean;

  @Field(() => SaveAttachment, {
    nullable: true,
    description: 'What became of the result for the user to whom the access token is bound; null without such a token. The answers are saved in any case.',
  })
  readonly attachment: SaveAttachment | null;

  constructor({ resultKey, replayed, attachment }: SaveOutcome & { kind: 'SAVED' }) {
    this.resultKey = resultKey;
    this.replayed = replayed;
    this.attachment = attachment && new SaveAttachment(attachment);
  }
}

@ObjectType({ description: 'The result belongs to the user.' })
export class AttachResultSuccess {
  @Field(() => User, { description: 'The user who has the result.' })
  readonly user: RegisteredUser;

  @Field(() => Boolean, { description: 'Whether the user was new, so that this request issued a license.' })
  readonly licenseIssued: boolean;

  @Field(() => LicenseUsage, { description: "The client's licenses right after this request." })
  readonly licenseUsage: LicenseUsageRoot;

  @Field(() => Boolean, { description: 'Whether the user had the result already, so that nothing was changed.' })
  readonly replayed: boolean;

  constructor(readonly resultKey: string, user: RegisteredUser, licenseUsage: LicenseUsageRoot, decision: AttachmentDecision) {
    this.user = user;
    this.licenseUsage = licenseUsage;
    this.licenseIssued = decision.kind === 'GRANTED' && decision.licenseIssued;
    this.replayed = decision.kind === 'REPLAYED';
  }
}

@ObjectType({ description: '`attachResult` would attach the result now.' })
export class AttachmentCheckSuccess {
  @Field(() => Boolean, { description: 'Whether the user is new, so that attaching would issue a license.' })
  readonly licenseIssued: boolean;

  @Field(() => Boolean, { description: 'Whether the user has the result already, so that attaching would change nothing.' })
  readonly replayed: boolean;

  constructor(decision: AttachmentDecision) {
    this.licenseIssued = decision.kind === 'GRANTED' && decision.licenseIssued;
    this.replayed = decision.kind === 'REPLAYED';
  }
}

@ObjectType({ description: 'The user is registered.' })
export class RegisterUserSuccess {
  @Field(() => User, { description: 'The registered user.' })
  readonly user: RegisteredUser;

  @Field(() => Boolean, { description: 'Whether the user was new, so that this request issued a license.' })
  readonly licenseIssued: boolean;

  @Field(() => LicenseUsage, { description: "The client's licenses right after this request." })
  readonly licenseUsage: LicenseUsageRoot;

  @Field(() => Boolean, { description: 'Whether the user was registered already, so that nothing was changed.' })
  readonly replayed: boolean;

  constructor(user: RegisteredUser, licenseUsage: LicenseUsageRoot, decision: RegistrationDecision) {
    this.user = user;
    this.licenseUsage = licenseUsage;
    this.licenseIssued = decision.kind === 'REGISTERED';
    this.replayed = decision.kind === 'KNOWN';
  }
}

export const SaveProgressOutcome = createUnionType({
  name: 'SaveProgressOutcome',
  description: 'What saveProgress answers.',
  types: () => [
    SaveProgressSuccess, TestNotFoundProblem, RevisionClosedProblem, AnswersInvalidProblem, IdempotencyKeyReusedProblem,
    AccessTokenInvalidProblem,
  ] as const,
});

const attachmentProblems = [
  ClientSuspendedProblem,
  ResultNotFoundProblem,
  ResultAlreadyAttachedProblem,
  LicenseLimitReachedProblem,
  ResultLimitReachedProblem,
] as const;

export const AttachResultOutcome = createUnionType({
  name: 'AttachResultOutcome',
  description: 'What attachResult answers; the problems stand in their order of precedence.',
  types: () => [AttachResultSuccess, ...attachmentProblems] as const,
});

export const AttachmentCheckOutcome = createUnionType({
  name: 'AttachmentCheckOutcome',
  description: 'What checkAttachment answers; the problems stand in their order of precedence.',
  types: () => [AttachmentCheckSuccess, ...attachmentProblems] as const,
});

export const RegisterUserOutcome = createUnionType({
  name: 'RegisterUserOutcome',
  description: 'What registerUser answers; the problems stand in their order of precedence.',
  types: () => [RegisterUserSuccess, ClientSuspendedProblem, LicenseLimitReachedProblem] as const,
});

/** The answer of saveProgress. */
export function saveProgressOutcome(outcome: SaveOutcome): SaveProgressSuccess | Problem {
  switch (outcome.kind) {
    case 'SAVED': return new SaveProgressSuccess(outcome);
    case 'TEST_NOT_FOUND': return new TestNotFoundProblem();
    case 'REVISION_CLOSED': return new RevisionClosedProblem(outcome.publishedRevision);
    case 'ANSWERS_INVALID': return new AnswersInvalidProblem(outcome.issues, outcome.issueCount);
    case 'IDEMPOTENCY_KEY_REUSED': return new IdempotencyKeyReusedProblem();
    case 'ACCESS_TOKEN_INVALID': return new AccessTokenInvalidProblem(AccessTokenFault[outcome.fault]);
  }
}

/** The refusal that a licensing decision is; null when it grants. */
export function licensingProblem({ decision }: LicensingOutcome): Problem | null {
  switch (decision.kind) {
    case 'CLIENT_SUSPENDED': return new ClientSuspendedProblem();
    case 'RESULT_NOT_FOUND': return new ResultNotFoundProblem();
    case 'RESULT_ALREADY_ATTACHED': return new ResultAlreadyAttachedProblem();
    case 'LICENSE_LIMIT_REACHED': return new LicenseLimitReachedProblem(decision);
    case 'RESULT_LIMIT_REACHED': return new ResultLimitReachedProblem(decision);
    case 'GRANTED':
    case 'REPLAYED':
    case 'REGISTERED':
    case 'KNOWN':
      return null;
  }
}
