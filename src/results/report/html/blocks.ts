import { Markup, markup } from '../../../kernel/markup.js';
import { chartSvg } from '../charts/index.js';
import { barColors } from '../colors.js';
import type { BarBlock, Block, Chart, HeadingBlock, ListBlock, TableBlock } from '../document.js';

/** What the place of a report in its page decides. */
export interface Place {
  /** The level of the report's own title among the headings of the page. */
  readonly titleLevel: 1 | 2;
  /** Begins every id of the report. */
  readonly id: string;
}

/** A block as HTML; the index is its place in the document. */
export function blockMarkup(block: Block, index: number, { titleLevel, id }: Place): Markup {
  const blockId = `${id}-${index + 1}`;
  switch (block.kind) {
    case 'heading':
      return headingMarkup(block, titleLevel);
    case 'richText':
      return richTextMarkup(block.html);
    case 'bar':
      return barMarkup(block);
    case 'chart':
      return chartMarkup(block.chart, blockId);
    case 'table':
      return tableMarkup(block, blockId);
    case 'list':
      return listMarkup(block);
  }
}

function headingMarkup({ level, text }: HeadingBlock, titleLevel: number): Markup {
  const element = new Markup(`h${level + titleLevel - 1}`);
  return markup`<${element} class="heading-${level}">${text}</${element}>`;
}

/** A table of the author's may be wider than the page; the text is then scrolled within its box, by keyboard too. */
function richTextMarkup(html: string): Markup {
  const box = new Markup(html.includes('<table') ? 'class="text scrolls" tabindex="0"' : 'class="text"');
  return markup`<div ${box}>${new Markup(html)}</div>`;
}

/** An image, since a printer leaves out backgrounds, and a strict page refuses style attributes. */
function barMarkup({ text, percentage, color }: BarBlock): Markup {
  const track = markup`<rect width="100%" height="12" rx="6" fill="${barColors.track}"/>`;
  const score = markup`<rect width="${percentage}%" height="12" rx="6" fill="${barColors[color]}"/>`;
  const image = markup`<svg role="img" aria-label="${percentage}%" width="100%" height="12">${track}${score}</svg>`;
  return markup`<div class="bar"><p>${text}</p>${image}</div>`;
}

/** The image tells its title itself, so it is for those who see it that the title is said once more. */
function chartMarkup(chart: Chart, id: string): Markup {
  return markup`<div class="chart"><p aria-hidden="true">${chart.title}</p>${new Markup(chartSvg(chart, id))}</div>`;
}

/** A table that is wider than the page is scrolled within its box, by keyboard too. */
function tableMarkup({ caption, columns, rows }: TableBlock, id: string): Markup {
  const kinds = columns.map(({ numeric }) => new Markup(numeric ? ' class="number"' : ''));
  const kind = (index: number): Markup => kinds[index] ?? markup``;
  const head = columns.map(({ label }, index) => markup`<th scope="col"${kind(index)}>${label}</th>`);
  const body = rows.map(({ cells: [name = '', ...cells], indented }) => {
    const row = new Markup(indented ? 'tr class="indented"' : 'tr');
    const data = cells.map((cell, index) => markup`<td${kind(index + 1)}>${cell}</td>`);
    return markup`<${row}><th scope="row">${name}</th>${data}</tr>\n`;
  });
  return markup`<div class="table scrolls" role="group" aria-labelledby="${id}" tabindex="0"><table>
<caption id="${id}">${caption}</caption>
<thead><tr>${head}</tr></thead>
<tbody>
${body}</tbody></table></div>`;
}

function listMarkup({ items }: ListBlock): Markup {
  const entries = items.map(({ term, html }) => markup`<div><dt>${term}</dt><dd>${richTextMarkup(html)}</dd></div>
`);
  return markup`<dl class="list">
${entries}</dl>`;
}
