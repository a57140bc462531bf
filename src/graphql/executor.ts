import { type DocumentNode, execute, type ExecutionResult, GraphQLError, type GraphQLSchema, Kind, type OperationDefinitionNode, type SelectionSetNode } from 'graphql';
import { type CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit';
import { LRUCache } from 'lru-cache';
import { compilableSize } from './compilable.js';
import type { RequestContext } from './context.js';

/** How much is kept compiled, in fields and fragments: one takes some 4 KiB. */
const HELD = 10_000;
/** What part of its time the server compiles at most: who keeps sending other documents slows nobody down. */
const COMPILING_SHARE = 0.05;

/**
 * Which operations are compiled: with `on` those that come again, as long as that takes a small part of the time; with
 * `always` each one at once, whatever it takes; with `off` none.
 */
export type Compilation = 'on' | 'always' | 'off';

/** An operation of a document that was found good, as it is to be run. */
export interface ExecutableOperation {
  readonly document: DocumentNode;
  /** Undefined when the document has none of the name that was asked for. */
  readonly operation: OperationDefinitionNode | undefined;
  /** The name that was asked for. */
  readonly operationName: string | undefined;
  readonly variables: Record<string, unknown>;
  readonly context: RequestContext;
}

/** A compiled operation. */
interface Kept {
  readonly run: CompiledQuery['query'];
  /** Whether variables fit it. */
  readonly fits: (variables: Record<string, unknown>) => boolean;
  readonly selections: number;
}

/**
 * Runs operations: by graphql-js the first time, and compiled by graphql-jit when they come again. What is compiled is kept
 * as long as it is among the latest used; what is too large or not run alike by both, and what comes while the server has
 * compiled enough, is run by graphql-js, which answers the same.
 */
export class Executor {
  private readonly kept = new LRUCache<OperationDefinitionNode, Kept>({ maxSize: HELD, sizeCalculation: ({ selections }) => selections });
  private readonly seen = new WeakSet<OperationDefinitionNode>();
  /** What graphql-js runs for good. */
  private readonly left = new WeakSet<OperationDefinitionNode>();
  private pausedUntil = 0;

  constructor(private readonly schema: GraphQLSchema, private readonly compilation: Compilation) {}

  /** Runs an operation; what does not fit it, or that there is none, is told in the result. */
  async execute({ document, operation, operationName, variables, context }: ExecutableOperation): Promise<ExecutionResult> {
    const run = operation && this.compiled(document, operation);
    const result = await run?.(undefined, context, variables);
    // Without data nothing was run: a variable does not fit, which graphql-js tells in words of its own.
    if (result?.data !== undefined) return withOwnErrors(result);
    return execute({ schema: this.schema, document, operationName, variableValues: variables, contextValue: context });
  }

  /** Whether variables are known to fit an operation: false where that has to be found out by graphql-js. */
  fits(operation: OperationDefinitionNode, variables: Record<string, unknown>): boolean {
    return this.kept.peek(operation)?.fits(variables) ?? false;
  }

  /** How many operations are kept compiled. */
  get size(): number {
    return this.kept.size;
  }

  private compiled(document: DocumentNode, operation: OperationDefinitionNode): Kept['run'] | null {
    const kept = this.kept.get(operation);
    if (kept) return kept.run;
    return !this.left.has(operation) && this.mayCompile(operation) ? this.compile(document, operation) : null;
  }

  private mayCompile(operation: OperationDefinitionNode): boolean {
    if (this.compilation !== 'on') return this.compilation === 'always';
    if (this.seen.has(operation)) return performance.now() >= this.pausedUntil;
    this.seen.add(operation);
    return false;
  }

  private compile(document: DocumentNode, operation: OperationDefinitionNode): Kept['run'] | null {
    const selections = compilableSize(document, operation);
    const begin = performance.now();
    const compiled = selections === null ? null : compileQuery(this.schema, document, operation.name?.value);
    if (selections === null || !compiled || !isCompiledQuery(compiled)) {
      this.left.add(operation);
      return null;
    }
    const fits = compiledCheck(this.schema, operation);
    const end = performance.now();
    this.pausedUntil = end + (end - begin) / COMPILING_SHARE;
    this.kept.set(operation, { run: compiled.query, fits, selections });
    return compiled.query;
  }
}

/** What asks for nothing. */
const NOTHING: SelectionSetNode = {
  kind: Kind.SELECTION_SET, selections: [{ kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } }],
};

/** Checks variables as the compiled operation does before it is run. */
function compiledCheck(schema: GraphQLSchema, operation: OperationDefinitionNode): Kept['fits'] {
  const compiled = compileQuery(schema, { kind: Kind.DOCUMENT, definitions: [{ ...operation, directives: [], selectionSet: NOTHING }] });
  return (variables) => isCompiledQuery(compiled) && !('errors' in compiled.query(undefined, undefined, variables));
}

/** Errors of graphql-jit lack what those of graphql-js always have. */
function withOwnErrors({ errors, ...result }: ExecutionResult): ExecutionResult {
  if (!errors) return result;
  return {
    ...result,
    errors: errors.map(({ message, path, originalError, locations }) =>
      Object.assign(new GraphQLError(message, { path, originalError }), { locations })),
  };
}
