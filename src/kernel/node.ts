import { Field, ID, InterfaceType } from 'type-graphql';

/** The name of the type of an object that was found by its id. */
export function typeOfNode({ __typename }: { readonly __typename: string }): string {
  return __typename;
}

/** An object that can be asked for again by its id. The class declares the API's shape; ids are made by `ids.ts`. */
@InterfaceType({
  description: 'Anything that has an id of its own and can be asked for again by `Query.node`.',
  resolveType: typeOfNode,
})
export abstract class Node {
  @Field(() => ID, { description: 'Opaque, unique among all objects of this API.' })
  id!: string;
}
