import { createRequire } from 'node:module';
import type { TFontDictionary } from 'pdfmake/interfaces.js';

const { resolve } = createRequire(import.meta.url);
const file = (face: string): string => resolve(`pdfmake/fonts/Roboto/Roboto-${face}.ttf`);

/** Roboto as it comes with pdfmake: Latin and Cyrillic letters and the signs of currencies in one file a face. */
export const fonts = {
  Roboto: {
    normal: file('Regular'), bold: file('Medium'), italics: file('Italic'), bolditalics: file('MediumItalic'),
  },
} satisfies TFontDictionary;
