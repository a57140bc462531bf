import { Arg, Args, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { Author, type PublishedAuthor, type PublishedQuestion, type PublishedScale, type PublishedTest, Question, Test } from '../../catalogue/index.js';
import { nodeId } from '../../kernel/ids.js';
import { localize } from '../../kernel/localized.js';
import { type PageKey, pageOfList } from '../../kernel/page.js';
import { type Connection, connectionOf, connectionType, type CursorScope, PAGE_SIZE, PageArgs, pageRequest } from '../connection.js';
import type { Services } from '../context.js';
import { listOf, pageCost } from '../cost.js';
import { GraphQLDateTime } from '../date-time.js';
import { GraphQLLocale } from '../locale.js';
import { QuestionStep, stepAt } from '../question-step.js';
import { Scale } from '../report.js';
import { LocaleArg } from './arguments.js';
import { inLocale } from './question.resolver.js';

export const TestConnection = connectionType('Test', Test);

/** A page of tests that are in memory, newest first. */
export function testConnection(tests: readonly PublishedTest[], args: PageArgs, scope: CursorScope): Connection<PublishedTest> {
  const request = pageRequest(args, scope);
  const keyOf = ({ createdAt, id }: PublishedTest): PageKey => [createdAt.getTime(), id];
  return connectionOf(pageOfList(tests, keyOf, request), request, { ...scope, keyOf, count: () => tests.length });
}

@Resolver(() => Test)
export class TestResolver {
  constructor(private readonly services: Services) {}

  @Query(() => Test, { nullable: true, description: 'A published test by its slug; null when there is none. Public.' })
  test(@Arg('slug', () => String, { description: 'The name of the test in this API.' }) slug: string): PublishedTest | null {
    return this.services.catalogue.bySlug(slug);
  }

  @Query(() => TestConnection, { complexity: pageCost(PAGE_SIZE), description: 'The published tests, newest first. Public.' })
  tests(@Args(() => PageArgs) args: PageArgs): Connection<PublishedTest> {
    return testConnection(this.services.catalogue.tests, args, { list: 'tests', owner: null });
  }

  @FieldResolver(() => ID, { description: 'Opaque, for `Query.node`.' })
  id(@Root() test: PublishedTest): string {
    return nodeId('Test', test.id);
  }

  @FieldResolver(() => String, { description: 'Name to show, as plain text.' })
  name(@Root() test: PublishedTest, @LocaleArg() locale: string | null): string {
    return localize(test.name, locale ?? null, test.locales) ?? test.slug;
  }

  @FieldResolver(() => String, { description: 'What the test is about, as simple HTML.' })
  description(@Root() test: PublishedTest, @LocaleArg() locale: string | null): string {
    return localize(test.description, locale ?? null, test.locales) ?? '';
  }

  @FieldResolver(() => String, { nullable: true, description: 'What to tell the taker first, as simple HTML; null for nothing.' })
  instruction(@Root() test: PublishedTest, @LocaleArg() locale: string | null): string | null {
    return localize(test.instruction, locale ?? null, test.locales);
  }

  @FieldResolver(() => [Author], { complexity: listOf(2), description: 'Who made the test.' })
  authors(@Root() test: PublishedTest): readonly PublishedAuthor[] {
    return test.authors;
  }

  @FieldResolver(() => Int, { description: 'Minutes that the test usually takes.' })
  durationMinutes(@Root() test: PublishedTest): number {
    return test.durationMinutes;
  }

  @FieldResolver(() => Int, {
    description: 'The edition, 1 for the first: pass it to `saveProgress` with the answers to these questions.',
  })
  revision(@Root() test: PublishedTest): number {
    return test.revision;
  }

  @FieldResolver(() => Int, { description: 'Number of questions.' })
  length(@Root() test: PublishedTest): number {
    return test.questions.length;
  }

  @FieldResolver(() => [GraphQLLocale], { description: 'Languages of the test, its own first.' })
  locales(@Root() test: PublishedTest): readonly string[] {
    return test.locales;
  }

  @FieldResolver(() => GraphQLDateTime, { description: 'When the test was first published.' })
  createdAt(@Root() test: PublishedTest): Date {
    return test.createdAt;
  }

  @FieldResolver(() => QuestionStep, {
    nullable: true,
    description: 'One question with its place in the test; null when the test has no such question.',
  })
  question(
    @Root() test: PublishedTest,
    @Arg('id', () => ID, { description: '`Question.id`.' }) id: string,
  ): QuestionStep | null {
    const question = test.questionsById.get(id);
    return question ? stepAt(test, question.position - 1) : null;
  }

  @FieldResolver(() => QuestionStep, { description: 'Where a front end that shows one question at a time begins.' })
  firstQuestion(@Root() test: PublishedTest): QuestionStep | null {
    return stepAt(test, 0);
  }

  @FieldResolver(() => [Question], { complexity: listOf(100), description: 'All questions in their order.' })
  questions(@Root() test: PublishedTest, @LocaleArg() locale: string | null): readonly PublishedQuestion[] {
    return locale ? test.questions.map((question) => inLocale(question, locale)) : test.questions;
  }

  @FieldResolver(() => [Scale], { complexity: listOf(20), description: 'The scales that the author declares.' })
  scales(@Root() test: PublishedTest): readonly PublishedScale[] {
    return test.scales;
  }
}

@Resolver(() => Author)
export class AuthorResolver {
  @FieldResolver(() => String, { description: 'Name to show, as plain text.' })
  name(@Root() author: PublishedAuthor, @LocaleArg() locale: string | null): string {
    return localize(author.name, locale ?? null, author.locales) ?? author.slug;
  }
}

@Resolver(() => Scale)
export class ScaleResolver {
  @FieldResolver(() => String, { description: 'Name to show, as plain text.' })
  name(@Root() scale: PublishedScale, @LocaleArg() locale: string | null): string {
    return localize(scale.name, locale ?? null, scale.locales) ?? scale.id;
  }

  @FieldResolver(() => String, { nullable: true, description: 'What the scale measures, as simple HTML; null for nothing.' })
  description(@Root() scale: PublishedScale, @LocaleArg() locale: string | null): string | null {
    return localize(scale.description ?? null, locale ?? null, scale.locales);
  }

  @FieldResolver(() => ID, { nullable: true, description: '`Scale.id` of the broader scale that this one is a part of; null for a broad one.' })
  parentId(@Root() { parent }: PublishedScale): string | null {
    return parent ?? null;
  }
}
