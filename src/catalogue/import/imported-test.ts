import type { DefinitionProblem } from './definition-problem.js';
import type { TestDefinitionInput } from './test-definition.js';

/** A file as it was read, with the name by which problems refer to it. */
export interface SourceFile {
  readonly name: string;
  readonly text: string;
}

/** What an importer made of a file in another format than the native one. Its paths name a file with a place in it. */
export interface ImportedTest {
  /** The test, not checked yet; null when the file is refused. */
  readonly input: TestDefinitionInput | null;
  /** What could be read of a test, also of a refused one, so that all problems can be told at once; null for nothing. */
  readonly draft: TestDefinitionInput | null;
  /** Why the file is refused; empty when there is an input. */
  readonly problems: readonly DefinitionProblem[];
  /** What was left out, replaced or understood in a way that the author should know of. */
  readonly warnings: readonly DefinitionProblem[];
  /**
   * Where in the source the thing at a path of `draft` stands: for problems that only the whole test shows. Not asked
   * for what comes from the metadata.
   */
  readonly placeOf: (path: string) => string;
}
