import { chartSvg } from '../../../src/results/report/charts/index.js';
import type { Block, ReportDocument } from '../../../src/results/report/document.js';
import { solid } from '../../printing/read-pdf.js';
import { find } from './svg-elements.js';

// The sanitizer requires the same package, and Jest can load it for both only in this order.
const { Parser } = await import('htmlparser2');

/** What a PDF of the report says, in its order and without white space. */
export function printedText({ title, subtitle, blocks }: ReportDocument): string {
  return solid([title, subtitle, ...blocks.flatMap(textsOf)].join(''));
}

/** The texts of a block in the order in which they are printed. */
function textsOf(block: Block): readonly string[] {
  switch (block.kind) {
    case 'heading':
    case 'bar':
      return [block.text];
    case 'richText':
      return [textOfHtml(block.html)];
    case 'chart':
      return [block.chart.title, ...find(chartSvg(block.chart), 'text').map(({ text }) => text)];
    case 'table':
      return [block.caption, ...block.columns.map(({ label }) => label), ...block.rows.flatMap(({ cells }) => cells)];
    case 'list':
      return block.items.flatMap(({ term, html }) => [term, textOfHtml(html)]);
  }
}

/** The text of simple HTML, with the numbers of items behind their single lines, and pictures as words. */
function textOfHtml(html: string): string {
  let text = '';
  const counters: (number | null)[] = [];
  const parser = new Parser({
    onopentag(name, { start = '1', alt }) {
      if (name === 'ol' || name === 'ul') counters.push(name === 'ol' ? Number(start) : null);
      if (name === 'img') text += `[${alt}]`;
    },
    ontext: (part) => { text += part; },
    onclosetag(name) {
      if (name === 'ol' || name === 'ul') counters.pop();
      const counter = counters.at(-1);
      if (name !== 'li' || typeof counter !== 'number') return;
      text += `${counter}.`;
      counters[counters.length - 1] = counter + 1;
    },
  });
  parser.end(html);
  return text;
}
