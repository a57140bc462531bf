import type { ComplexityEstimatorArgs } from 'graphql-query-complexity/cjs';
import { Arg, Ctx, Extensions, Field, FieldResolver, ID, Mutation, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { type PublishedQuestion, type PublishedTest, Question, Test } from '../../catalogue/index.js';
import { externalId, type RegisteredUser, User } from '../../clients/index.js';
import { nodeId } from '../../kernel/ids.js';
import { InputError } from '../../kernel/input-error.js';
import { belongsTo, reportIsAvailable, Result, type ResultHead, type SavedResult } from '../../results/index.js';
import type { Caller } from '../caller.js';
import type { RequestContext, Services } from '../context.js';
import { listOf, SAVE_COST, writes } from '../cost.js';
import { ReportAvailability } from '../enums.js';
import { AttachResultInput, respondentOf, SaveProgressInput } from '../inputs.js';
import { licenseUsageRoot } from '../license-usage.js';
import {
  AttachmentCheckOutcome,
  AttachmentCheckSuccess,
  AttachResultOutcome,
  AttachResultSuccess,
  licensingProblem,
  SaveProgressOutcome,
  saveProgressOutcome,
  SaveProgressSuccess,
} from '../outcomes.js';
import { Report } from '../report.js';
import { GraphQLUUID } from '../uuid.js';
import { reportRoot } from './report.resolver.js';

/** What a report costs beside its fields: lists of results do without, and each is kilobytes to read. */
const REPORT_COST = 10;

@ObjectType({ description: 'A saved answer with its question.' })
export class Answer {
  @Field(() => Question, { description: 'The question as it was answered.' })
  question!: PublishedQuestion;

  @Field(() => [String], { description: 'The values given; empty for a skipped question.' })
  values!: readonly string[];
}

@Resolver(() => Result)
export class ResultResolver {
  constructor(private readonly services: Services) {}

  @Query(() => Result, {
    nullable: true,
    description: 'A result by the key that saveProgress returned. The key is the secret: whoever holds it may read. Null for an unknown key.',
  })
  result(
    @Arg('key', () => GraphQLUUID, { description: 'RESULT_KEY.' }) key: string,
    @Ctx() { loaders }: RequestContext,
  ): Promise<SavedResult | null> {
    return loaders.result.load(key);
  }

  @Extensions(writes(SAVE_COST))
  @Mutation(() => SaveProgressOutcome, {
    description: 'Save the answers of a finished test and get the RESULT_KEY. Public; an access token in the place of a client key is used up, and attaches the result to the user to whom it is bound. A token that is not good saves nothing.',
  })
  async saveProgress(
    @Arg('input', () => SaveProgressInput, { description: 'The answers and their test.' })
    { test, answers, revision, respondent, idempotencyKey }: SaveProgressInput,
    @Ctx() { caller, loaders }: RequestContext,
  ): Promise<typeof SaveProgressOutcome> {
    const outcome = await this.services.saveProgress.execute({
      test, answers, revision: revision ?? null, respondent: respondentOf(respondent), idempotencyKey: idempotencyKey ?? null,
      accessToken: caller.accessToken,
    });
    if (outcome.kind === 'ACCESS_TOKEN_INVALID' && outcome.fault === 'UNKNOWN') await caller.noteFailure();
    // An earlier field of this request may have read the result without its user.
    if (outcome.kind === 'SAVED') loaders.result.clear(outcome.resultKey);
    return saveProgressOutcome(outcome);
  }

  @Mutation(() => AttachResultOutcome, {
    description: 'Give a result to a user, registering the user (which issues a license) when new. Repeating it changes nothing.',
  })
  async attachResult(
    @Arg('input', () => AttachResultInput, { description: 'Which result, and whose it is.' }) input: AttachResultInput,
    @Ctx() { caller, loaders }: RequestContext,
  ): Promise<typeof AttachResultOutcome> {
    const client = await caller.client();
    const { resultKey, userId } = input;
    const outcome = await this.services.licensing.attach(client.id, externalId(userId), resultKey);
    const problem = licensingProblem(outcome);
    if (problem) return problem;
    // An earlier field of this request may have read the result without its user.
    loaders.result.clear(resultKey);
    const usage = licenseUsageRoot(client, outcome.account, this.services.now());
    return new AttachResultSuccess(resultKey, outcome.user!, usage, outcome.decision);
  }

  @Mutation(() => AttachmentCheckOutcome, { description: 'What attachResult would answer now. Changes nothing.' })
  async checkAttachment(
    @Arg('input', () => AttachResultInput, { description: 'Which result, and whose it is.' }) input: AttachResultInput,
    @Ctx() { caller }: RequestContext,
  ): Promise<typeof AttachmentCheckOutcome> {
    const client = await caller.client();
    const outcome = await this.services.licensing.check(client.id, externalId(input.userId), input.resultKey);
    return (licensingProblem(outcome) ?? new AttachmentCheckSuccess(outcome.decision));
  }

  @FieldResolver(() => ID, { description: 'For `Query.node`. As secret as `key`, which it encodes.' })
  id(@Root() result: ResultHead): string {
    return nodeId('Result', result.id);
  }

  @FieldResolver(() => GraphQLUUID, { description: 'RESULT_KEY.' })
  key(@Root() result: ResultHead): string {
    return result.id;
  }

  @FieldResolver(() => Test, { description: 'The test with the questions that were answered, also when it has changed since.' })
  test(@Root() { testId, revisionNumber }: ResultHead): Promise<PublishedTest> {
    return this.services.catalogue.revision(testId, revisionNumber);
  }

  @FieldResolver(() => User, {
    nullable: true,
    description: 'The user who has the result. Null until attached, and for a caller that is not the client of the user.',
  })
  async user(@Root() result: ResultHead, @Ctx() { caller, loaders }: RequestContext): Promise<RegisteredUser | null> {
    const { clientId, userId } = result;
    if (clientId === null || userId === null || !(await this.isOwner(result, caller))) return null;
    return loaders.user.load({ clientId, userId });
  }

  @FieldResolver(() => ReportAvailability, { description: 'Whether the report may be read.' })
  async reportAvailability(@Root() result: ResultHead): Promise<ReportAvailability> {
    const available = reportIsAvailable(await this.test(result), result);
    return available ? ReportAvailability.AVAILABLE : ReportAvailability.USER_REQUIRED;
  }

  @FieldResolver(() => Report, {
    complexity: ({ childComplexity }: ComplexityEstimatorArgs) => REPORT_COST + childComplexity,
    nullable: true,
    description: 'What was calculated from the answers. Null unless available.',
  })
  async report(@Root() result: ResultHead, @Ctx() { loaders }: RequestContext): Promise<object | null> {
    const test = await this.test(result);
    if (!reportIsAvailable(test, result)) return null;
    const saved = await loaders.result.load(result.id);
    return saved && reportRoot(saved, test);
  }

  @FieldResolver(() => [Answer], {
    complexity: listOf(100),
    nullable: true,
    description: 'The saved answers with their questions, for quality control. Null for a caller that is not the client of the user.',
  })
  async answers(@Root() result: ResultHead, @Ctx() { caller, loaders }: RequestContext): Promise<Answer[] | null> {
    if (!(await this.isOwner(result, caller))) return null;
    const [saved, { questionsById }] = await Promise.all([loaders.result.load(result.id), this.test(result)]);
    return saved?.answers().map(([id, values]) => ({ question: questionsById.get(id)!, values })) ?? null;
  }

  private async isOwner(result: ResultHead, caller: Caller): Promise<boolean> {
    // Nobody is asked for a key as long as nobody owns the result.
    return result.clientId !== null && belongsTo(result, await caller.clientIdIfSigned());
  }
}

@Resolver(() => SaveProgressSuccess)
export class SaveProgressSuccessResolver {
  @FieldResolver(() => Result, { description: 'The saved result. An error when it was erased right after.' })
  result(@Root() { resultKey }: SaveProgressSuccess, @Ctx() { loaders }: RequestContext): Promise<SavedResult> {
    return existing(loaders, resultKey);
  }
}

@Resolver(() => AttachResultSuccess)
export class AttachResultSuccessResolver {
  @FieldResolver(() => Result, { description: 'The attached result. An error when it was erased right after.' })
  result(@Root() { resultKey }: AttachResultSuccess, @Ctx() { loaders }: RequestContext): Promise<SavedResult> {
    return existing(loaders, resultKey);
  }
}

/** The result of a mutation, which others may erase before it is read. */
async function existing(loaders: RequestContext['loaders'], resultKey: string): Promise<SavedResult> {
  const result = await loaders.result.load(resultKey);
  if (!result) throw new InputError('This was done, but the result was erased right after.');
  return result;
}
