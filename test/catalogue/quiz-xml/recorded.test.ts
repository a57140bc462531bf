import { describe, expect, it } from '@jest/globals';
import { checkDefinition, type TestDefinition } from '../../../src/catalogue/import/index.js';
import { compileScoring, interpret, toPlatformJson, type Scoring } from '../../../src/scoring/index.js';
import { inputOf, read, readFixtures } from './builders.js';

function checked(quiz: string, config: string | null): TestDefinition {
  const { definition, problems } = checkDefinition(inputOf(read(quiz, config)));
  if (!definition) throw new Error(JSON.stringify(problems));
  return definition;
}

function scoringOf({ questions }: TestDefinition): Scoring {
  const scorable = questions.map(({ group = null, count = null, ...question }) => ({ ...question, group, count }));
  return compileScoring({ questions: scorable, scales: [] });
}

/** A result without what the platform leaves to do, and with objects where it happens to write lists. */
function comparable(result: unknown): unknown {
  return JSON.parse(JSON.stringify(result, (key, value: unknown) => {
    if (key === 'SCALE_OF_ALL') return undefined;
    return Array.isArray(value) ? Object.assign({}, value) : value;
  }));
}

describe.each(readFixtures())('the quiz $name', ({ quiz, config, cases }) => {
  const test = checked(quiz, config);
  const rules = test.report?.interpretations ?? [];
  const score = scoringOf(test);

  it('is imported without warnings', () => {
    expect(read(quiz, config).warnings).toEqual([]);
  });

  it.each(cases)('is scored as on the platform: $title', ({ answers, result }) => {
    expect(comparable(toPlatformJson(score(new Map(answers))))).toEqual(comparable(result));
  });

  it.each(cases)('is interpreted as on the platform: $title', ({ answers, scenarios }) => {
    const shown = interpret(rules, toPlatformJson(score(new Map(answers)))).map(({ index, bar }) => {
      if (!bar) return { index };
      const { label, max } = rules[index]?.bar ?? {};
      const says = bar.value === null ? `${bar.percentage}%` : `${bar.value} из ${max}`;
      const text = label ? `L${index}: ${says}` : says;
      return { index, scale: { text, color: bar.color, percentage: String(bar.percentage) } };
    });
    expect(shown).toEqual(scenarios);
  });
});
