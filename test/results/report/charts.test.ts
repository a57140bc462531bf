import { describe, expect, it } from '@jest/globals';
import { chartSvg } from '../../../src/results/report/charts/index.js';
import { colors } from '../../../src/results/report/colors.js';
import type { Chart } from '../../../src/results/report/document.js';
import { find, numbers, rootOf } from './svg-elements.js';

type Axis = readonly [min: number, max: number];

/** A chart with a point a value; the labels are `Point 1`, `Point 2` and so on. */
function chartOf(type: Chart['type'], [min, max]: Axis, ...values: readonly (number | null)[]): Chart {
  const points = values.map((value, index) => ({ label: `Point ${index + 1}`, value, text: String(value ?? '—') }));
  return { type, title: 'Title', min, max, points };
}

const textsOf = (svg: string): string[] => find(svg, 'text').map(({ text }) => text);

describe('bars', () => {
  /** Where the bars begin and end, in parts of their track. */
  function bars(chart: Chart): (readonly [number, number])[] {
    const svg = chartSvg(chart);
    const [start = NaN, width = NaN] = numbers(find(svg, 'rect', { fill: colors.track })[0], 'x', 'width');
    return find(svg, 'rect', { fill: colors.value }).map((bar) => {
      const [x = NaN, length = NaN] = numbers(bar, 'x', 'width');
      return [(x - start) / width, (x + length - start) / width] as const;
    });
  }

  it.each([
    { axis: [0, 100], value: 25, from: 0, to: 0.25 },
    { axis: [0, 100], value: 0, from: 0, to: 0 },
    { axis: [0, 100], value: 100, from: 0, to: 1 },
    { axis: [20, 80], value: 35, from: 0, to: 0.25 },
    { axis: [-80, -20], value: -35, from: 0.75, to: 1 },
    { axis: [-50, 50], value: -25, from: 0.25, to: 0.5 },
    { axis: [-50, 50], value: 25, from: 0.5, to: 0.75 },
    { axis: [0, 10], value: 12, from: 0, to: 1 },
    { axis: [0, 0.01], value: 0.005, from: 0, to: 0.5 },
  ] as const)('lead from $from to $to of the axis $axis for $value', ({ axis, value, from, to }) => {
    const [[start, end] = [NaN, NaN]] = bars(chartOf('bars', axis, value));
    expect(start).toBeCloseTo(from, 3);
    expect(end).toBeCloseTo(to, 3);
  });

  it('are not drawn without a value, while the point keeps its label, its track and its text', () => {
    const chart = chartOf('bars', [0, 10], 3, null, 5);
    const svg = chartSvg(chart);
    expect(bars(chart)).toHaveLength(2);
    expect(find(svg, 'rect', { fill: colors.track })).toHaveLength(3);
    expect(textsOf(svg)).toEqual(expect.arrayContaining(['Point 2', '—']));
  });

  it('have as many numbers at their axis as find room', () => {
    const drawn = (max: number): string[] =>
      find(chartSvg(chartOf('bars', [0, max], max)), 'text', { 'text-anchor': 'middle' }).map(({ text }) => text);
    expect(drawn(100)).toEqual(['0', '20', '40', '60', '80', '100']);
    expect(drawn(1)).toEqual(['0', '0.2', '0.4', '0.6', '0.8', '1']);
    expect(drawn(1e15).length).toBeLessThan(6);
  });
});

