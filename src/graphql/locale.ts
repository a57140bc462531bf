import { GraphQLError, GraphQLScalarType } from 'graphql';
import { GraphQLLocale as LenientLocale } from 'graphql-scalars';

const { parseValue, ...config } = LenientLocale.toConfig();

/** The scalar of graphql-scalars, which lets through what only looks like a text, such as `true`, made strict. */
export const GraphQLLocale = new GraphQLScalarType<string>({
  ...config,
  // The languages of tests were checked when they were published.
  serialize: String,
  parseValue(value) {
    if (typeof value !== 'string') throw new GraphQLError('This is no locale such as "en": it has to be a text.');
    return parseValue(value);
  },
});
