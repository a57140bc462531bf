import { type DocumentNode, type FragmentDefinitionNode, Kind, type OperationDefinitionNode, type SelectionSetNode } from 'graphql';

/** What an operation or a fragment asks for, fragments counted as often as they are used; Infinity where that has no end. */
export interface Shape {
  /** Fields and fragments. */
  selections: number;
  /** Fields with an alias, and fields that stand again where they stand already. */
  aliases: number;
  directives: number;
  /** Fields that stand in no other field. */
  rootFields: number;
  /** Levels of fields. */
  depth: number;
  /** Levels of fragments, whatever fields are between them. */
  fragmentDepth: number;
}

type Definition = OperationDefinitionNode | FragmentDefinitionNode;

/** What a definition asks for by itself, and which fragments it uses at which levels. */
interface OwnShape extends Shape {
  readonly spreads: { readonly name: string; readonly depth: number; readonly fragmentDepth: number }[];
}

/** Selections that are still to be counted. */
interface Place {
  readonly selectionSet: SelectionSetNode;
  readonly depth: number;
  readonly fragmentDepth: number;
  /** The type that fragments ask for here; empty where none does. */
  readonly type: string;
  /** What has been asked for in the same field, of which type. */
  readonly asked: Set<string>;
}

/** Counts each definition once, however often it is used; in a loop, so that no document is nested too deeply to be counted. */
export class Shapes {
  private readonly known = new Map<Definition, Shape>();
  private readonly names: Set<string>;

  constructor(private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>) {
    this.names = new Set(fragments.keys());
  }

  /** How many fragments there are, with those that are used and do not exist. */
  get fragmentCount(): number {
    return this.names.size;
  }

  /** Whether a fragment is used by what was counted so far. */
  has(fragment: FragmentDefinitionNode): boolean {
    return this.known.has(fragment);
  }

  of(definition: Definition): Shape {
    const path = [opened(definition)];
    const open = new Set<Definition>([definition]);
    for (let last = path.at(-1); last; last = path.at(-1)) {
      const spread = last.own.spreads[last.next];
      const fragment = spread && this.fragments.get(spread.name);
      if (!spread) {
        this.known.set(last.definition, last.own);
        for (const { name } of last.own.spreads) this.names.add(name);
        open.delete(last.definition);
        path.pop();
      } else if (fragment && !open.has(fragment) && !this.known.has(fragment)) {
        path.push(opened(fragment));
        open.add(fragment);
      } else {
        last.next += 1;
        if (fragment && open.has(fragment)) last.own.fragmentDepth = Infinity;
        // One that does not exist is told by whoever checks the document.
        else if (fragment) addFragment(last.own, this.known.get(fragment)!, spread);
      }
    }
    return this.known.get(definition)!;
  }
}

function opened(definition: Definition): { readonly definition: Definition; readonly own: OwnShape; next: number } {
  return { definition, own: ownShape(definition), next: 0 };
}

function addFragment(shape: OwnShape, fragment: Shape, { depth, fragmentDepth }: OwnShape['spreads'][number]): void {
  shape.selections += fragment.selections;
  shape.aliases += fragment.aliases;
  shape.directives += fragment.directives;
  shape.rootFields += depth === 0 ? fragment.rootFields : 0;
  shape.depth = Math.max(shape.depth, depth + fragment.depth);
  shape.fragmentDepth = Math.max(shape.fragmentDepth, fragmentDepth + fragment.fragmentDepth);
}

function ownShape(definition: Definition): OwnShape {
  const own: OwnShape = {
    selections: 0, aliases: 0, directives: directivesOf(definition), rootFields: 0, depth: 0, fragmentDepth: 0, spreads: [],
  };
  const variables = definition.kind === Kind.OPERATION_DEFINITION ? definition.variableDefinitions : undefined;
  for (const variable of variables ?? []) own.directives += directivesOf(variable);
  const places: Place[] = [{ selectionSet: definition.selectionSet, depth: 0, fragmentDepth: 0, type: '', asked: new Set() }];
  for (let place = places.pop(); place; place = places.pop()) places.push(...addSelections(own, place));
  return own;
}

/** Counts what stands at one place, and gives the places in it. */
function addSelections(own: OwnShape, { selectionSet, depth, fragmentDepth, type, asked }: Place): Place[] {
  const inner: Place[] = [];
  own.selections += selectionSet.selections.length;
  for (const selection of selectionSet.selections) {
    own.directives += directivesOf(selection);
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      own.spreads.push({ name: selection.name.value, depth, fragmentDepth: fragmentDepth + 1 });
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      own.fragmentDepth = Math.max(own.fragmentDepth, fragmentDepth + 1);
      const named = selection.typeCondition?.name.value ?? type;
      inner.push({ selectionSet: selection.selectionSet, depth, fragmentDepth: fragmentDepth + 1, type: named, asked });
    } else {
      const name = `${type} ${(selection.alias ?? selection.name).value}`;
      if (selection.alias || asked.has(name)) own.aliases += 1;
      asked.add(name);
      if (depth === 0) own.rootFields += 1;
      own.depth = Math.max(own.depth, depth + 1);
      if (selection.selectionSet) {
        inner.push({ selectionSet: selection.selectionSet, depth: depth + 1, fragmentDepth, type: '', asked: new Set() });
      }
    }
  }
  return inner;
}

function directivesOf({ directives }: { readonly directives?: readonly unknown[] | undefined }): number {
  return directives?.length ?? 0;
}

/** What an operation of a document asks for. */
export function shapeOf({ definitions }: DocumentNode, operation: OperationDefinitionNode): Shape {
  const fragments = definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
  return new Shapes(new Map(fragments.map((fragment) => [fragment.name.value, fragment]))).of(operation);
}
