import { type DocumentNode, Kind, type OperationDefinitionNode, OperationTypeNode, type VariableDefinitionNode, visit } from 'graphql';
import { shapeOf } from './limits/index.js';

/** The largest operation that is compiled, in fields and fragments: the time that this takes, some 0.1 ms each, all others wait. */
const LARGEST_COMPILED = 300;

/** What every object has, whatever is put into it. */
const INHERITED = Object.prototype as object;

/**
 * How many fields and fragments an operation has that graphql-jit runs as graphql-js does; null for any other. It is known to
 * run otherwise: directives, since what is left out at one place may be left out or done at another; several mutations, of
 * which it does the later ones after one has failed; variables that may not be null and have a default, which it misses; those
 * that may be null and stand in an object or a list, where it takes one that is left out for null; and names that every object
 * has, or that the compiled code uses itself.
 */
export function compilableSize(document: DocumentNode, operation: OperationDefinitionNode): number | null {
  const { selections, directives, rootFields } = shapeOf(document, operation);
  if (selections > LARGEST_COMPILED || directives > 0) return null;
  if (operation.operation === OperationTypeNode.MUTATION && rootFields > 1) return null;
  const { variableDefinitions: variables = [] } = operation;
  return variables.some(isStrange) || standsInside(document, variables.filter(mayBeNull)) || hasStrangeNames(document) ? null : selections;
}

function isStrange({ type, defaultValue, variable: { name } }: VariableDefinitionNode): boolean {
  return (defaultValue !== undefined && type.kind === Kind.NON_NULL_TYPE) || name.value in INHERITED || name.value.startsWith('__');
}

function mayBeNull({ type }: VariableDefinitionNode): boolean {
  return type.kind !== Kind.NON_NULL_TYPE;
}

/** Whether one of some variables stands in an object or a list. */
function standsInside(document: DocumentNode, variables: readonly VariableDefinitionNode[]): boolean {
  const names = new Set(variables.map(({ variable }) => variable.name.value));
  let [depth, found] = [0, false];
  const inner = { enter: () => void (depth += 1), leave: () => void (depth -= 1) };
  visit(document, {
    ObjectValue: inner,
    ListValue: inner,
    Variable({ name }) {
      found ||= depth > 0 && names.has(name.value);
    },
  });
  return found;
}

function hasStrangeNames(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    Field({ alias, name }) {
      found ||= (alias ?? name).value in INHERITED;
    },
  });
  return found;
}
