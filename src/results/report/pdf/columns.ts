import { textWidth } from '../charts/text.js';
import { page, tableFontSize } from './theme.js';

/** What a cell has on both sides of its text, together. */
export const CELL_PADDING = 12;

/**
 * The shares of the columns in the width of a table, for rows of equally many texts; their sum is 1. Each column gets
 * what its longest word needs, then what its longest text would like; where that is too much, the widest give way.
 */
export function columnShares(rows: readonly (readonly string[])[]): number[] {
  const columns = (rows[0] ?? []).map((_, column) => rows.map((row) => row[column] ?? ''));
  const words = columns.map((texts) => CELL_PADDING + widest(texts.flatMap((text) => text.split(/\s+/))));
  const needed = fitted(words, page.textWidth);
  const wishes = columns.map((texts, column) => Math.max(0, CELL_PADDING + widest(texts) - (needed[column] ?? 0)));
  const extra = fitted(wishes, page.textWidth - sum(needed));
  const widths = needed.map((width, column) => width + (extra[column] ?? 0));
  return widths.map((width) => width / sum(widths));
}

/** The way in which pdfmake is told a share. */
export function percentage(share: number): string {
  return `${100 * share}%`;
}

/** The lengths, the largest cut to one size so that there is room for all. */
function fitted(lengths: readonly number[], room: number): number[] {
  let left = room;
  for (const [index, length] of lengths.toSorted((a, b) => a - b).entries()) {
    const equal = left / (lengths.length - index);
    if (length > equal) return lengths.map((each) => Math.min(each, equal));
    left -= length;
  }
  return [...lengths];
}

function widest(texts: readonly string[]): number {
  return texts.reduce((width, text) => Math.max(width, textWidth(text, tableFontSize)), 0);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
