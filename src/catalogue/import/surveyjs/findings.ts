import type { DefinitionProblem } from '../definition-problem.js';
import { surveyJsLimits } from './limits.js';

/** What is found in a survey while it is read, in this order. Beyond the limit it is only counted. */
export class Findings {
  private readonly told = { problems: [] as DefinitionProblem[], warnings: [] as DefinitionProblem[] };
  private readonly untold = { problems: 0, warnings: 0 };

  constructor(private readonly file: string) {}

  /** The file, or a path in it with the quoted name of what stands there: `survey.json: pages[0].elements[2] "age"`. */
  place(path = '', quotedName: string | null = null): string {
    if (path === '') return this.file;
    return quotedName === null ? `${this.file}: ${path}` : `${this.file}: ${path} ${quotedName}`;
  }

  /** Why the survey is refused. */
  problem(place: string, message: string): void {
    this.add('problems', place, message);
  }

  /** What is left out or understood in a way that the author should know of. */
  warning(place: string, message: string): void {
    this.add('warnings', place, message);
  }

  get problems(): readonly DefinitionProblem[] {
    return this.list('problems');
  }

  get warnings(): readonly DefinitionProblem[] {
    return this.list('warnings');
  }

  private add(kind: 'problems' | 'warnings', path: string, message: string): void {
    if (this.told[kind].length < surveyJsLimits.findings) this.told[kind].push({ path, message });
    else this.untold[kind] += 1;
  }

  private list(kind: 'problems' | 'warnings'): readonly DefinitionProblem[] {
    const more = this.untold[kind];
    const told = this.told[kind];
    return more === 0 ? told : [...told, { path: this.file, message: `has ${more} more ${kind}` }];
  }
}
