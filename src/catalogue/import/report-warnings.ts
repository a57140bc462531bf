import { placeholderPaths } from '../../kernel/placeholders.js';
import type { DefinitionProblem } from './definition-problem.js';
import { localizedTexts } from './definition-texts.js';
import type { TestDefinition } from './test-definition.js';

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
    yield* levelWarnings(bar?.levels ?? [], `${path}.bar.levels`);
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

/** The first level that reaches a percentage is taken. */
function* levelWarnings(levels: readonly { readonly upTo: number }[], path: string): Generator<DefinitionProblem> {
  for (const [index, { upTo }] of levels.entries()) {
    if (levels.slice(0, index).some((level) => level.upTo >= upTo)) {
      yield { path: `${path}[${index}]`, message: `is never shown: a level before it reaches as far as ${upTo}` };
    }
  }
}

/** The figures at the ends of paths, by what stands at their beginning. */
const figures: ReadonlyMap<string, readonly string[]> = new Map([
  ['VALUES', ['sum', 'percentage', 'percentage_value']],
  ['REPEATS', ['sum', 'percentage', 'percentage_value']],
  ['GROUPS', ['SUM', 'SCALE', 'SCALE_OF_ALL']],
  ['SCALES', ['sum', 'min', 'max', 'answered', 'items', 'percentage', 'tScore', 'percentile']],
]);
const totals = ['SUM', 'SCALE', 'NON_NEGATIVE_ANSWER_VALUES_SUM'];

function knownPaths({ questions, scales, report }: TestDefinition): (path: string) => boolean {
  // Values are not looked up: a gradient and a text have more of them than their options tell.
  const names: ReadonlyMap<string, ReadonlySet<string | undefined>> = new Map([
    ['GROUPS', new Set(questions.map(({ group }) => group))],
    ['SCALES', new Set(scales.map(({ id }) => id))],
  ]);
  return (path) => {
    if (path.startsWith('config.')) return Object.hasOwn(report?.texts ?? {}, path.slice('config.'.length));
    const [root = '', ...rest] = path.split('.');
    // A name may have dots of its own.
    const [name, figure] = [rest.slice(0, -1).join('.'), rest.at(-1) ?? ''];
    const known = figures.get(root);
    return known ? known.includes(figure) && (names.get(root)?.has(name) ?? rest.length > 1) : totals.includes(path);
  };
}
