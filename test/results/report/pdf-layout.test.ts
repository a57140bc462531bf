import { afterAll, describe, expect, it } from '@jest/globals';
import type { Block, ReportDocument } from '../../../src/results/report/document.js';
import { PdfRenderer } from '../../../src/printing/index.js';
import { reportPrintJob } from '../../../src/results/report/pdf/index.js';
import { type PlacedText, type ReadPdf, readPdf } from '../../printing/read-pdf.js';
import { reportOf, withoutFeet, words } from './report-pdf.js';

const renderer = new PdfRenderer();
afterAll(() => renderer.close());

const print = async (...blocks: readonly Block[]): Promise<ReadPdf> =>
  readPdf(await renderer.render(reportPrintJob(reportOf(...blocks))));
const richText = (html: string): Block => ({ kind: 'richText', html });
const heading = (level: 2 | 3, text: string): Block => ({ kind: 'heading', level, text });
const points = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ label: `Point${index}.`, value: index % 10, text: `${index}` }));
const chart = (type: 'bars' | 'radar' | 'profile', count: number, title = 'Next'): Block =>
  ({ kind: 'chart', chart: { type, title, min: 0, max: 10, points: points(count) } });
const row = (...cells: readonly string[]) => ({ cells, indented: false });
const columns = [{ label: 'Name', numeric: false }, { label: 'Count', numeric: true }];
const table = (rows: readonly ReturnType<typeof row>[], caption = 'Caption'): Block =>
  ({ kind: 'table', caption, columns, rows });

/** The places of a text, with their pages. */
function find({ items }: ReadPdf, text: string): readonly (PlacedText & { readonly page: number })[] {
  return items.flatMap((page, index) =>
    page.filter((item) => item.text === text).map((item) => ({ ...item, page: index + 1 })));
}

describe('a heading', () => {
  const bar: Block = { kind: 'bar', text: 'Next', percentage: 50, color: 'primary' };
  it.each<{ before: string; blocks: readonly Block[]; pages?: readonly number[] }>([
    { before: 'a text', blocks: [richText('<p>Next</p>')] },
    { before: 'a heading and a text', blocks: [heading(3, 'Between'), richText('<p>Next</p>')] },
    { before: 'a bar', blocks: [bar] },
    { before: 'a chart', blocks: [chart('bars', 3)] },
    { before: 'a chart that takes a page', blocks: [heading(3, 'Between'), chart('profile', 40)], pages: [2] },
    { before: 'a table', blocks: [table([row('First', '1'), row('Second', '2')], 'Next')] },
    { before: 'a list', blocks: [{ kind: 'list', items: [{ term: 'Next', html: 'Text' }] }] },
  ])('is on the page of what it is above, wherever that page ends: $before', async ({ blocks, pages = [1, 2] }) => {
    // Lines that push it step by step over the end of the page.
    const pushed = Array.from({ length: 16 }, (_, index) => richText('<p>Line</p>'.repeat(20 + index)));
    const pdfs = await Promise.all(pushed.map((lines) => print(lines, heading(2, 'Heading'), ...blocks)));
    for (const pdf of pdfs) expect(find(pdf, 'Heading')[0]?.page).toBe(find(pdf, 'Next')[0]?.page);
    expect(new Set(pdfs.map((pdf) => find(pdf, 'Heading')[0]?.page))).toEqual(new Set(pages));
  });

  it('within a text is on the page of what follows', async () => {
    const pdfs = await Promise.all(Array.from({ length: 16 }, (_, index) =>
      print(richText(`${'<p>Line</p>'.repeat(22 + index)}<h4>Heading</h4><p>Next</p>`))));
    for (const pdf of pdfs) expect(find(pdf, 'Heading')[0]?.page).toBe(find(pdf, 'Next')[0]?.page);
    expect(new Set(pdfs.map((pdf) => find(pdf, 'Heading')[0]?.page))).toEqual(new Set([1, 2]));
  });
});

