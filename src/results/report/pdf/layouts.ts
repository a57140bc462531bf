import type { CustomTableLayout } from 'pdfmake/interfaces.js';
import { ruleColor, shade } from './theme.js';

const bare: CustomTableLayout = { hLineWidth: () => 0, vLineWidth: () => 0 };
const padded: CustomTableLayout = {
  paddingLeft: () => 6, paddingRight: () => 6, paddingTop: () => 4, paddingBottom: () => 4,
};

/** Rows parted by thin lines. */
export const ruled: CustomTableLayout = {
  ...padded,
  hLineWidth: (row) => (row === 0 ? 0 : 0.5),
  vLineWidth: () => 0,
  hLineColor: ruleColor,
};

/** A shaded box, of one cell. */
export const box: CustomTableLayout = { ...bare, ...padded, fillColor: shade };

/** One cell with a bar on its left. */
export const quote: CustomTableLayout = {
  ...bare, ...padded, vLineWidth: (column) => (column === 0 ? 2 : 0), vLineColor: ruleColor, paddingLeft: () => 10,
};

/** One empty cell with a line beneath it. */
export const rule: CustomTableLayout = { ...bare, hLineWidth: (row) => (row === 0 ? 0 : 0.5), hLineColor: ruleColor };
