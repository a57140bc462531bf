import type { Content, Style } from 'pdfmake/interfaces.js';
import { printable } from '../../../printing/printable.js';

/** A piece of a paragraph, all of it in one style. */
export interface Span {
  readonly text: string;
  readonly style: Style;
  /** Whether white space stays as it is; else it is one space, as in a browser. */
  readonly exact: boolean;
}

export const lineBreak: Span = { text: '\n', style: {}, exact: true };

/** A paragraph, and its text alone. */
export interface Paragraph {
  readonly content: Content;
  readonly text: string;
}

/** A paragraph of these spans; null when there is nothing to see in them. */
export function paragraph(spans: readonly Span[]): Paragraph | null {
  const pieces = collapsed(spans);
  const last = pieces.findLastIndex(({ text }) => text.trim() !== '');
  if (last === -1) return null;
  const seen = pieces.slice(0, last + 1);
  return {
    content: { text: seen.map(({ text, style }) => ({ ...style, text })) },
    text: seen.map(({ text }) => text).join(''),
  };
}

function collapsed(spans: readonly Span[]): Span[] {
  const pieces: Span[] = [];
  let afterSpace = true;
  for (const { exact, style, text: written } of spans) {
    const spaced = exact ? printable(written) : printable(written).replace(/[ \n]+/g, ' ');
    const text = !exact && afterSpace ? spaced.replace(/^ /, '') : spaced;
    if (text === '') continue;
    pieces.push({ text, style, exact });
    afterSpace = /[ \n]$/.test(text);
  }
  return pieces;
}
