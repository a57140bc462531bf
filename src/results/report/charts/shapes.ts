import { type Markup, markup } from '../../../kernel/markup.js';
import { colors } from '../colors.js';
import { tickSize } from './theme.js';

/** Whether a text begins, has its middle or ends at its place. */
export type Anchor = 'start' | 'middle' | 'end';

export type Weight = 'normal' | 'bold';

interface TextStyle {
  readonly anchor: Anchor;
  readonly size: number;
  readonly color: string;
  readonly weight?: Weight;
}

const DOT_RADIUS = 4.5;

/** One line of text; `y` is its baseline. */
export function textLine(text: string, x: number, y: number, style: TextStyle): Markup {
  const { anchor, size, color, weight = 'normal' } = style;
  const font = markup`font-size="${size}" font-weight="${weight}" fill="${color}"`;
  return markup`<text x="${x}" y="${y}" text-anchor="${anchor}" ${font}>${text}</text>`;
}

/** A number of an axis, with its middle at `x`. */
export function tickNumber(tick: number, x: number, y: number): Markup {
  return textLine(String(tick), x, y, { anchor: 'middle', size: tickSize, color: colors.muted });
}

/** A line of an axis or a grid. */
export function gridLine(x1: number, y1: number, x2: number, y2: number): Markup {
  return markup`<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="${colors.grid}"/>`;
}

/** The dot of a value. */
export function dot(x: number, y: number): Markup {
  return markup`<circle cx="${x}" cy="${y}" r="${DOT_RADIUS}" fill="${colors.value}"/>`;
}

/** The line that joins values, with `fill` as the color of what it surrounds. */
export function valueLine(path: string, fill: string): Markup {
  const stroke = markup`stroke="${colors.value}" stroke-width="2" stroke-linejoin="round"`;
  return markup`<path d="${path}" fill="${fill}" fill-opacity="0.15" ${stroke}/>`;
}
