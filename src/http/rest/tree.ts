import { RestError } from './rest-error.js';

/** Parameters as PHP nests them: `progress[0][1][]=a` is `{progress: {0: {1: {0: 'a'}}}}`. Without a prototype. */
export interface Tree {
  [name: string]: string | Tree;
}

/** How many parameters a query or a body may have, and answers a progress: those to the largest test need about 10,000. */
export const PARAMETER_LIMIT = 20_000;
/** What is said of more. */
export const TOO_MANY = `Too many parameters: at most ${PARAMETER_LIMIT} are read.`;
/** How deep brackets may nest; answers need three. */
export const NESTING_LIMIT = 8;

/**
 * Nests parameters by the brackets in their names, as PHP does, for which the documented form arrays were made: names of
 * members are kept as they are, `[]` takes the next number, and of two parameters with one name the last counts.
 */
export function treeOf(parameters: Iterable<readonly [name: string, value: string]>): Tree {
  const root = node();
  const lengths = new Map<Tree, number>();
  for (const [name, value] of parameters) put(root, pathOf(name), value, lengths);
  return root;
}

function put(root: Tree, path: readonly string[], value: string, lengths: Map<Tree, number>): void {
  let place = root;
  for (const [index, written] of path.entries()) {
    const key = index > 0 && written === '' ? String(lengths.get(place) ?? 0) : written;
    if (/^(?:0|[1-9]\d{0,8})$/.test(key)) lengths.set(place, Math.max(lengths.get(place) ?? 0, Number(key) + 1));
    if (index === path.length - 1) {
      place[key] = value;
      return;
    }
    const below = place[key];
    place = typeof below === 'object' ? below : (place[key] = node());
  }
}

/** `a[b][]` is `a`, `b` and the empty name; what does not nest well is left out. */
function pathOf(name: string): readonly string[] {
  const open = name.indexOf('[', 1);
  if (open < 0) return [name];
  const path = [name.slice(0, open)];
  for (const [, key] of name.slice(open).matchAll(/\[([^\]]*)\]/gy)) path.push(key!);
  if (path.length > NESTING_LIMIT) {
    throw new RestError(400, `A parameter is nested too deeply: at most ${NESTING_LIMIT} levels are read.`);
  }
  // What never closes is no bracket.
  return path.length === 1 ? [name] : path;
}

/** Names come from whoever asks: nothing is inherited, and nothing can be overwritten by them. */
function node(): Tree {
  return Object.create(null) as Tree;
}
