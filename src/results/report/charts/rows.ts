import { scaleLinear, type ScaleLinear } from 'd3-scale';
import { type Markup, markup } from '../../../kernel/markup.js';
import type { Chart } from '../document.js';
import { drawLabel, type Label, label } from './label.js';
import { gridLine, tickNumber } from './shapes.js';
import { textWidth } from './text.js';
import { boldness, chartWidth, fontSize, gap, tickSize } from './theme.js';

/** The place of one point in a chart that has its points one below the other. */
export interface Row {
  readonly value: number | null;
  readonly name: Label;
  readonly text: Label;
  readonly top: number;
  readonly height: number;
  /** The middle of the row. */
  readonly y: number;
}

/** Points one below the other: names on the left, a common axis in the middle, values on the right. */
export interface Rows {
  readonly rows: readonly Row[];
  /** From a value to its place on the axis; a value beyond the axis stands at its end. */
  readonly x: ScaleLinear<number, number>;
  readonly bottom: number;
}

const WIDEST_NAME = 190;
const WIDEST_TEXT = 96;
const MAX_TICKS = 6;

/** Lays out the points of a chart from `top` downwards, each row with `padding` around its texts. */
export function layOutRows({ points, min, max }: Chart, top: number, padding: number): Rows {
  const nameWidth = Math.min(WIDEST_NAME, widest(points.map((point) => point.label), fontSize));
  const textsWidth = Math.min(WIDEST_TEXT, widest(points.map((point) => point.text), boldness * fontSize));
  let bottom = top;
  const rows = points.map(({ value, ...point }): Row => {
    const name = label(point.label, nameWidth);
    const text = label(point.text, textsWidth, 'bold');
    const height = Math.max(name.height, text.height) + 2 * padding;
    bottom += height;
    return { value, name, text, top: bottom - height, height, y: bottom - height / 2 };
  });
  const x = scaleLinear([min, max], [nameWidth + gap, chartWidth - textsWidth - gap]).clamp(true);
  return { rows, x, bottom };
}

/** The name and the value of a row. */
export function drawTexts({ name, text, y }: Row): Markup {
  const nameTop = y - name.height / 2;
  const textTop = y - text.height / 2;
  return markup`${drawLabel(name, 0, nameTop, 'start')}${drawLabel(text, chartWidth, textTop, 'end')}`;
}

/** Grid lines from `top` to the last row, with their number at each of the baselines. */
export function drawGrid({ x, bottom }: Rows, top: number, baselines: readonly number[]): Markup {
  return markup`${ticks(x).map((tick) => {
    const numbers = baselines.map((y) => tickNumber(tick, x(tick), y));
    return markup`${gridLine(x(tick), top, x(tick), bottom)}${numbers}`;
  })}`;
}

/** As many round numbers as find room beside each other. */
function ticks(x: ScaleLinear<number, number>): readonly number[] {
  const [start = 0, end = 0] = x.range();
  const fits = (numbers: readonly number[]): boolean =>
    numbers.reduce((width, number) => width + textWidth(String(number), tickSize) + gap, 0) <= end - start;
  for (let count = MAX_TICKS; count > 1; count -= 1) {
    const numbers = x.ticks(count);
    if (fits(numbers)) return numbers;
  }
  return [];
}

function widest(texts: readonly string[], size: number): number {
  return Math.max(...texts.map((text) => textWidth(text, size)));
}
