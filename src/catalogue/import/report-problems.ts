import type { Localized } from '../../kernel/localized.js';
import { placeholderPaths } from '../../kernel/placeholders.js';
import type { DefinitionProblem } from './definition-problem.js';
import { localizedTexts } from './definition-texts.js';
import { definitionLimits } from './fields.js';
import type { TestDefinition } from './test-definition.js';

/** What no single field of a report can tell. */
export function* reportProblems(test: TestDefinition): Generator<DefinitionProblem> {
  const { report } = test;
  const length = reportLength(test);
  if (length > definitionLimits.reportLength) {
    yield { path: 'report', message: `could say ${length} characters in one language; at most ${definitionLimits.reportLength} are allowed` };
  }
  for (const [index, interpretation] of (report?.interpretations ?? []).entries()) {
    const levels = interpretation.bar?.levels ?? [];
    if (levels.length > 0 && !levels.some(({ upTo }) => upTo === 100)) {
      yield { path: `report.interpretations[${index}].bar.levels`, message: 'must have a level up to 100' };
    }
  }
}

/** How long a report could be: the longest translation of each of its texts, with the texts that stand in them. */
function reportLength({ scales, report }: TestDefinition): number {
  const configured = new Map(Object.entries(report?.texts ?? {}).map(([key, text]) => [`config.${key}`, longest(text)]));
  const { texts: _, ...said } = report ?? {};
  const located = [...localizedTexts({ scales, report: said })];
  return located.reduce((sum, { text }) => {
    const lengths = Object.values(text).map((content) =>
      placeholderPaths(content).reduce((length, path) => length + (configured.get(path) ?? 0), content.length));
    return sum + Math.max(...lengths);
  }, 0);
}

function longest(text: Localized): number {
  return Math.max(...Object.values(text).map(({ length }) => length));
}
