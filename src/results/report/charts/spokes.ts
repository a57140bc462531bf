import { pointRadial } from 'd3-shape';
import type { ChartPoint } from '../document.js';
import { type Label, label } from './label.js';
import type { Anchor } from './shapes.js';
import { textWidth } from './text.js';
import { chartWidth, fontSize, gap } from './theme.js';

/** The place of one point in a radar; coordinates are counted from the middle of the radar. */
export interface Spoke {
  readonly value: number | null;
  /** In radians, clockwise from the top. */
  readonly angle: number;
  readonly name: Label;
  readonly text: Label;
  readonly x: number;
  /** Where the texts begin: the name, and the value below it. */
  readonly top: number;
  readonly height: number;
  readonly anchor: Anchor;
}

export interface Spokes {
  readonly spokes: readonly Spoke[];
  readonly radius: number;
}

const LEAST_RADIUS = 90;
const LARGEST_RADIUS = 120;
const WIDEST_NAME = 200;
const BETWEEN_LABELS = 4;

/** Places the points around a circle with their texts outside of it, none above another. */
export function layOutSpokes(points: readonly ChartPoint[]): Spokes {
  const words = points.flatMap((point) => point.label.split(/\s/));
  const longest = Math.max(...words.map((word) => textWidth(word, fontSize)));
  const radius = Math.min(LARGEST_RADIUS, Math.max(LEAST_RADIUS, chartWidth / 2 - gap - longest));
  const spokes = points.map((point, index) => placeSpoke(point, 2 * Math.PI * index / points.length, radius));
  const right = spread(spokes.filter(({ anchor }) => anchor === 'start'));
  const left = spread(spokes.filter(({ anchor }) => anchor === 'end'));
  const top = Math.min(...[...right, ...left].map((spoke) => spoke.top)) - BETWEEN_LABELS;
  const bottom = Math.max(...[...right, ...left].map((spoke) => spoke.top + spoke.height)) + BETWEEN_LABELS;
  const middle = spokes.filter(({ anchor }) => anchor === 'middle').map((spoke) => ({
    ...spoke, top: spoke.top < 0 ? Math.min(spoke.top, top - spoke.height) : Math.max(spoke.top, bottom),
  }));
  return { spokes: [...right, ...left, ...middle].toSorted((a, b) => a.angle - b.angle), radius };
}

function placeSpoke({ value, ...point }: ChartPoint, angle: number, radius: number): Spoke {
  const [x, y] = pointRadial(angle, radius + gap);
  const anchor = Math.abs(x) < 1 ? 'middle' : x > 0 ? 'start' : 'end';
  const width = Math.min(WIDEST_NAME, chartWidth / 2 - Math.abs(x));
  const name = label(point.label, width);
  const text = label(point.text, width, 'bold');
  const height = name.height + text.height;
  // Above the circle a text ends at its place, below it begins there, beside it it has its middle there.
  return { value, angle, name, text, x, top: y - height * (1 - y / (radius + gap)) / 2, height, anchor };
}

/** Moves labels apart, as far up as down, until none covers another. */
function spread(spokes: readonly Spoke[]): readonly Spoke[] {
  const sorted = spokes.toSorted((a, b) => a.top - b.top);
  const lowered = pushed(sorted);
  const raised = pushed(sorted.map(mirrored).reverse()).map(mirrored).reverse();
  // Both leave room for every label, and so does the middle between them.
  return lowered.map((spoke, index) => ({ ...spoke, top: (spoke.top + (raised[index] ?? spoke).top) / 2 }));
}

/** Moves every label below the one before it. */
function pushed(sorted: readonly Spoke[]): readonly Spoke[] {
  let free = -Infinity;
  return sorted.map((spoke) => {
    const top = Math.max(spoke.top, free);
    free = top + spoke.height + BETWEEN_LABELS;
    return { ...spoke, top };
  });
}

/** Upside down. */
function mirrored(spoke: Spoke): Spoke {
  return { ...spoke, top: -spoke.top - spoke.height };
}
