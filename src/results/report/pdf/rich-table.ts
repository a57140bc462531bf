import type { Content, TableCell } from 'pdfmake/interfaces.js';
import { singleLine } from '../../../printing/printable.js';
import { columnShares, percentage } from './columns.js';
import { type HtmlElement, type HtmlNode, textOf } from './html-tree.js';
import { ruled } from './layouts.js';
import { shade } from './theme.js';

/** More would be too narrow to read. */
const MOST_COLUMNS = 10;

/** Gives what a cell shows. */
export type CellContent = (cell: HtmlElement) => Content;

interface GridCell {
  /** Null where a cell from above or from the left reaches to. */
  readonly element: HtmlElement | null;
  readonly columns: number;
  /** What its column needs room for: a part of the text of a cell that reaches over several. */
  readonly text: string;
}

/** A table with cells that reach over several columns; null when it has no cells, or too many beside each other. */
export function tableContent(table: HtmlElement, cellContent: CellContent): Content | null {
  const rows = gridOf(rowsOf(table.children));
  const columns = rows.reduce((most, { length }) => Math.max(most, length), 0);
  if (columns === 0 || columns > MOST_COLUMNS) return null;
  const even = rows.map((row) => [...row, ...Array<GridCell>(columns - row.length).fill(free)]);
  return {
    table: {
      widths: columnShares(even.map((row) => row.map(({ text }) => text))).map(percentage),
      body: even.map((row) => row.map((cell) => shown(cell, cellContent))),
    },
    layout: ruled,
  };
}

const free: GridCell = { element: null, columns: 1, text: '' };

/** What stands between the rows is a row too, so that no text is lost. */
function rowsOf(nodes: readonly HtmlNode[]): readonly (readonly HtmlElement[])[] {
  return nodes.filter(isShown).flatMap((node) => {
    if (typeof node === 'string') return [[cellOf(node)]];
    if (['thead', 'tbody', 'tfoot'].includes(node.name)) return rowsOf(node.children);
    return [node.name === 'tr' ? node.children.filter(isShown).map(cellOf) : [cellOf(node)]];
  });
}

function isShown(node: HtmlNode): boolean {
  return typeof node === 'string' ? node.trim() !== '' : node.name !== 'caption';
}

function cellOf(node: HtmlNode): HtmlElement {
  const isCell = typeof node !== 'string' && (node.name === 'td' || node.name === 'th');
  return isCell ? node : { name: 'td', attributes: {}, children: [node] };
}

/** Places the cells: one that reaches over several rows leaves those beneath it empty. */
function gridOf(rows: readonly (readonly HtmlElement[])[]): GridCell[][] {
  const rowsTaken: number[] = [];
  return rows.map((cells) => {
    const row: GridCell[] = [];
    const skipTaken = (): void => {
      for (let left = rowsTaken[row.length] ?? 0; left > 0; left = rowsTaken[row.length] ?? 0) {
        rowsTaken[row.length] = left - 1;
        row.push(free);
      }
    };
    for (const element of cells) {
      skipTaken();
      const rowsBelow = span(element, 'rowspan') - 1;
      for (const cell of cellsOf(element, span(element, 'colspan'))) {
        rowsTaken[row.length] = rowsBelow;
        row.push(cell);
      }
    }
    skipTaken();
    return row;
  });
}

function cellsOf(element: HtmlElement, columns: number): GridCell[] {
  const text = singleLine(textOf(element.children));
  const part = Math.ceil(text.length / columns);
  return Array.from({ length: columns }, (_, column) =>
    ({ element: column === 0 ? element : null, columns, text: text.slice(column * part, (column + 1) * part) }));
}

/** As many as are said, though a table that is too wide need not be any wider. */
function span({ attributes }: HtmlElement, attribute: string): number {
  const said = Number.parseInt(attributes[attribute] ?? '', 10);
  return Math.min(Math.max(1, said || 1), MOST_COLUMNS + 1);
}

function shown({ element, columns }: GridCell, cellContent: CellContent): TableCell {
  if (element === null) return {};
  const heading = element.name === 'th' ? { bold: true, fillColor: shade } : {};
  return { stack: [cellContent(element)], colSpan: columns, ...heading };
}
