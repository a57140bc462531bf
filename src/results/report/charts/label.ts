import { type Markup, markup } from '../../../kernel/markup.js';
import { colors } from '../colors.js';
import { type Anchor, textLine, type Weight } from './shapes.js';
import { type WrappedText, wrapText } from './text.js';
import { boldness, fontSize, lineHeight } from './theme.js';

/** A text in lines that is not placed yet. */
export interface Label extends WrappedText {
  /** The whole text. */
  readonly text: string;
  readonly weight: Weight;
  readonly height: number;
}

const MAX_LINES = 3;

/** Breaks a text into lines, at most three of at most this width. */
export function label(text: string, width: number, weight: Weight = 'normal'): Label {
  const wrapped = wrapText(text, width, weight === 'bold' ? boldness * fontSize : fontSize, MAX_LINES);
  return { ...wrapped, text, weight, height: wrapped.lines.length * lineHeight };
}

/** Draws a label with its top at `y`; a text that had to be cut is shown whole to those who point at it. */
export function drawLabel({ text, weight, lines, cut }: Label, x: number, y: number, anchor: Anchor): Markup {
  const style = { anchor, size: fontSize, color: colors.ink, weight };
  const drawn = lines.map((line, index) => textLine(line, x, baseline(y + index * lineHeight), style));
  return cut ? markup`<g><title>${text}</title>${drawn}</g>` : markup`${drawn}`;
}

/** Where letters stand to have the middle of their line as their own; printers differ about `dominant-baseline`. */
function baseline(top: number): number {
  return top + lineHeight / 2 + 0.35 * fontSize;
}
