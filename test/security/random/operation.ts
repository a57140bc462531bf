import {
  astFromValue, getNamedType, type GraphQLArgument, type GraphQLCompositeType, type GraphQLField, type GraphQLSchema,
  isAbstractType, isCompositeType, isLeafType, isObjectType, print,
} from 'graphql';
import type { Dice } from './dice.js';
import { inputsOf, type Seeds, type Value } from './values.js';

/** A request. */
export interface Operation {
  readonly query: string;
  readonly variables: Readonly<Record<string, Value>>;
}

const ROOT_FIELDS = 3;
const FIELDS = 4;
const DEPTH = 7;
/** Of the whole operation, so that it stays below the limits of aliases and cost. */
const ALIASES = 30;
const MOST_FIELDS = 60;

/** An operation that is valid for the schema. */
export function randomOperation(dice: Dice, schema: GraphQLSchema, seeds: Seeds): Operation {
  return new Writer(dice, schema, seeds).operation();
}

/** Writes one operation, from the root down. */
class Writer {
  private readonly variables: Record<string, Value> = {};
  private readonly declarations: string[] = [];
  private readonly fragments: { readonly name: string; readonly type: GraphQLCompositeType; readonly text: string }[] = [];
  private aliases = 0;
  private fields = 0;

  constructor(private readonly dice: Dice, private readonly schema: GraphQLSchema, private readonly seeds: Seeds) {}

  operation(): Operation {
    const mutates = this.dice.percent(20);
    const root = (mutates ? this.schema.getMutationType() : this.schema.getQueryType())!;
    const fields = this.dice.some(Object.values(root.getFields()), mutates ? 1 : ROOT_FIELDS);
    const selection = fields.map((field) => this.field(field, DEPTH, false)).join(' ');
    const declared = this.declarations.length > 0 ? `(${this.declarations.join(', ')})` : '';
    const fragments = this.fragments.map(({ name, type, text }) => `fragment ${name} on ${type.name} ${text}`).join('\n');
    const query = `${mutates ? 'mutation' : 'query'} Random${declared} { ${selection} }\n${fragments}`;
    return { query, variables: this.variables };
  }

  /** What is selected of a type, in braces. Fields of fragments have aliases, so that none meets another of the same name. */
  private selection(type: GraphQLCompositeType, depth: number, aliased = false): string {
    const known = this.fragments.filter((fragment) => fragment.type === type);
    if (known.length > 0 && this.dice.percent(30)) return `{ ...${this.dice.pick(known).name} }`;
    const text = isObjectType(type) ? `{ ${this.fieldsOf(type, depth, aliased)} }` : `{ ${this.possible(type, depth)} }`;
    if (!this.dice.percent(10)) return text;
    const name = `F${this.fragments.length}`;
    this.fragments.push({ name, type, text });
    return `{ ...${name} }`;
  }

  private possible(type: GraphQLCompositeType, depth: number): string {
    const types = isAbstractType(type) ? this.schema.getPossibleTypes(type) : [];
    const success = types.filter(({ name }) => name.endsWith('Success'));
    const parts = new Set([...success, ...this.dice.some(types, 3)]);
    return ['__typename', ...[...parts].map((part) => `... on ${part.name} { __typename ${this.fieldsOf(part, depth, true)} }`)].join(' ');
  }

  private fieldsOf(type: GraphQLCompositeType, depth: number, aliased: boolean): string {
    if (!isObjectType(type)) return '__typename';
    const all = Object.values(type.getFields());
    const leaves = all.filter((field) => isLeafType(getNamedType(field.type)));
    const fit = depth > 1 && this.fields < MOST_FIELDS ? all : leaves;
    if (fit.length === 0 || (aliased && this.aliases > ALIASES)) return '__typename';
    return this.dice.some(fit, FIELDS).map((field) => this.field(field, depth - 1, aliased)).join(' ');
  }

  private field(field: GraphQLField<unknown, unknown>, depth: number, aliased: boolean): string {
    this.fields += 1;
    const type = getNamedType(field.type);
    const alias = aliased || (this.aliases < ALIASES && this.dice.percent(15)) ? `a${(this.aliases += 1)}: ` : '';
    const selection = isCompositeType(type) ? ` ${this.selection(type, depth)}` : '';
    return `${alias}${field.name}${this.argumentsOf(field)}${this.directive()}${selection}`;
  }

  private argumentsOf({ args }: GraphQLField<unknown, unknown>): string {
    const written = Object.entries(inputsOf(this.dice, args, this.seeds)).map(([name, value]) =>
      `${name}: ${this.written(args.find((each) => each.name === name)!, value)}`);
    return written.length > 0 ? `(${written.join(', ')})` : '';
  }

  private written({ type }: GraphQLArgument, value: Value): string {
    return this.dice.percent(40) ? this.variable(String(type), value) : print(astFromValue(value, type)!);
  }

  private directive(): string {
    if (!this.dice.percent(5)) return '';
    const name = this.dice.pick(['include', 'skip']);
    // Most are left in.
    const condition = (name === 'include') === this.dice.percent(80);
    return ` @${name}(if: ${this.dice.percent(50) ? this.variable('Boolean!', condition) : condition})`;
  }

  private variable(type: string, value: Value): string {
    const name = `v${this.declarations.length}`;
    this.declarations.push(`$${name}: ${type}`);
    this.variables[name] = value;
    return `$${name}`;
  }
}