describe('a profile', () => {
  const svg = chartSvg(chartOf('profile', [20, 80], 20, 80, 50, null, 35, 35));
  const dots = find(svg, 'circle').map((dot) => numbers(dot, 'cx', 'cy'));

  it('has a dot for every value, at its place on the axis of its row', () => {
    const lines = find(svg, 'line').map((line) => numbers(line, 'x1', 'y1', 'x2', 'y2'));
    const axes = lines.filter(([, y1, , y2]) => y1 === y2);
    expect(axes).toHaveLength(6);
    const rows = axes.filter((_, index) => index !== 3);
    const places = dots.map(([x = NaN], index) => {
      const [start = NaN, , end = NaN] = rows[index] ?? [];
      return (x - start) / (end - start);
    });
    [0, 1, 0.5, 0.25, 0.25].forEach((place, index) => expect(places[index]).toBeCloseTo(place, 3));
    expect(dots.map(([, y]) => y)).toEqual(rows.map(([, y]) => y));
  });

  it('joins neighbouring dots, and nothing over a missing one', () => {
    const path = find(svg, 'path')[0]?.attributes['d'] ?? '';
    expect(path.split('M').slice(1).map((part) => part.split('L').map((place) => place.split(',').map(Number))))
      .toEqual([dots.slice(0, 3), dots.slice(3)]);
  });

  it('has its numbers above the first row and below the last', () => {
    const drawn = find(svg, 'text', { 'text-anchor': 'middle' });
    const ticks = ['20', '30', '40', '50', '60', '70', '80'];
    expect(drawn.map(({ text }) => text)).toEqual(ticks.flatMap((tick) => [tick, tick]));
    const heights = drawn.map((text) => Number(text.attributes['y']));
    const rows = dots.map(([, y = NaN]) => y);
    expect(Math.min(...heights)).toBeLessThan(Math.min(...rows));
    expect(Math.max(...heights)).toBeGreaterThan(Math.max(...rows));
  });

  it('grows with its points', () => {
    const height = (count: number): number =>
      Number(rootOf(chartSvg(chartOf('profile', [0, 1], ...Array<number>(count).fill(1)))).attributes['height']);
    expect(height(35)).toBeGreaterThanOrEqual(height(1) + 34 * 20);
  });
});

describe('a radar', () => {
  const rings = (svg: string): number[] => find(svg, 'circle', { fill: 'none' }).flatMap((ring) => numbers(ring, 'r'));
  const radius = (svg: string): number => Math.max(...rings(svg));
  /** The dots in parts of the radius, to the right and upwards. */
  const dots = (svg: string): number[][] => find(svg, 'circle', { fill: colors.value })
    .map((dot) => numbers(dot, 'cx', 'cy').map((place, index) => (index === 0 ? place : -place) / radius(svg)));

  it('has a dot for every value, clockwise from the top, as far from the middle as it is large', () => {
    const drawn = dots(chartSvg(chartOf('radar', [10, 20], 20, 15, 12.5, 10)));
    [[0, 1], [0.5, 0], [0, -0.25], [0, 0]].forEach(([x = NaN, y = NaN], index) => {
      expect(drawn[index]?.[0]).toBeCloseTo(x, 3);
      expect(drawn[index]?.[1]).toBeCloseTo(y, 3);
    });
  });

  it('closes and fills its shape when there is every value', () => {
    const [shape] = find(chartSvg(chartOf('radar', [0, 1], 1, 1, 1)), 'path');
    expect(shape?.attributes['d']).toMatch(/^M[^MZ]+Z$/);
    expect(shape?.attributes['fill']).toBe(colors.value);
  });

  it('leaves its shape open at a missing value, and the last point joined to the first', () => {
    const svg = chartSvg(chartOf('radar', [0, 1], 1, 1, null, 1));
    const [shape] = find(svg, 'path');
    expect(dots(svg)).toHaveLength(3);
    expect(shape?.attributes['d']).toMatch(/^M[^MZ]+$/);
    expect(shape?.attributes['d']?.split('L')).toHaveLength(3);
    expect(shape?.attributes['fill']).toBe('none');
    expect(textsOf(svg)).toEqual(expect.arrayContaining(['Point 3', '—']));
  });

  it('has a ring with its number for round values, and one at the end of the axis', () => {
    const svg = chartSvg(chartOf('radar', [0, 14], 1, 2, 3));
    const values = rings(svg).map((ring) => ring / radius(svg) * 14);
    expect(values).toEqual([5, 10, 14].map((value) => expect.closeTo(value, 2)));
    expect(textsOf(svg)).toEqual(expect.arrayContaining(['5', '10']));
  });
});

describe('a label', () => {
  it.each(['bars', 'radar', 'profile'] as const)('is told in full when it had to be cut, in %s', (type) => {
    const long = 'A label of so many words that three lines of a chart are not enough for all of them';
    const told = (label: string): string[] => {
      const svg = chartSvg({ ...chartOf(type, [0, 1]), points: [{ label, value: 1, text: '1' }] });
      return find(svg, 'title').map(({ text }) => text);
    };
    expect(told(long)).toEqual(['Title', long]);
    expect(told('Short')).toEqual(['Title']);
  });

  it('is printed to the letter', () => {
    const label = `<i> & "x" 'y' {{x}}`;
    const svg = chartSvg({ ...chartOf('bars', [0, 1], 1), points: [{ label, value: 1, text: '&lt;' }] });
    expect(textsOf(svg)).toEqual(expect.arrayContaining([label, '&lt;']));
  });
});
