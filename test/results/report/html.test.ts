import { describe, expect, it } from '@jest/globals';
import { sanitizeRichText } from '../../../src/kernel/rich-text.js';
import { barColors, colors } from '../../../src/results/report/colors.js';
import type { Block, ReportDocument } from '../../../src/results/report/document.js';
import { reportFragment, reportPage } from '../../../src/results/report/html/index.js';
import { reportStyles } from '../../../src/results/report/html/styles.js';
import { richTextsOf, sampleDocuments } from './sample-documents.js';

// The sanitizer requires the same package, and Jest can load it for both only in this order.
const { DomUtils, parseDocument } = await import('htmlparser2');

const samples = Object.entries(sampleDocuments).map(([name, document]) => ({ name, document }));
const faces = [{ face: 'page', print: reportPage }, { face: 'fragment', print: reportFragment }];
const printed = faces.flatMap(({ face, print }) =>
  samples.map(({ name, document }) => ({ face, name, document, print, html: print(document) })));

/** A report with these blocks. */
function reportOf(...blocks: readonly Block[]): ReportDocument {
  return { locale: 'en', title: 'Title', savedAt: '2026-01-01T00:00:00.000Z', subtitle: 'Subtitle', blocks };
}

type Attributes = Readonly<Record<string, string>>;

const elements = (html: string, name = '*') => DomUtils.getElementsByTagName(name, parseDocument(html));
const attributes = (html: string, name = '*'): Attributes[] => elements(html, name).map(({ attribs }) => attribs);
const texts = (html: string, name: string): string[] => elements(html, name).map((each) => DomUtils.textContent(each));
const headings = (html: string) => elements(html).filter(({ name }) => /^h[1-6]$/.test(name));
/** The values of these attributes wherever an element has them. */
const values = (html: string, ...names: readonly string[]): string[] =>
  attributes(html).flatMap((all) => names.flatMap((name) => all[name] ?? []));

