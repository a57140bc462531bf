import type { XmlElement } from '@rgrove/parse-xml';
import type { DefinitionProblem } from '../definition-problem.js';

/** What comes to light while a file is read, each with its place in the file. */
export class Notes {
  readonly problems: DefinitionProblem[] = [];
  readonly warnings: DefinitionProblem[] = [];
  /** The places of elements by the parts of the test that were made of them. */
  readonly origins = new Map<object, string>();

  constructor(private readonly placeOf: (element: XmlElement) => string) {}

  /** Says why the file is refused. Null, for who has nothing else to give back. */
  problem(at: XmlElement, message: string): null {
    this.problems.push({ path: this.placeOf(at), message });
    return null;
  }

  /** Says what is left out, replaced or understood differently than it looks. */
  warning(at: XmlElement, message: string): void {
    this.warnings.push({ path: this.placeOf(at), message });
  }

  /** Remembers of which element a part of the test was made, and gives the part back. */
  made<Part extends object>(part: Part, element: XmlElement): Part {
    this.origins.set(part, this.placeOf(element));
    return part;
  }
}
