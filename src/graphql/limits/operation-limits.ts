/** What a GraphQL operation may have at most. All is counted before any of it is resolved. */
export interface OperationLimits {
  /** Tokens of the document, and lines. */
  readonly tokens: number;
  /** Levels of fields, fragments followed; and levels of lists and objects in any one argument, or in the variables. */
  readonly depth: number;
  /**
   * Fields with an alias, and fields that stand again where they stand already, fragments counted as often as they are
   * used: both ask for the same thing once more.
   */
  readonly aliases: number;
  /** Directives, on whatever they stand, fragments counted as often as they are used. */
  readonly directives: number;
  /** Fields of `Query` or `Mutation`, fragments followed. */
  readonly rootFields: number;
  /** Points of cost: see `costOf`. */
  readonly cost: number;
  /** Bytes of the variables, as JSON in UTF-8. */
  readonly variableBytes: number;
  /** Items of any one list among the arguments and variables. */
  readonly listLength: number;
  /** Errors told in an answer; one more counts those that are left out. */
  readonly errors: number;
}
