import { FieldResolver, ID, Resolver, Root } from 'type-graphql';
import { type PublishedOption, type PublishedQuestion, Question, QuestionKind, QuestionOption } from '../../catalogue/index.js';
import { localize } from '../../kernel/localized.js';
import { listOf } from '../cost.js';
import { LocaleArg } from './arguments.js';

/** The question with all its texts in another language first, for fields that do not name one themselves. */
export function inLocale(question: PublishedQuestion, locale: string): PublishedQuestion {
  const locales = [locale, ...question.locales];
  return { ...question, locales, options: question.options.map((option) => ({ ...option, locales })) };
}

@Resolver(() => Question)
export class QuestionResolver {
  @FieldResolver(() => ID, { description: "The author's id of the question, unique within the test; answers refer to it." })
  id(@Root() question: PublishedQuestion): string {
    return question.id;
  }

  @FieldResolver(() => String, { description: 'The question itself, as plain text.' })
  name(@Root() question: PublishedQuestion, @LocaleArg() locale: string | null): string {
    return localize(question.name, locale ?? null, question.locales) ?? question.id;
  }

  @FieldResolver(() => String, { nullable: true, description: 'More about the question, as simple HTML; null for nothing.' })
  text(@Root() question: PublishedQuestion, @LocaleArg() locale: string | null): string | null {
    return localize(question.text, locale ?? null, question.locales);
  }

  @FieldResolver(() => String, { nullable: true, description: 'What to tell the taker after a right answer, as simple HTML; null for nothing.' })
  correctFeedback(@Root() question: PublishedQuestion, @LocaleArg() locale: string | null): string | null {
    return localize(question.correctFeedback, locale ?? null, question.locales);
  }

  @FieldResolver(() => String, { nullable: true, description: 'What to tell the taker after a wrong answer, as simple HTML; null for nothing.' })
  wrongFeedback(@Root() question: PublishedQuestion, @LocaleArg() locale: string | null): string | null {
    return localize(question.wrongFeedback, locale ?? null, question.locales);
  }

  @FieldResolver(() => [QuestionOption], {
    complexity: listOf(5),
    description: 'What the taker may choose, or the fields to fill in. Never tells which choice is right.',
  })
  options(@Root() question: PublishedQuestion): readonly PublishedOption[] {
    return question.options;
  }
}

@Resolver(() => QuestionOption)
export class QuestionOptionResolver {
  @FieldResolver(() => String, {
    description: 'What an answer says when this option is chosen; empty for a field of a TEXT question.',
  })
  value(@Root() { kind, value }: PublishedOption): string {
    // The value of a text field is its right answer.
    return kind === QuestionKind.TEXT ? '' : value;
  }

  @FieldResolver(() => String, { nullable: true, description: 'The label, or the placeholder of a field, as plain text; null for none.' })
  text(@Root() option: PublishedOption, @LocaleArg() locale: string | null): string | null {
    return localize(option.text, locale ?? null, option.locales);
  }
}
