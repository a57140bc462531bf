import pdfmake from 'pdfmake';
import type { ReportDocument } from '../document.js';
import { pdfDefinition } from './definition.js';
import { fonts } from './fonts.js';

// A report says nothing that would be fetched or read; should it ever, pdfmake refuses.
const fontFiles: readonly string[] = Object.values(fonts.Roboto);
pdfmake.setFonts(fonts);
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((path) => fontFiles.includes(path));

/** Prints a report; the same report always gives the same bytes. It takes the time of hundreds of requests. */
export function renderPdf(document: ReportDocument): Promise<Uint8Array> {
  return pdfmake.createPdf(pdfDefinition(document)).getBuffer();
}
