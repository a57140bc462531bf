import type { Content } from 'pdfmake/interfaces.js';
import { singleLine } from '../../../printing/printable.js';
import type { TableBlock } from '../document.js';
import { CELL_PADDING, columnShares, percentage } from './columns.js';
import { tallest } from './keep.js';
import { ruled } from './layouts.js';
import { page, shade, tableFontSize } from './theme.js';

const INDENT = 12;
/** A heading that is repeated on every page must leave room for a row. */
const TALLEST_HEADING = 200;
const TALLEST_ROW = 400;

/** A table across the page, with its heading on every page and no row parted, unless they are uncommonly tall. */
export function tableContent({ columns, rows }: TableBlock): Content {
  const heading = columns.map(({ label }) => singleLine(label));
  const body = rows.map(({ cells }) => columns.map((_, column) => singleLine(cells[column] ?? '')));
  const shares = columnShares([heading, ...body]);
  const height = (texts: readonly string[]): number => Math.max(...texts.map((text, column) =>
    tallest(text, tableFontSize, Math.max(1, page.textWidth * (shares[column] ?? 0) - CELL_PADDING))));
  const whole = height(heading) <= TALLEST_HEADING && body.every((texts) => height(texts) <= TALLEST_ROW);
  const aligned = (text: string, column: number): { text: string; alignment: 'left' | 'right' } =>
    ({ text, alignment: columns[column]?.numeric === true ? 'right' : 'left' });
  const named = (texts: readonly string[], indented: boolean): Content[] => texts.map((text, column) =>
    column === 0 ? { text, bold: !indented, marginLeft: indented ? INDENT : 0 } : aligned(text, column));
  return {
    table: {
      widths: shares.map(percentage),
      body: [
        heading.map((text, column) => ({ ...aligned(text, column), bold: true, fillColor: shade })),
        ...body.map((texts, row) => named(texts, rows[row]?.indented === true)),
      ],
      ...(whole ? { headerRows: 1, keepWithHeaderRows: 1, dontBreakRows: true } : {}),
    },
    layout: ruled,
    fontSize: tableFontSize,
  };
}
