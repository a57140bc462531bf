import type { Json } from '../../../setup/test-server.js';
import { mutations } from './selections.js';
import type { Step, World } from './world.js';

/** Where in its answer a step finds what it learns, by the names under which that is known later. */
export type Learned = Readonly<Record<string, string>>;

/** A query by the key of that name, or by nobody. */
export function query(name: string, text: string, caller: string | null, variables: (world: World) => object = () => ({})): Step {
  return { operation: `Query.${name}`, call: (world) => world.graphql(text, variables(world), caller) };
}

/** A mutation by the key or the access token of that name, or by nobody. */
export function mutation(
  field: keyof typeof mutations, input: (world: World) => object,
  { by = null, learns = {}, as = '' }: { readonly by?: string | null; readonly learns?: Learned; readonly as?: string } = {},
): Step {
  return {
    operation: `Mutation.${field}${as}`,
    async call(world) {
      const data = await world.graphql(mutations[field], { input: input(world) }, by);
      for (const [name, path] of Object.entries(learns)) world.learn(name, partOf(data[field], path));
      return data;
    },
  };
}

/** `user.key` of an answer; undefined where there is no such part. */
export function partOf(answer: Json, path: string): string | undefined {
  return path.split('.').reduce<Json>((part, name) => part?.[name], answer);
}