describe.each(faces)('a $face', ({ print }) => {
  const hostile = `</style><b onload="x">'&amp;{{x}}`;
  const escaped = '&lt;/style&gt;&lt;b onload=&quot;x&quot;&gt;&#39;&amp;amp;{{x}}';
  const point = { label: 'Label', value: 1, text: '1' };
  const chart = { type: 'bars', title: 'Chart', min: 0, max: 1, points: [point] } as const;
  const chartOf = (change: Partial<typeof point>): Block =>
    ({ kind: 'chart', chart: { ...chart, points: [{ ...point, ...change }] } });
  const columns = [{ label: 'Name', numeric: false }];
  const table = { kind: 'table', caption: 'Caption', columns, rows: [{ cells: ['Row'], indented: false }] } as const;

  it.each<{ field: string; document: ReportDocument }>([
    { field: 'the title', document: { ...reportOf(), title: hostile } },
    { field: 'the subtitle', document: { ...reportOf(), subtitle: hostile } },
    { field: 'the locale', document: { ...reportOf(), locale: hostile } },
    { field: 'a heading', document: reportOf({ kind: 'heading', level: 2, text: hostile }) },
    { field: 'the line of a bar', document: reportOf({ kind: 'bar', text: hostile, percentage: 5, color: 'primary' }) },
    { field: 'the title of a chart', document: reportOf({ kind: 'chart', chart: { ...chart, title: hostile } }) },
    { field: 'the label of a point', document: reportOf(chartOf({ label: hostile })) },
    { field: 'the text of a point', document: reportOf(chartOf({ text: hostile })) },
    { field: 'a caption', document: reportOf({ ...table, caption: hostile }) },
    { field: 'the label of a column', document: reportOf({ ...table, columns: [{ label: hostile, numeric: true }] }) },
    { field: 'the name of a row', document: reportOf({ ...table, rows: [{ cells: [hostile], indented: true }] }) },
    { field: 'a cell', document: reportOf({ ...table, rows: [{ cells: ['Row', hostile], indented: false }] }) },
    { field: 'a term', document: reportOf({ kind: 'list', items: [{ term: hostile, html: 'Text' }] }) },
  ])('prints $field to the letter', ({ document }) => {
    const html = print(document);
    expect(html).toContain(escaped);
    expect(html).not.toContain(hostile);
    expect(elements(html, 'b')).toEqual([]);
  });

  it('prints rich text as it is', () => {
    const html = '<p>A <b>word</b> &amp; <a href="https://example.org/?a=1&amp;b=2">more</a></p>';
    expect(print(reportOf({ kind: 'richText', html }))).toContain(`>${html}<`);
    expect(print(reportOf({ kind: 'list', items: [{ term: 'Term', html }] }))).toContain(`>${html}<`);
  });

  it('gives the first level to no heading but its title', () => {
    const heading = (level: 2 | 3, text: string): Block => ({ kind: 'heading', level, text });
    const found = headings(print(reportOf(heading(2, 'Two'), heading(3, 'Three'))));
    expect(found.map(({ name }) => name)).toEqual(print === reportPage ? ['h1', 'h2', 'h3'] : ['h2', 'h3', 'h4']);
    expect(found.map((each) => DomUtils.textContent(each))).toEqual(['Title', 'Two', 'Three']);
  });

  it('prints a bar as long as its percentage, in its color, with its line above', () => {
    const html = print(reportOf({ kind: 'bar', text: 'Level: 1 of 3', percentage: 100 / 3, color: 'danger' }));
    expect(attributes(html, 'rect').map(({ width, fill }) => [width, fill]))
      .toEqual([['100%', barColors.track], ['33.33%', barColors.danger]]);
    expect(attributes(html, 'svg')).toEqual([expect.objectContaining({ role: 'img', 'aria-label': '33.33%' })]);
    expect(texts(html, 'p')).toEqual(['Subtitle', 'Level: 1 of 3']);
  });

  it('prints a table that says which cells are headings, numbers and parts of the row above', () => {
    const html = print(reportOf({
      kind: 'table', caption: 'Scores', columns: [{ label: 'Scale', numeric: false }, { label: 'T', numeric: true }],
      rows: [{ cells: ['Domain', '55'], indented: false }, { cells: ['Facet', '—'], indented: true }],
    }));
    expect(texts(html, 'caption')).toEqual(['Scores']);
    expect(texts(html, 'th')).toEqual(['Scale', 'T', 'Domain', 'Facet']);
    expect(attributes(html, 'th').map(({ scope }) => scope)).toEqual(['col', 'col', 'row', 'row']);
    expect(attributes(html, 'tr').map((row) => row['class'])).toEqual([undefined, undefined, 'indented']);
    expect(texts(html, 'td')).toEqual(['55', '—']);
    expect(attributes(html, 'td').map((cell) => cell['class'])).toEqual(['number', 'number']);
  });

  it('prints a list of terms with their texts', () => {
    const html = print(reportOf({ kind: 'list', items: [{ term: 'A', html: 'a' }, { term: 'B', html: '<p>b</p>' }] }));
    expect(texts(html, 'dt')).toEqual(['A', 'B']);
    expect(texts(html, 'dd')).toEqual(['a', 'b']);
  });

  it('names a chart once for those who hear the page and once for those who see it', () => {
    const html = print(reportOf({ kind: 'chart', chart }));
    const titles = elements(html).filter((element) => DomUtils.textContent(element) === 'Chart');
    expect(titles.map(({ name, attribs }) => [name, attribs['aria-hidden']]))
      .toEqual([['p', 'true'], ['title', undefined]]);
  });
});

