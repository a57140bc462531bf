import type { GraphQLFieldResolver, GraphQLInterfaceType, GraphQLObjectType, GraphQLSchema } from 'graphql';
import { getMetadataStorage } from 'type-graphql';
import { typeOfNode } from '../kernel/node.js';
import type { RequestContext } from './context.js';

type Resolve = GraphQLFieldResolver<unknown, RequestContext>;
type Call = readonly [root: unknown, args: Readonly<Record<string, unknown>>, ...others: unknown[]];
type Method = (...values: unknown[]) => unknown;
type Storage = ReturnType<typeof getMetadataStorage>;
type Handler = Storage['queries'][number] | Storage['fieldResolvers'][number];

/**
 * Lets every field that a method of a resolver class answers call that method, and no more. What TypeGraphQL puts between
 * them checks arguments with a library that is not used here, after a promise for each field that has any: a test with its
 * questions has a thousand. Arguments come as GraphQL has checked them, as plain objects.
 */
export function callDirectly(schema: GraphQLSchema, instances: ReadonlyMap<unknown, unknown>): void {
  const storage = getMetadataStorage();
  const typeNames = new Map<unknown, string>(storage.objectTypes.map(({ target, name }) => [target, name]));
  const typesOf = new Map(storage.resolverClasses.map(({ target, getObjectType }) => [target, getObjectType]));
  const answer = (typeName: string, handler: Handler): void => {
    const { [handler.schemaName]: field } = (schema.getType(typeName) as GraphQLObjectType).getFields();
    field!.resolve = resolverOf(storage, handler, instances.get(handler.target) as Readonly<Record<string, Method>>);
  };
  for (const query of storage.queries) answer('Query', query);
  for (const mutation of storage.mutations) answer('Mutation', mutation);
  for (const field of storage.fieldResolvers) {
    // A method of the type itself needs an object of its class.
    if (field.kind === 'external') answer(typeNames.get(typesOf.get(field.target)!())!, field);
  }
  // There a promise is more than slow: compiled operations await none for a type.
  (schema.getType('Node') as GraphQLInterfaceType).resolveType = typeOfNode;
}

function resolverOf({ params }: Storage, { target, methodName }: Handler, instance: Readonly<Record<string, Method>>): Resolve {
  const readers = params
    .filter((param) => param.target === target && param.methodName === methodName)
    .sort((one, other) => one.index - other.index)
    .map(readerOf);
  const method = instance[methodName]!.bind(instance);
  const [first, ...others] = readers;
  if (first && others.length === 0) return (...call) => method(first(call));
  return (...call) => method(...readers.map((read) => read(call)));
}

function readerOf(param: Storage['params'][number]): (call: Call) => unknown {
  switch (param.kind) {
    case 'root': return ([root]) => root;
    case 'arg': return ([, { [param.name]: value }]) => value;
    case 'args': return ([, args]) => args;
    case 'context': return ([, , context]) => context;
    case 'info': return ([, , , info]) => info;
    default: throw new Error(`A parameter of the kind "${param.kind}" is not known.`);
  }
}
