import {
  type ASTNode, type DocumentNode, type GraphQLError, type GraphQLSchema, Kind, type ListValueNode, MaxIntrospectionDepthRule,
  type ObjectValueNode,
  type OperationDefinitionNode, TypeInfo, ValidationContext, visit,
} from 'graphql';
import type { OperationLimits } from './operation-limits.js';
import { type LimitRefusal, tooMuch } from './limit-refusal.js';
import { type Shape, Shapes } from './shape.js';
import { OBJECT_FIELDS, tooDeep, tooLong, tooWide } from './variables.js';

/**
 * How many fragments may be nested in each other, whatever fields are between them. Fields count as levels of depth, but
 * fragments may also hold nothing but fragments, and what reads documents follows them as deeply.
 */
const FRAGMENT_DEPTH = 100;

/** How many fragments a document may have or use: those that stand beside each other are compared, each with all others. */
const FRAGMENT_LIMIT = 100;

/** How many fields and fragments a document may have, fragments counted as often as they are used: all else is work for each. */
const SELECTION_LIMIT = 10_000;

/** How many lists of fields or types introspection may follow in each other, as graphql-js has it. */
const INTROSPECTION_DEPTH = 2;

/** How often fields that stand beside each other are compared in all, as graphql-js has it. */
const COMPARISON_LIMIT = 500_000;

/** What refuses a document, judged by its shape alone and in time that grows as its length does; null for one that may pass. */
export function judgeDocument(schema: GraphQLSchema, document: DocumentNode, limits: OperationLimits): LimitRefusal | null {
  return judgeValues(document, limits) ?? judgeSelections(document, limits) ?? judgeIntrospection(schema, document);
}

/** What refuses a document that was given up while it was checked; null for one that was checked to the end, good or not. */
export function judgeUnchecked(errors: readonly Error[]): LimitRefusal | null {
  if (!errors.some(({ message }) => message === 'Validation aborted.')) return null;
  return tooMuch('selections', COMPARISON_LIMIT, Infinity, (actual, limit) =>
    `The document has ${actual} fields that may be the same, at most ${limit} comparisons are made: use fewer fragments beside each other.`);
}

function judgeValues(document: DocumentNode, limits: OperationLimits): LimitRefusal | null {
  let [depth, deepest, longest, widest] = [0, 0, 0, 0];
  const enter = (): void => void (deepest = Math.max(deepest, depth += 1));
  const leave = (): void => void (depth -= 1);
  visit(document, {
    ListValue: { enter: ({ values }: ListValueNode): void => (longest = Math.max(longest, values.length), enter()), leave },
    ObjectValue: { enter: ({ fields }: ObjectValueNode): void => (widest = Math.max(widest, fields.length), enter()), leave },
  });
  if (deepest > limits.depth) return tooDeep(limits.depth, deepest);
  if (widest > OBJECT_FIELDS) return tooWide(widest);
  return longest > limits.listLength ? tooLong(limits.listLength, longest) : null;
}

/** Judges each operation by itself, as only one is run; but all together are checked, and with them fragments that none uses. */
function judgeSelections({ definitions }: DocumentNode, limits: OperationLimits): LimitRefusal | null {
  const fragments = definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
  const shapes = new Shapes(new Map(fragments.map((fragment) => [fragment.name.value, fragment])));
  let selections = 0;
  for (const definition of [...definitions.filter(isOperation), ...fragments]) {
    if (!isOperation(definition) && shapes.has(definition)) continue;
    const shape = shapes.of(definition);
    const refusal = judgeShape(isOperation(definition) ? shape : { ...shape, rootFields: 0 }, limits);
    if (refusal) return refusal;
    selections += shape.selections;
  }
  if (shapes.fragmentCount > FRAGMENT_LIMIT) return tooManyFragments(shapes.fragmentCount);
  return selections > SELECTION_LIMIT ? tooManySelections(selections) : null;
}

