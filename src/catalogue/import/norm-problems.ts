import { type DefinitionProblem, repeated } from './definition-problem.js';
import type { TestDefinition } from './test-definition.js';

/** What no single field of a norm can tell. */
export function* normProblems({ norm, scales }: TestDefinition): Generator<DefinitionProblem> {
  if (!norm) return;
  const { groups, percentile } = norm;
  if (percentile && percentile.from >= percentile.to) {
    yield { path: 'norm.percentile', message: 'must have "from" below "to"' };
  }
  yield* repeated(groups.map(({ id }) => id), (index) => `norm.groups[${index}].id`);
  const known = new Set(scales.map(({ id }) => id));
  for (const [index, { ageFrom, ageTo, scales: figures }] of groups.entries()) {
    const path = `norm.groups[${index}]`;
    if (ageFrom !== undefined && ageTo !== undefined && ageFrom > ageTo) {
      yield { path, message: 'must have "ageFrom" not above "ageTo"' };
    }
    for (const scale of Object.keys(figures)) {
      if (!known.has(scale)) yield { path: `${path}.scales.${scale}`, message: `the test has no scale "${scale}"` };
    }
  }
}
