/** One thing that is wrong with a definition, and where. */
export interface DefinitionProblem {
  /** Path into the file, for example `questions[3].options[0].text`; empty for the file as a whole. */
  readonly path: string;
  readonly message: string;
}

/** A problem for each value that stands in the list before. */
export function* repeated(values: readonly string[], path: (index: number) => string): Generator<DefinitionProblem> {
  const seen = new Set<string>();
  for (const [index, value] of values.entries()) {
    if (seen.has(value)) yield { path: path(index), message: `"${value}" stands here a second time` };
    seen.add(value);
  }
}
