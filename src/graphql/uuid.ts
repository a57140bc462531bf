import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { GraphQLUUID as LenientUUID } from 'graphql-scalars';

const PATTERN = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** The scalar of graphql-scalars, which lets half a pair of braces through, made strict. Input comes in lower case. */
export const GraphQLUUID = new GraphQLScalarType<string>({
  ...LenientUUID.toConfig(),
  // PostgreSQL gives no other.
  serialize: String,
  parseValue: parsed,
  parseLiteral: (node) => parsed(node.kind === Kind.STRING ? node.value : null),
});

function parsed(value: unknown): string {
  const uuid = typeof value === 'string' ? value.toLowerCase() : '';
  if (!PATTERN.test(uuid)) throw new GraphQLError('This is no UUID such as "0190cb2e-5a1f-7c3d-9e4b-6f8a2d1c0b7e".');
  return uuid;
}
