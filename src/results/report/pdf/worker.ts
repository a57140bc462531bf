import { move } from 'piscina';
import type { ReportDocument } from '../document.js';
import { renderPdf } from './render.js';

/** The work of a thread. Its bytes are handed over, not copied. */
export async function renderInThread(document: ReportDocument): Promise<unknown> {
  // A copy, since Node shares the memory of small buffers.
  return move(new Uint8Array(await renderPdf(document)));
}
