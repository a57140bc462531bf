import pdfmake from 'pdfmake';
import type { ReportDocument } from '../document.js';
import { pdfDefinition } from './definition.js';
import { fontFiles, fonts } from './fonts.js';

/** Files that pdfmake is given instead of looking for them; missing in its types. */
interface VirtualFiles {
  readonly virtualfs: { writeFileSync(name: string, content: Buffer): void };
}

// A report says nothing that would be fetched or read; should it ever, pdfmake refuses.
pdfmake.setFonts(fonts);
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy(() => false);
const { virtualfs } = pdfmake as typeof pdfmake & VirtualFiles;
for (const [name, content] of fontFiles()) virtualfs.writeFileSync(name, content);

/** Prints a report; the same report always gives the same bytes. It takes the time of hundreds of requests. */
export function renderPdf(document: ReportDocument): Promise<Uint8Array> {
  return pdfmake.createPdf(pdfDefinition(document)).getBuffer();
}
