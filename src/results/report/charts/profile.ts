import { line } from 'd3-shape';
import { type Markup, markup } from '../../../kernel/markup.js';
import { colors } from '../colors.js';
import type { Chart } from '../document.js';
import type { Drawing } from './drawing.js';
import { drawGrid, drawTexts, layOutRows, type Row, type Rows } from './rows.js';
import { dot, gridLine, valueLine } from './shapes.js';
import { chartWidth, tickSize } from './theme.js';

/** Above the first row and below the last one, for the numbers of the axis. */
const MARGIN = tickSize + 10;
const PADDING = 4;

/** One dot a point on a line of its own, neighbours joined. Without a value there is no dot, and no line to it. */
export function drawProfile(chart: Chart): Drawing {
  const layout = layOutRows(chart, MARGIN, PADDING);
  const { rows, x, bottom } = layout;
  const grid = drawGrid(layout, MARGIN, [tickSize, bottom + tickSize + 6]);
  const dots = rows.map(({ value, y }) => value === null ? markup`` : dot(x(value), y));
  return {
    height: bottom + MARGIN,
    content: markup`${drawBands(rows)}${grid}${drawAxes(layout)}${drawLine(layout)}${dots}${rows.map(drawTexts)}`,
  };
}

/** Every second row on a ground of its own, so that the eye keeps to its row. */
function drawBands(rows: readonly Row[]): Markup {
  const banded = rows.filter((_, index) => index % 2 === 0);
  return markup`${banded.map(({ top, height }) =>
    markup`<rect x="0" y="${top}" width="${chartWidth}" height="${height}" fill="${colors.band}"/>`)}`;
}

function drawAxes({ rows, x }: Rows): Markup {
  const [start = 0, end = 0] = x.range();
  return markup`${rows.map(({ y }) => gridLine(start, y, end, y))}`;
}

function drawLine({ rows, x }: Rows): Markup {
  const path = line<Row>()
    .x(({ value }) => x(value ?? 0))
    .y(({ y }) => y)
    .defined(({ value }) => value !== null)
    .digits(2);
  return valueLine(path(rows) ?? '', 'none');
}
