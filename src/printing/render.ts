import pdfmake from 'pdfmake';
import type { TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { fontFiles, fonts } from './fonts.js';

/** Files that pdfmake is given instead of looking for them; missing in its types. */
interface VirtualFiles {
  readonly virtualfs: { writeFileSync(name: string, content: Buffer): void };
}

// A document says nothing that would be fetched or read; should it ever, pdfmake refuses.
pdfmake.setFonts(fonts);
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy(() => false);
const { virtualfs } = pdfmake as typeof pdfmake & VirtualFiles;
for (const [name, content] of fontFiles()) virtualfs.writeFileSync(name, content);

/** Prints a document; the same one always gives the same bytes. It takes the time of hundreds of requests. */
export function renderPdf(definition: TDocumentDefinitions): Promise<Uint8Array> {
  return pdfmake.createPdf(definition).getBuffer();
}
