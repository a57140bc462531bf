/** What a GraphQL operation may have at most. All is counted before any of it is resolved. */
export interface OperationLimits {
  /** Tokens of the document. */
  readonly tokens: number;
  /** Levels of selections, fragments followed. */
  readonly depth: number;
  /** Fields with an alias, fragments counted as often as they are used. */
  readonly aliases: number;
  /** Directives, on whatever they stand. */
  readonly directives: number;
  /** Fields of `Query` or `Mutation`, fragments followed. */
  readonly rootFields: number;
  /** Points of cost: see `costOf`. */
  readonly cost: number;
  /** Bytes of the variables, as JSON in UTF-8. */
  readonly variableBytes: number;
  /** Items of any one list among the arguments and variables. */
  readonly listLength: number;
  /** Errors in an answer; more are left out, and counted in the last one. */
  readonly errors: number;
}
