import { type PublishedOption, QuestionKind } from '../../catalogue/index.js';
import type { ValueScore } from '../../scoring/index.js';
import type { BarBlock, Block } from './document.js';
import type { Reading } from './reading.js';

/** The most values that are listed; free texts can be as many as there are questions. */
export const VALUES_LISTED = 100;
/** How much of a value is shown, in characters; a free text can be as long as an essay. */
export const VALUE_LENGTH = 200;

/**
 * The plain scores of a test whose author says nothing about them: the total, the groups, and how often each value was
 * chosen.
 */
export function scoreBlocks(reading: Reading): Block[] {
  const { words, format, calculation } = reading;
  const { sum, max, percentage, groups } = calculation;
  const bar = (name: string, points: number, of: number, share: number): BarBlock => ({
    kind: 'bar',
    text: `${name}: ${words.outOf(format.number(points), format.number(of))}`,
    percentage: Math.min(100, Math.max(0, share)),
    color: 'primary',
  });
  const heading = (text: string): Block => ({ kind: 'heading', level: 2, text });
  return [
    ...(max > 0 ? [heading(words.scores), bar(words.total, sum, max, percentage)] : []),
    ...(groups.length > 0 ? [heading(words.groups)] : []),
    ...groups.map((group) => bar(group.group, group.sum, group.max, group.percentage)),
    ...valueTable(reading),
  ];
}

function valueTable(reading: Reading): Block[] {
  const { edition, calculation, words, format } = reading;
  const options = Map.groupBy(edition.questions.flatMap((question) => question.options), ({ value }) => value);
  // A right text that nobody gave would tell the answer to whoever may take the test again.
  const isSecret = ({ value, sum }: ValueScore): boolean =>
    sum === 0 && (options.get(value) ?? []).some(({ kind }) => kind === QuestionKind.TEXT);
  const shown = calculation.repeats.filter((score) => !isSecret(score)).slice(0, VALUES_LISTED);
  if (shown.length === 0) return [];
  const name = ({ value }: ValueScore): string =>
    value === '' ? words.skipped : commonLabel(options.get(value) ?? [], reading) ?? shortened(value);
  return [
    { kind: 'heading', level: 2, text: words.answers },
    {
      kind: 'table',
      caption: words.howOften,
      columns: [words.answer, words.count, words.percentage].map((label, index) => ({ label, numeric: index > 0 })),
      rows: shown.map((score) => ({
        cells: [name(score), format.number(score.sum), format.whole(score.percentage)], indented: false,
      })),
    },
  ];
}

function shortened(value: string): string {
  const characters = Array.from(value);
  return characters.length > VALUE_LENGTH ? `${characters.slice(0, VALUE_LENGTH).join('')}…` : value;
}

/** The label that all options of one value share; null when they differ, as the value then means several things. */
function commonLabel(options: readonly PublishedOption[], { text }: Reading): string | null {
  const labels = new Set(options.map((option) => text(option.text)));
  const [label = null] = labels;
  return labels.size === 1 ? label : null;
}
