import type { Content } from 'pdfmake/interfaces.js';
import { singleLine } from '../../../printing/printable.js';
import { barColors } from '../colors.js';
import type { BarBlock, Block, Chart, HeadingBlock, ListBlock } from '../document.js';
import { chartDrawings } from './chart.js';
import { keepWithNext, spaced, tallest } from './keep.js';
import { ruled } from './layouts.js';
import { richCellContent, richTextContent } from './rich-text.js';
import { tableContent } from './table.js';
import { captionSize, fontSize, gap, headingSizes, lineHeight, page } from './theme.js';

/** A block as it is printed. */
interface PrintedBlock {
  readonly content: Content;
  /** The height of what a heading before it wants on its own page; an estimate. */
  readonly start: number;
}

/** What comes after a block; null after the last. */
interface Next {
  readonly kind: Block['kind'] | null;
  readonly start: number;
}

const FEW_LINES = 2 * lineHeight;
/** A heading and two short rows. */
const TABLE_START = 64;
const BAR_HEIGHT = 9;
const BAR_GAP = 3;

/** The blocks one below the other. */
export function blockContents(blocks: readonly Block[]): Content[] {
  const contents: Content[] = [];
  let next: Next = { kind: null, start: 0 };
  for (const block of blocks.toReversed()) {
    const { content, start } = printed(block, next);
    contents.push(content);
    next = { kind: block.kind, start };
  }
  return contents.reverse();
}

function printed(block: Block, next: Next): PrintedBlock {
  switch (block.kind) {
    case 'heading':
      return printedHeading(block, next.start);
    case 'richText':
      return { content: { stack: [richTextContent(block.html)], marginTop: gap.block }, start: gap.block + FEW_LINES };
    case 'bar':
      // A text after a bar is about it.
      return printedBar(block, next.kind === 'richText' ? next.start : 0);
    case 'chart':
      return printedChart(block.chart);
    case 'table':
      return captioned(block.caption, [tableContent(block)], TABLE_START);
    case 'list':
      return printedList(block);
  }
}

function printedHeading({ level, text: written }: HeadingBlock, next: number): PrintedBlock {
  const text = singleLine(written);
  const height = gap.heading[level] + tallest(text, headingSizes[level]);
  return { content: keepWithNext({ text, style: `heading${level}` }, height, next), start: height + next };
}

function printedBar({ text: written, percentage, color }: BarBlock, next: number): PrintedBlock {
  const text = singleLine(written);
  const length = (page.textWidth * Math.min(100, Math.max(0, percentage))) / 100;
  const bar: Content = {
    canvas: [[page.textWidth, barColors.track] as const, [length, barColors[color]] as const]
      .filter(([width]) => width > 0)
      .map(([width, fill]) => ({ type: 'rect', x: 0, y: 0, w: width, h: BAR_HEIGHT, r: BAR_HEIGHT / 2, color: fill })),
    marginTop: BAR_GAP,
  };
  const height = gap.block + tallest(text, fontSize);
  const room = BAR_GAP + BAR_HEIGHT + next;
  const line = keepWithNext({ text, bold: true, marginTop: gap.block }, height, room);
  return { content: { stack: [line, bar] }, start: height + room };
}

function printedChart(chart: Chart): PrintedBlock {
  const drawings = chartDrawings(chart);
  return captioned(chart.title, drawings.map(({ content }) => content), drawings[0]?.height ?? 0);
}

/** A caption is not parted from what it is above. */
function captioned(written: string, contents: readonly Content[], start: number): PrintedBlock {
  const text = singleLine(written);
  const height = gap.block + tallest(text, captionSize);
  const room = gap.paragraph + start;
  const line = keepWithNext({ text, style: 'caption' }, height, room);
  return { content: { stack: spaced([line, ...contents], gap.paragraph) }, start: height + room };
}

/** Terms on the left, what is said of them beside them. */
function printedList({ items }: ListBlock): PrintedBlock {
  if (items.length === 0) return { content: { stack: [] }, start: 0 };
  const body = items.map(({ term, html }): Content[] =>
    [{ text: singleLine(term), bold: true }, richCellContent(html)]);
  const content: Content = { table: { widths: ['33%', '67%'], body }, layout: ruled, marginTop: gap.block };
  return { content, start: gap.block + FEW_LINES };
}
