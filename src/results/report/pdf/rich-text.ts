import type { Content, CustomTableLayout } from 'pdfmake/interfaces.js';
import { type HtmlElement, type HtmlNode, parseHtml } from './html-tree.js';
import { type InlineStyle, styleWithin } from './inline-style.js';
import { keepTogether, keepWithNext, spaced, tallest } from './keep.js';
import { box, quote, rule } from './layouts.js';
import { tableContent } from './rich-table.js';
import { lineBreak, paragraph, type Span } from './spans.js';
import { fontSize, gap, lineHeight, muted, subheadingSize, tableFontSize } from './theme.js';

/** Where a text stands. */
interface Place {
  readonly style: InlineStyle;
  /** How far it is moved in, in steps; what would go beyond the last is not moved any further. */
  readonly level: number;
  /** Whether white space is printed as it is. */
  readonly exact: boolean;
}

const LAST_LEVEL = 6;
/** A frame has less room within than a list, a cell less than that; so frames and tables are never nested deeply. */
const LEVELS_OF_FRAME = 2;
const LEVELS_OF_CELL = 3;
const INDENT = 14;

/** A part of a text. */
interface Piece {
  readonly content: Content;
  /** It is not taller than this; infinite where nobody knows. */
  readonly height: number;
}

/** The paragraphs, lists and tables of simple HTML. Whatever the HTML is, all of its text is printed. */
export function richTextContent(html: string): Content {
  return contentAt(0, html);
}

/** The same for a cell of a table. */
export function richCellContent(html: string): Content {
  return contentAt(LEVELS_OF_CELL, html);
}

function contentAt(level: number, html: string): Content {
  return stack(flow(parseHtml(html), { style: {}, level, exact: false }));
}

/** Makes what an element shows as a block; nothing for one without text. */
type BlockPieces = (element: HtmlElement, place: Place) => Piece[];

const blocks: ReadonlyMap<string, BlockPieces> = new Map<string, BlockPieces>([
  ...['p', 'div', 'li', 'tr', 'caption'].map((name) => [name, plain] as const),
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((name) => [name, heading({ fontSize: subheadingSize })] as const),
  ['ul', (element, place) => list(element, place, (items) => ({ ul: spaced(items, gap.item) }))],
  ['ol', (element, place) =>
    list(element, place, (items) => ({ ol: spaced(items, gap.item), start: startOf(element) }))],
  ['dt', heading({ bold: true })],
  ['dd', (element, place) => movedIn(element, place, 1, (content) => ({ stack: [content], marginLeft: INDENT }))],
  ['blockquote', (element, place) =>
    movedIn(element, withStyle(place, { color: muted }), LEVELS_OF_FRAME, (content) => framed(content, quote))],
  ['pre', preformatted],
  ['hr', () => [piece(framed({ text: '', fontSize: 1 }, rule))]],
  ['table', table],
]);

function flow(nodes: readonly HtmlNode[], place: Place): Piece[] {
  const pieces: Piece[] = [];
  let spans: Span[] = [];
  const endParagraph = (): void => {
    const written = paragraph(spans);
    spans = [];
    if (written === null) return;
    // In a cell even a short text could be taller than a page.
    const height = place.level < LEVELS_OF_CELL ? tallest(written.text, fontSize) : Infinity;
    pieces.push({ content: keepTogether(written.content, height), height });
  };
  const add = (node: HtmlNode, style: InlineStyle): void => {
    if (typeof node === 'string') {
      spans.push({ text: node, style, exact: place.exact });
      return;
    }
    const block = blocks.get(node.name);
    const within = styleWithin(node, style);
    if (block) {
      endParagraph();
      for (const each of block(node, { ...place, style: within })) pieces.push(each);
    } else if (node.name === 'br') {
      spans.push(lineBreak);
    } else if (node.name === 'img') {
      const alt = node.attributes['alt'] ?? '';
      if (alt !== '') spans.push({ text: `[${alt}]`, style, exact: false });
    } else {
      for (const child of node.children) add(child, within);
      // A cell of a table that is printed as lines.
      if (node.name === 'td' || node.name === 'th') spans.push({ text: ' ', style, exact: false });
    }
  };
  for (const node of nodes) add(node, place.style);
  endParagraph();
  return pieces;
}

function plain({ children }: HtmlElement, place: Place): Piece[] {
  return flow(children, place);
}

/** What is not parted from what it is above. */
function heading(style: InlineStyle): BlockPieces {
  return ({ children }, place) => {
    const pieces = flow(children, withStyle(place, style));
    const height = pieces.reduce((total, each) => total + each.height + gap.paragraph, 0);
    const content: Content = { stack: [stack(pieces)], marginTop: gap.paragraph };
    return pieces.length === 0 ? [] : [piece(keepWithNext(content, height, 2 * lineHeight))];
  };
}

function list({ children }: HtmlElement, place: Place, shown: (items: readonly Content[]) => Content): Piece[] {
  const inner = { ...place, level: place.level + 1 };
  if (inner.level > LAST_LEVEL) return flow(children, place);
  const items = children
    .map((child) => flow(typeof child === 'string' || child.name !== 'li' ? [child] : child.children, inner))
    .filter((pieces) => pieces.length > 0);
  return items.length === 0 ? [] : [piece(shown(items.map(stack)))];
}

function startOf({ attributes }: HtmlElement): number {
  const start = Number.parseInt(attributes['start'] ?? '', 10);
  return Number.isSafeInteger(start) ? start : 1;
}

function movedIn(
  { children }: HtmlElement, place: Place, levels: number, around: (content: Content) => Content,
): Piece[] {
  const inner = { ...place, level: place.level + levels };
  if (inner.level > LAST_LEVEL) return flow(children, place);
  const pieces = flow(children, inner);
  return pieces.length === 0 ? [] : [piece(around(stack(pieces)))];
}

function preformatted(element: HtmlElement, place: Place): Piece[] {
  const within = withStyle(place, { fontSize: tableFontSize, preserveLeadingSpaces: true });
  return movedIn(element, { ...within, exact: true }, LEVELS_OF_FRAME, (content) => framed(content, box));
}

/** Lines of cells where there is no table to make of it. */
function table(element: HtmlElement, place: Place): Piece[] {
  const inner = { ...withStyle(place, { fontSize: tableFontSize }), level: place.level + LEVELS_OF_CELL };
  const cell = (each: HtmlElement): Content =>
    stack(flow(each.children, { ...inner, style: styleWithin(each, inner.style) }));
  const content = inner.level > LAST_LEVEL ? null : tableContent(element, cell);
  if (content === null) return flow(element.children, place);
  const captions = element.children.filter((child) => typeof child !== 'string' && child.name === 'caption');
  return [...flow(captions, place), piece(content)];
}

function framed(content: Content, layout: CustomTableLayout): Content {
  return { table: { widths: ['*'], body: [[content]] }, layout };
}

function piece(content: Content): Piece {
  return { content, height: Infinity };
}

function withStyle(place: Place, style: InlineStyle): Place {
  return { ...place, style: { ...place.style, ...style } };
}

function stack(pieces: readonly Piece[]): Content {
  return { stack: spaced(pieces.map(({ content }) => content), gap.paragraph) };
}
