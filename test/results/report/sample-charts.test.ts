import { describe, expect, it } from '@jest/globals';
import { chartSvg } from '../../../src/results/report/charts/index.js';
import { chartWidth } from '../../../src/results/report/charts/theme.js';
import { sampleDocuments } from './sample-documents.js';
import { elementsOf, find, rootOf } from './svg-elements.js';

const sampleCharts = Object.entries(sampleDocuments).flatMap(([report, { blocks }]) =>
  blocks.flatMap((block, index) => {
    if (block.kind !== 'chart') return [];
    return [{ name: `block ${index + 1} of ${report}, ${block.chart.type}`, chart: block.chart }];
  }));

describe.each(sampleCharts)('the chart in $name', ({ chart }) => {
  const svg = chartSvg(chart, 'id');

  it('is well-formed, as wide as every chart, and as large as it says', () => {
    const { attributes } = rootOf(svg);
    expect(attributes).toMatchObject({ xmlns: 'http://www.w3.org/2000/svg', width: String(chartWidth) });
    expect(attributes['viewBox']).toBe(`0 0 ${attributes['width']} ${attributes['height']}`);
    expect(Number(attributes['height'])).toBeGreaterThan(0);
  });

  it('says what it shows, and every label and value in full', () => {
    const said = (text: string): string => text.replace(/[\u0007\u000b\ud800\uffff]/gu, '\ufffd');
    expect(rootOf(svg).attributes).toMatchObject({
      role: 'img', 'aria-labelledby': 'id-title', 'aria-describedby': 'id-values',
    });
    expect(find(svg, 'title', { id: 'id-title' }).map(({ text }) => text)).toEqual([said(chart.title)]);
    expect(find(svg, 'desc', { id: 'id-values' }).map(({ text }) => text))
      .toEqual([said(chart.points.map(({ label, text }) => `${label}: ${text}`).join('; '))]);
  });

  it('uses nothing but shapes and texts with attributes that every printer knows', () => {
    const elements = elementsOf(rootOf(svg));
    const names = new Set(elements.map(({ name }) => name));
    const attributes = new Set(elements.flatMap((element) => Object.keys(element.attributes)));
    const known = ['svg', 'title', 'desc', 'g', 'rect', 'circle', 'line', 'path', 'text'];
    expect([...names].filter((name) => !known.includes(name))).toEqual([]);
    expect([...attributes].filter((name) => /^(?:class|style|on.*|.*href|filter|mask|clip.*)$/.test(name))).toEqual([]);
  });

  it('has numbers of 2 decimals at most, none of them missing', () => {
    const drawn = elementsOf(rootOf(svg)).flatMap(({ attributes }) => Object.entries(attributes))
      .filter(([name]) => /^(?:[xy][12]?|c[xy]|r|width|height|viewBox|d|transform)$/.test(name))
      .map(([, value]) => value);
    expect(drawn.length).toBeGreaterThan(3);
    expect(drawn.join(' ')).not.toMatch(/NaN|Infinity|undefined|null|\d\.\d{3}|\de/);
  });

  it('is the same string for the same chart', () => {
    expect(chartSvg(structuredClone(chart), 'id')).toBe(svg);
  });
});
