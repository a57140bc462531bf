import { Field, ID, InterfaceType } from 'type-graphql';

/** An object that can be asked for again by its id. The class declares the API's shape; ids are made by `ids.ts`. */
@InterfaceType({
  description: 'Anything that has an id of its own and can be asked for again by `Query.node`.',
  resolveType: (value: { readonly __typename: string }) => value.__typename,
})
export abstract class Node {
  @Field(() => ID, { description: 'Opaque, unique among all objects of this API.' })
  id!: string;
}
