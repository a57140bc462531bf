import { type DocumentNode, type GraphQLSchema, type OperationDefinitionNode, TypeInfo, visit, visitWithTypeInfo } from 'graphql';

/** How many costs of a document are remembered: it is asked again with other values where the cost depends on them. */
const COSTS_HELD = 50;
/** The longest values that are remembered, in characters. */
const LONGEST_VALUES = 500;

/** What is remembered of a document. */
interface Known {
  /** The variables that costs depend on. */
  readonly variables: readonly string[];
  readonly costs: Map<string, number>;
}

/** Remembers what operations cost, as long as their documents live: most costs depend on few variables, or on none. */
export class KnownCosts {
  private readonly known = new WeakMap<DocumentNode, Known>();

  constructor(private readonly schema: GraphQLSchema) {}

  /** What an operation costs with these variables, which fit it; calculated where it is not remembered. */
  of(document: DocumentNode, operation: OperationDefinitionNode, variables: Record<string, unknown>, calculate: () => number): number {
    const { variables: names, costs } = this.knownOf(document);
    const key = keyOf(operation, variables, names);
    const remembered = costs.get(key);
    if (remembered !== undefined) return remembered;
    const cost = calculate();
    if (costs.size < COSTS_HELD && key.length <= LONGEST_VALUES) costs.set(key, cost);
    return cost;
  }

  private knownOf(document: DocumentNode): Known {
    const known = this.known.get(document) ?? { variables: pricedVariables(this.schema, document), costs: new Map() };
    this.known.set(document, known);
    return known;
  }
}

function keyOf({ name, variableDefinitions = [] }: OperationDefinitionNode, variables: Record<string, unknown>, priced: readonly string[]): string {
  // One that is null instead of its default may fit the variable and not the argument.
  const nulls = variableDefinitions.map(({ variable }) => variable.name.value).filter((each) => variables[each] === null);
  return JSON.stringify([name?.value, nulls, priced.map((each) => variables[each])]);
}

/** The variables in arguments by which a field says what it costs, and in those of directives, which leave fields out. */
function pricedVariables(schema: GraphQLSchema, document: DocumentNode): readonly string[] {
  const names = new Set<string>();
  const types = new TypeInfo(schema);
  let pricing = 0;
  const isPriced = (): boolean => {
    const { complexity, scanCost } = types.getFieldDef()?.extensions ?? {};
    return typeof complexity === 'function' || typeof scanCost === 'function';
  };
  visit(document, visitWithTypeInfo(types, {
    Argument: {
      enter: () => void (pricing += isPriced() ? 1 : 0),
      leave: () => void (pricing -= isPriced() ? 1 : 0),
    },
    Directive: { enter: () => void (pricing += 1), leave: () => void (pricing -= 1) },
    Variable({ name }) {
      if (pricing > 0) names.add(name.value);
    },
  }));
  return [...names];
}
