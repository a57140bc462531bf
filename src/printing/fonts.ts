import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { TFontDictionary } from 'pdfmake/interfaces.js';

const { resolve } = createRequire(import.meta.url);

/**
 * Roboto as it comes with pdfmake: Latin and Cyrillic letters and the signs of currencies in one file a face. The faces
 * have the names that stand in the fonts themselves: by these, charts find the ones that the text above them uses.
 */
export const fonts = {
  Roboto: {
    normal: 'Roboto-Regular', bold: 'Roboto-Medium', italics: 'Roboto-Italic', bolditalics: 'Roboto-MediumItalic',
  },
} satisfies TFontDictionary;

/** Rules of kerning and of joined letters: following them takes half of the time of a document, and is hardly seen. */
const layoutRules: readonly string[] = ['GDEF', 'GPOS', 'GSUB'];

/** The fonts by their names, read once a thread. */
export function fontFiles(): Map<string, Buffer> {
  return new Map(Object.values(fonts.Roboto).map((name) => {
    const font = readFileSync(resolve(`pdfmake/fonts/Roboto/${name}.ttf`));
    return [name, withoutTables(font, layoutRules)];
  }));
}

const DIRECTORY = 12;
const ENTRY_LENGTH = 16;

/** A TrueType font in which some tables are not found: their entries in its directory have other names. */
function withoutTables(font: Buffer, tables: readonly string[]): Buffer {
  const count = font.readUInt16BE(4);
  for (let entry = DIRECTORY; entry < DIRECTORY + count * ENTRY_LENGTH; entry += ENTRY_LENGTH) {
    if (tables.includes(font.toString('latin1', entry, entry + 4))) font.write('none', entry, 'latin1');
  }
  return font;
}
