import type { Style, StyleDictionary } from 'pdfmake/interfaces.js';
import { colors } from '../colors.js';

/** All sizes are in points; a page is 595 by 842. */
export const page = { left: 50, top: 50, right: 50, bottom: 56, textWidth: 495, textHeight: 736 } as const;

export const fontSize = 10.5;
/** From one base line to the next. */
export const lineHeight = 16;
export const headingSizes = { 2: 15, 3: 12 } as const;
/** Of a heading within a text. */
export const subheadingSize = 11;
export const tableFontSize = 9.5;
export const captionSize = 10;

/** Above a heading of each level and any other block; between two paragraphs and between two items of a list. */
export const gap = { heading: { 2: 22, 3: 16 }, block: 10, paragraph: 6, item: 3 } as const;

export const linkColor = colors.value;
export const accentColor = colors.value;
export const ruleColor = colors.grid;
export const shade = '#f3f4f6';
export const { ink, muted } = colors;

export const defaultStyle: Style = { font: 'Roboto', fontSize, lineHeight: 1.3, color: ink };

// Only the space above is styled: pdfmake starts a page for a space below that no longer fits.
export const styles: StyleDictionary = {
  title: { fontSize: 22, bold: true, lineHeight: 1.15 },
  subtitle: { color: muted, marginTop: 4 },
  heading2: { fontSize: headingSizes[2], bold: true, marginTop: gap.heading[2] },
  heading3: { fontSize: headingSizes[3], bold: true, marginTop: gap.heading[3] },
  caption: { fontSize: captionSize, bold: true, marginTop: gap.block },
  footer: { fontSize: 8, color: muted },
};
