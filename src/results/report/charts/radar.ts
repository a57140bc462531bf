import { scaleLinear, type ScaleLinear } from 'd3-scale';
import { curveLinear, curveLinearClosed, lineRadial, pointRadial } from 'd3-shape';
import { type Markup, markup } from '../../../kernel/markup.js';
import { colors } from '../colors.js';
import type { Chart } from '../document.js';
import type { Drawing } from './drawing.js';
import { drawLabel } from './label.js';
import { dot, gridLine, tickNumber, valueLine } from './shapes.js';
import { layOutSpokes, type Spoke } from './spokes.js';
import { textWidth } from './text.js';
import { chartWidth, tickSize } from './theme.js';

/** From a value to its distance from the middle. */
type Scale = ScaleLinear<number, number>;

const MARGIN = 4;
const RINGS = 4;

/** One axis a point around a common middle, joined to a shape. Without a value there is no dot, the shape is open. */
export function drawRadar(chart: Chart): Drawing {
  const { spokes, radius } = layOutSpokes(chart.points);
  const scale = scaleLinear([chart.min, chart.max], [0, radius]).clamp(true);
  const top = Math.min(-radius, ...spokes.map((spoke) => spoke.top)) - MARGIN;
  const bottom = Math.max(radius, ...spokes.map((spoke) => spoke.top + spoke.height)) + MARGIN;
  const rings = scale.ticks(RINGS).filter((tick) => scale(tick) > 0);
  return {
    height: bottom - top,
    content: markup`<g transform="translate(${chartWidth / 2} ${-top})">${
      drawGrid(spokes, [...rings.map(scale), radius])}${drawShape(spokes, scale)}${
      rings.map((ring) => drawNumber(ring, scale))}${spokes.map((spoke) => drawDot(spoke, scale))}${
      spokes.map(drawTexts)}</g>`,
  };
}

function drawGrid(spokes: readonly Spoke[], radii: readonly number[]): Markup {
  const circles = radii.map((r) => markup`<circle r="${r}" fill="none" stroke="${colors.grid}"/>`);
  const outermost = Math.max(...radii);
  return markup`${circles}${spokes.map(({ angle }) => gridLine(0, 0, ...pointRadial(angle, outermost)))}`;
}

/** The number of a ring, beside the first axis; on white, so that the shape does not strike it out. */
function drawNumber(ring: number, scale: Scale): Markup {
  const width = textWidth(String(ring), tickSize) + 4;
  const left = -6 - width;
  const y = -scale(ring);
  const ground = markup`width="${width}" height="14" rx="3" fill="#ffffff" fill-opacity="0.8"`;
  return markup`<rect x="${left}" y="${y - 7}" ${ground}/>${tickNumber(ring, left + width / 2, y + 4)}`;
}

function drawShape(spokes: readonly Spoke[], scale: Scale): Markup {
  const missing = spokes.findIndex(({ value }) => value === null);
  const closed = missing < 0;
  // An open shape begins where a value is missing, so that the last point is still joined to the first one.
  const inOrder = closed ? spokes : [...spokes.slice(missing), ...spokes.slice(0, missing)];
  const path = lineRadial<Spoke>()
    .angle(({ angle }) => angle)
    .radius(({ value }) => scale(value ?? 0))
    .defined(({ value }) => value !== null)
    .curve(closed ? curveLinearClosed : curveLinear)
    .digits(2);
  return valueLine(path(inOrder) ?? '', closed ? colors.value : 'none');
}

function drawDot({ value, angle }: Spoke, scale: Scale): Markup {
  return value === null ? markup`` : dot(...pointRadial(angle, scale(value)));
}

function drawTexts({ name, text, x, top, anchor }: Spoke): Markup {
  return markup`${drawLabel(name, x, top, anchor)}${drawLabel(text, x, top + name.height, anchor)}`;
}