describe('a table', () => {
  const rows = Array.from({ length: 90 }, (_, index) => row(`Row${index}.`, `${index * index}`));

  it('says its columns on each page, and its caption once', async () => {
    const pdf = await print(table(rows));
    expect(pdf.pages.length).toBeGreaterThan(2);
    expect(find(pdf, 'Count').map(({ page }) => page)).toEqual(pdf.pages.map((_, index) => index + 1));
    expect(find(pdf, 'Caption')).toHaveLength(1);
  });

  it('has numbers that end at the same place', async () => {
    const pdf = await print(table(rows));
    const ends = [...rows.map(({ cells }) => cells[1] ?? ''), 'Count']
      .flatMap((text) => find(pdf, text)).map(({ x, width }) => x + width);
    expect(ends.length).toBeGreaterThan(90);
    expect(Math.max(...ends) - Math.min(...ends)).toBeLessThan(0.5);
  });

  it('moves indented rows in', async () => {
    const pdf = await print(table([row('Whole', '1'), { ...row('Part', '2'), indented: true }]));
    expect(find(pdf, 'Part')[0]!.x).toBeGreaterThan(find(pdf, 'Whole')[0]!.x + 10);
  });

  it('does not part a row', async () => {
    const long = 'Long words follow. '.repeat(12);
    const tall = Array.from({ length: 40 }, (_, index) => row(`Start${index}. ${long} End${index}.`, '1'));
    const { pages } = await print(table(tall));
    const pageOf = (text: string): number => pages.findIndex((page) => page.includes(text));
    expect(pages.length).toBeGreaterThan(2);
    for (const [index] of tall.entries()) expect(pageOf(`Start${index}.`)).toBe(pageOf(`End${index}.`));
  });

  it('without rows is its heading', async () => {
    const pdf = await print(table([]));
    expect(withoutFeet(pdf, 'Title')).toEqual(['TitleSubtitleCaptionNameCount']);
  });
});

describe('a chart', () => {
  it.each(['bars', 'radar', 'profile'] as const)('of the kind %s is not parted by the end of a page', async (type) => {
    for (const lines of [15, 25, 35]) {
      const pdf = await print(richText('<p>Line</p>'.repeat(lines)), chart(type, 20));
      const places = points(20).flatMap(({ label }) => find(pdf, label));
      expect(places).toHaveLength(20);
      expect(new Set(places.map(({ page }) => page)).size).toBe(1);
    }
  });

  it.each(['bars', 'profile'] as const)('of the kind %s with very many points is drawn in readable parts', async (type) => {
    const pdf = await print(chart(type, 300));
    const places = points(300).flatMap(({ label }) => find(pdf, label));
    expect(places).toHaveLength(300);
    expect(Math.min(...places.map(({ width, text }) => width / text.length))).toBeGreaterThan(3.5);
  });
});

describe('what is taller than a page', () => {
  const long = words('Word', 1500);
  it.each<{ where: string; document: ReportDocument }>([
    { where: 'the title', document: { ...reportOf(), title: long } },
    { where: 'the subtitle', document: { ...reportOf(), subtitle: long } },
    { where: 'a heading', document: reportOf(heading(2, long)) },
    { where: 'the text of a bar', document: reportOf({ kind: 'bar', text: long, percentage: 5, color: 'danger' }) },
    { where: 'the title of a chart', document: reportOf(chart('bars', 1, long)) },
    { where: 'a caption', document: reportOf(table([row('1', '2')], long)) },
    { where: 'the label of a column', document: reportOf(
      { kind: 'table', caption: '', columns: [{ label: long, numeric: true }], rows: [row('1')] }) },
    { where: 'a cell', document: reportOf(table([row('1', '2'), row(long, '3'), row('4', '5')])) },
    { where: 'a term', document: reportOf({ kind: 'list', items: [{ term: long, html: 'Text' }] }) },
    { where: 'the text of a term', document: listOf(long) },
    { where: 'paragraphs of a term', document: listOf(`<p>${long.replaceAll(' ', '</p><p>')}</p>`) },
    { where: 'a table of a term', document: listOf(inElement('td', long)) },
    ...['p', 'h4', 'li', 'pre', 'blockquote', 'dt', 'dd', 'td', 'caption'].flatMap((name) => [
      { where: `a text in ${name}`, document: reportOf(richText(inElement(name, long))) },
      { where: `lines in ${name}`, document: reportOf(richText(inElement(name, long.replaceAll(' ', '<br>')))) },
      { where: `paragraphs in ${name}`,
        document: reportOf(richText(inElement(name, long.replaceAll(' ', '</div><div>')))) },
    ]),
  ])('is printed to its last word: $where', async ({ document }) => {
    const pdf = await readPdf(await renderer.render(reportPrintJob(document)));
    expect(pdf.pages.length).toBeGreaterThan(2);
    const text = pdf.pages.join('');
    expect(long.split(' ').filter((word) => !text.includes(word))).toEqual([]);
  });
});

function listOf(html: string): ReportDocument {
  return reportOf({ kind: 'list', items: [{ term: 'Term', html }] });
}

/** The text within the element and those that it needs around it. */
function inElement(name: string, html: string): string {
  const around: Readonly<Record<string, string>> = { li: 'ul', dt: 'dl', dd: 'dl', td: 'table', caption: 'table' };
  const inner = `<${name}><div>${html}</div></${name}>`;
  return around[name] === undefined ? inner : `<${around[name]}>${inner}</${around[name]}>`;
}
