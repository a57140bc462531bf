import { type Markup, markup } from '../../../kernel/markup.js';
import { colors } from '../colors.js';
import type { Chart } from '../document.js';
import type { Drawing } from './drawing.js';
import { drawGrid, drawTexts, layOutRows, type Row, type Rows } from './rows.js';
import { tickSize } from './theme.js';

const THICKNESS = 16;
const PADDING = 8;

/** One horizontal bar a point, from zero, or from the end of an axis without zero; no bar without a value. */
export function drawBars(chart: Chart): Drawing {
  const layout = layOutRows(chart, 0, PADDING);
  const { rows, bottom } = layout;
  const numbers = bottom + tickSize + 4;
  const tracks = rows.map((row) => drawTrack(row, layout));
  const bars = rows.map((row) => drawBar(row, layout));
  return {
    height: numbers + 4,
    content: markup`${tracks}${drawGrid(layout, 0, [numbers])}${bars}${rows.map(drawTexts)}`,
  };
}

function drawTrack({ y }: Row, { x }: Rows): Markup {
  const [start = 0, end = 0] = x.range();
  return drawBand(start, end, y, colors.track);
}

function drawBar({ value, y }: Row, { x }: Rows): Markup {
  if (value === null) return markup``;
  const origin = x(0);
  return drawBand(Math.min(origin, x(value)), Math.max(origin, x(value)), y, colors.value);
}

function drawBand(from: number, to: number, y: number, color: string): Markup {
  const size = markup`width="${to - from}" height="${THICKNESS}"`;
  return markup`<rect x="${from}" y="${y - THICKNESS / 2}" ${size} rx="3" fill="${color}"/>`;
}
