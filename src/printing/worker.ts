import { move } from 'piscina';
import type { PdfTemplate, PrintJob } from './print-job.js';
import { renderPdf } from './render.js';

/** The work of a thread. Its bytes are handed over, not copied. */
export async function renderInThread({ template, data }: PrintJob): Promise<unknown> {
  const { pdfDefinition } = await import(template) as PdfTemplate<unknown>;
  // A copy, since Node shares the memory of small buffers.
  return move(new Uint8Array(await renderPdf(pdfDefinition(data))));
}
