import type { InterpretationDefinition } from '../../catalogue/index.js';
import { type Bar, interpret } from '../../scoring/index.js';
import type { BarBlock, Block } from './document.js';
import type { Reading } from './reading.js';
import { richText } from './rich-text-block.js';

/** What the author has to say about a result, in the reader's language. */
export interface Interpretation {
  /** Null without a heading. */
  readonly title: string | null;
  readonly bar: BarBlock | null;
  /** Simple HTML; null without a text. */
  readonly html: string | null;
}

/** All interpretations whose conditions hold, in the author's order. */
export function interpretationsOf(reading: Reading): Interpretation[] {
  const rules = reading.edition.report?.interpretations ?? [];
  return interpret(rules, reading.result).map(({ index, bar }) => {
    const rule = rules[index]!;
    return {
      title: reading.filledText(rule.name),
      bar: bar && barBlock(bar, rule.bar ?? null, reading),
      html: reading.filledHtml(rule.text),
    };
  });
}

/** `3 of 6` or `50%`, after the author's label. */
function barBlock(bar: Bar, rule: InterpretationDefinition['bar'] | null, reading: Reading): BarBlock {
  const { format, words } = reading;
  const max = rule?.max;
  const amount = bar.value === null ? format.percent(bar.percentage) : format.number(bar.value);
  const said = bar.value === null || max === undefined ? amount : words.outOf(amount, format.number(max));
  const label = reading.filledText(rule?.label);
  return {
    kind: 'bar',
    text: label === null ? said : `${label}: ${said}`,
    percentage: Math.min(100, Math.max(0, bar.percentage)),
    color: bar.color,
  };
}

/** The interpretations as they stand in a report, under a heading of their own where scales come before them. */
export function interpretationBlocks(reading: Reading): Block[] {
  const interpretations = interpretationsOf(reading);
  if (interpretations.length === 0) return [];
  const nested = reading.edition.scales.length > 0;
  const blocks = interpretations.flatMap(({ title, bar, html }): Block[] => [
    ...(title === null ? [] : [{ kind: 'heading', level: nested ? 3 : 2, text: title } as const]),
    ...(bar ? [bar] : []),
    ...richText(html),
  ]);
  return nested ? [{ kind: 'heading', level: 2, text: reading.words.interpretation }, ...blocks] : blocks;
}
