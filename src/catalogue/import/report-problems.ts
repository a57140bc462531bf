import { placeholderPaths } from '../../kernel/placeholders.js';
import type { DefinitionProblem } from './definition-problem.js';
import { localizedTexts } from './definition-texts.js';
import type { TestDefinition } from './test-definition.js';

/** What no single field of a report can tell. */
export function* reportProblems({ report }: TestDefinition): Generator<DefinitionProblem> {
  for (const [index, interpretation] of (report?.interpretations ?? []).entries()) {
    const levels = interpretation.bar?.levels ?? [];
    if (levels.length > 0 && !levels.some(({ upTo }) => upTo === 100)) {
      yield { path: `report.interpretations[${index}].bar.levels`, message: 'must have a level up to 100' };
    }
  }
}

/**
 * Interpretations with nothing to show, and paths that no result of the test can have: such a condition never holds, such
 * a placeholder stays empty.
 */
export function* reportWarnings(test: TestDefinition): Generator<DefinitionProblem> {
  const { report } = test;
  if (!report) return;
  const isKnown = knownPaths(test);
  for (const [index, { when = [], name, bar, text }] of (report.interpretations ?? []).entries()) {
    const path = `report.interpretations[${index}]`;
    if (!name && !bar && !text) yield { path, message: 'has nothing to show: give it a name, a bar or a text' };
    const used = [
      ...when.map((condition, at) => [`${path}.when[${at}].path`, condition.path] as const),
      [`${path}.bar.percent`, bar?.percent] as const,
      [`${path}.bar.value`, bar?.value] as const,
    ];
    for (const [place, target] of used) {
      if (target !== undefined && !isKnown(target)) yield { path: place, message: `no result of this test has "${target}"` };
    }
  }
  for (const { path, text } of localizedTexts({ report })) {
    for (const [locale, content] of Object.entries(text)) {
      for (const target of placeholderPaths(content)) {
        if (!isKnown(target)) yield { path: `${path}.${locale}`, message: `nothing will stand for "{{ ${target} }}"` };
      }
    }
  }
}

function knownPaths({ questions, scales, report }: TestDefinition): (path: string) => boolean {
  const groups = questions.map(({ group }) => group);
  const known: Readonly<Record<string, readonly (string | undefined)[]>> = {
    GROUPS: groups,
    SCALES: scales.map(({ id }) => id),
  };
  const roots = ['SUM', 'SCALE', 'NON_NEGATIVE_ANSWER_VALUES_SUM'];
  return (path) => {
    if (path.startsWith('config.')) return Object.hasOwn(report?.texts ?? {}, path.slice('config.'.length));
    const [root = '', ...rest] = path.split('.');
    if (root === 'VALUES' || root === 'REPEATS') return rest.length > 1;
    // A name may have dots of its own; the last part is the figure.
    return Object.hasOwn(known, root) ? known[root]!.includes(rest.slice(0, -1).join('.')) : roots.includes(path);
  };
}
