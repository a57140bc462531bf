import type { CustomTableLayout, Style, StyleDictionary } from 'pdfmake/interfaces.js';

/** All sizes are in points; a page is 595 by 842. */
export const page = { margin: 40, textWidth: 515 } as const;
/** 50 mm, of the QR code with its quiet zone, so that the code itself is wider than the 35 mm that its standard demands. */
export const codeWidth = 141.73;
export const markColors = {
  PAID: { ink: '#166534', ground: '#f0fdf4' }, CANCELLED: { ink: '#991b1b', ground: '#fef2f2' },
} as const;

const ink = '#111827';
const muted = '#4b5563';
const frame = '#374151';
export const shade = '#f3f4f6';

export const defaultStyle: Style = { font: 'Roboto', fontSize: 9.5, lineHeight: 1.2, color: ink };

export const styles: StyleDictionary = {
  title: { fontSize: 15, bold: true, marginTop: 20 },
  label: { fontSize: 8, color: muted },
  small: { fontSize: 8, color: muted, alignment: 'center' },
};

const padded: CustomTableLayout = {
  paddingLeft: () => 5, paddingRight: () => 5, paddingTop: () => 3, paddingBottom: () => 3,
};

/** A line around each cell. */
export const grid: CustomTableLayout = {
  ...padded, hLineWidth: () => 0.75, vLineWidth: () => 0.75, hLineColor: frame, vLineColor: frame,
};

/** No lines. */
export const plain: CustomTableLayout = {
  hLineWidth: () => 0, vLineWidth: () => 0,
  paddingLeft: () => 0, paddingRight: () => 5, paddingTop: () => 2, paddingBottom: () => 2,
};

/** A frame in the color of the mark that is in it. */
export function framed(color: string): CustomTableLayout {
  return { ...padded, hLineWidth: () => 1.5, vLineWidth: () => 1.5, hLineColor: color, vLineColor: color };
}

/** A heavy line above the first row, and room to sign in each. */
export const signed: CustomTableLayout = {
  ...plain, hLineWidth: (row) => (row === 0 ? 1.5 : 0), hLineColor: ink, paddingTop: () => 18,
};

/** A heavy line across the page. */
export function rule(marginTop: number) {
  return { canvas: [{ type: 'rect' as const, x: 0, y: 0, w: page.textWidth, h: 1.5, color: ink }], marginTop };
}