function judgeShape(shape: Shape, { depth, rootFields, aliases, directives }: OperationLimits): LimitRefusal | null {
  if (shape.fragmentDepth > FRAGMENT_DEPTH) {
    return tooMuch('fragments', FRAGMENT_DEPTH, shape.fragmentDepth, (actual, limit) =>
      `Fragments are nested ${actual} levels deep, at most ${limit} are allowed, and none may hold itself: use fewer fragments in each other.`);
  }
  if (shape.depth > depth) {
    return tooMuch('depth', depth, shape.depth, (actual, limit) =>
      `The operation is nested ${actual} levels deep, at most ${limit} are allowed: ask for what is deeper in another request.`);
  }
  if (shape.rootFields > rootFields) {
    return tooMuch('root_fields', rootFields, shape.rootFields, (actual, limit) =>
      `The operation has ${actual} fields of Query or Mutation, at most ${limit} are allowed: send them in several requests.`);
  }
  if (shape.aliases > aliases) {
    return tooMuch('aliases', aliases, shape.aliases, (actual, limit) =>
      `The operation has ${actual} aliases and repeated fields, at most ${limit} are allowed: ask for each field once, or in several requests.`);
  }
  if (shape.directives <= directives) return null;
  return tooMuch('directives', directives, shape.directives, (actual, limit) =>
    `The operation has ${actual} directives, at most ${limit} are allowed: leave out of the document what is not wanted.`);
}

function tooManyFragments(fragments: number): LimitRefusal {
  return tooMuch('fragments', FRAGMENT_LIMIT, fragments, (actual, limit) =>
    `The document has ${actual} fragments, at most ${limit} are allowed: send operations that need others in requests of their own.`);
}

function tooManySelections(selections: number): LimitRefusal {
  return tooMuch('selections', SELECTION_LIMIT, selections, (actual, limit) =>
    `The document has ${actual} fields and fragments, counted as often as they are used, at most ${limit} are allowed: ` +
      'ask for fewer, in several requests.');
}

/** Types lead to types without end, and to all of them again under each alias; what clients ask to learn of the schema needs neither. */
function judgeIntrospection(schema: GraphQLSchema, document: DocumentNode): LimitRefusal | null {
  const aliases = aliasesOfIntrospection(document);
  if (aliases > 0) {
    return tooMuch('introspection', 0, aliases, (actual) =>
      `The introspection has ${actual} aliases, at most 0 are allowed: ask for each part of the schema once.`);
  }
  const errors: GraphQLError[] = [];
  // By itself, before all other rules, and without the types of fields, which it does not ask for.
  visit(document, MaxIntrospectionDepthRule(new ValidationContext(schema, document, new TypeInfo(schema), (error) => errors.push(error))));
  if (errors.length === 0) return null;
  return tooMuch('introspection', INTROSPECTION_DEPTH, Infinity, (actual, limit) =>
    `The introspection follows ${actual} lists of fields and types in each other, at most ${limit} are allowed: ` +
      'ask for all types at once by "__schema { types { … } }", each with its own fields.');
}

function isOperation(node: ASTNode): node is OperationDefinitionNode {
  return node.kind === Kind.OPERATION_DEFINITION;
}

/** How many fields of introspection have an alias, `__schema` and `__type` among them. */
function aliasesOfIntrospection(document: DocumentNode): number {
  let [within, aliases] = [0, 0];
  const begins = (name: string): boolean => name.startsWith('__') && name !== '__typename';
  const isPart = (node: ASTNode): boolean =>
    (node.kind === Kind.FIELD && begins(node.name.value)) || (node.kind === Kind.FRAGMENT_DEFINITION && begins(node.typeCondition.name.value));
  visit(document, {
    enter(node) {
      if (isPart(node)) within += 1;
      if (within > 0 && node.kind === Kind.FIELD && node.alias) aliases += 1;
    },
    leave(node) {
      if (isPart(node)) within -= 1;
    },
  });
  return aliases;
}
