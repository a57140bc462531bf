import type { Style } from 'pdfmake/interfaces.js';
import type { HtmlElement } from './html-tree.js';
import { fontSize, linkColor, shade } from './theme.js';

/** A style that a link is part of. */
export interface InlineStyle extends Style {
  readonly link?: string;
}

/** What an element changes of the style around it. */
type Change = (outer: InlineStyle, element: HtmlElement) => InlineStyle;

const changes: ReadonlyMap<string, Change> = new Map<string, Change>([
  ...['b', 'strong', 'th', 'caption', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((name) => [name, bold] as const),
  ...['i', 'em'].map((name) => [name, italic] as const),
  ['u', (outer) => decorated(outer, 'underline')],
  ['s', (outer) => decorated(outer, 'lineThrough')],
  ['small', (outer) => ({ fontSize: 0.85 * (outer.fontSize ?? fontSize) })],
  ['sub', () => ({ sub: true, sup: false })],
  ['sup', () => ({ sup: true, sub: false })],
  ['code', () => ({ background: shade })],
  ['a', linked],
]);

/** The style of what is within an element, that of the element around it given. */
export function styleWithin(element: HtmlElement, outer: InlineStyle): InlineStyle {
  return { ...outer, ...changes.get(element.name)?.(outer, element) };
}

function bold(): InlineStyle {
  return { bold: true };
}

function italic(): InlineStyle {
  return { italics: true };
}

function decorated({ decoration = [] }: InlineStyle, line: 'underline' | 'lineThrough'): InlineStyle {
  return { decoration: [...new Set([decoration, line].flat())] };
}

function linked(outer: InlineStyle, { attributes }: HtmlElement): InlineStyle {
  const url = URL.parse(attributes['href'] ?? '');
  if (!url || !['http:', 'https:', 'mailto:'].includes(url.protocol)) return {};
  return { link: url.href, color: linkColor, ...decorated(outer, 'underline') };
}
