import { Arg } from 'type-graphql';
import { GraphQLLocale } from '../locale.js';

/** The argument of every translated text. */
export const LocaleArg = (): ParameterDecorator =>
  Arg('locale', () => GraphQLLocale, {
    nullable: true,
    description: "The reader's language; when the text lacks it, or without this argument, the test's own first one.",
  }) as ParameterDecorator;