describe.each(printed)('the $face of $name', ({ document, print, html }) => {
  it('has nothing that runs, and nothing from elsewhere but the images and links of its texts', () => {
    const rich = richTextsOf(document).join('');
    expect(html).not.toMatch(/<script|<link|<iframe|@import|url\(/i);
    expect(attributes(html).flatMap((all) => Object.keys(all)).filter((name) => name.startsWith('on'))).toEqual([]);
    expect(values(html, 'src', 'href')).toEqual(values(rich, 'src', 'href'));
  });

  it('has no id twice, and refers to those that there are', () => {
    const ids = values(html, 'id');
    const references = values(html, 'aria-labelledby', 'aria-describedby');
    expect(new Set(ids).size).toBe(ids.length);
    expect(references.length).toBeGreaterThan(0);
    expect(references.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('is the same to the byte for the same report', () => {
    expect(print(structuredClone(document))).toBe(html);
  });
});

describe('a page', () => {
  it.each(samples)('is complete, in the language of its report: $name', ({ document }) => {
    const html = reportPage(document);
    expect(html).toMatch(/^<!doctype html>\n<html lang="/);
    expect(attributes(html, 'html')).toEqual([{ lang: document.locale }]);
    expect(attributes(html, 'meta')).toEqual([
      { charset: 'utf-8' }, { name: 'viewport', content: 'width=device-width, initial-scale=1' },
    ]);
    expect(texts(html, 'title')[0]).toBe(texts(html, 'h1')[0]);
    expect(['main', 'header', 'h1', 'style'].map((name) => elements(html, name).length)).toEqual([1, 1, 1, 1]);
  });
});

describe('a fragment', () => {
  it.each(samples)('is one section with its own styles and a title of the second level: $name', ({ document }) => {
    const html = reportFragment(document);
    expect(parseDocument(html.trim()).children).toHaveLength(1);
    expect(attributes(html, 'section')).toEqual([{ class: 'testodrom-report', lang: document.locale }]);
    expect(elements(html, 'style')).toHaveLength(1);
    expect(headings(html)[0]?.name).toBe('h2');
    expect(elements(html, 'h1')).toEqual([]);
  });

  it('has no selector that could meet an element outside of a report', () => {
    const rules = reportStyles.replace(/@media [^{]+\{/g, '').match(/[^{}]+(?=\{)/g) ?? [];
    const selectors = rules.flatMap((rule) => rule.trim().split(/,(?![^(]*\))/));
    expect(selectors.length).toBeGreaterThan(30);
    expect(selectors.filter((selector) => !/^\.testodrom-report(?: (?![+~])|$)/.test(selector.trim()))).toEqual([]);
    expect(reportStyles).not.toMatch(/@(?!media)/);
  });

  it('shares no id with the fragment of another report', () => {
    const ids = samples.flatMap(({ document }) => values(reportFragment(document), 'id'));
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('the rich texts of the samples', () => {
  it.each(samples)('hold nothing but what the sanitizer lets through: $name', ({ document }) => {
    const rich = richTextsOf(document);
    expect(rich.length).toBeGreaterThan(1);
    expect(rich.flatMap((html) => sanitizeRichText(html).dropped)).toEqual([]);
  });
});

describe('the colors', () => {
  /** The contrast of two colors as WCAG defines it, 1 to 21. */
  function contrast(...pair: readonly [string, string]): number {
    const [dark = NaN, light = NaN] = pair.map((color) => {
      const [red = 0, green = 0, blue = 0] = (color.match(/[\da-f]{2}/g) ?? []).map((part) => {
        const share = parseInt(part, 16) / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    }).sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  }

  it('are told apart from what is behind them', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
    const { track, ...bars } = barColors;
    for (const bar of Object.values(bars)) {
      expect(contrast(bar, '#ffffff')).toBeGreaterThan(4.5);
      expect(contrast(bar, track)).toBeGreaterThan(3);
    }
    for (const text of [colors.ink, colors.muted]) expect(contrast(text, colors.band)).toBeGreaterThan(4.5);
    for (const ground of [colors.track, colors.band]) expect(contrast(colors.value, ground)).toBeGreaterThan(3);
  });
});
