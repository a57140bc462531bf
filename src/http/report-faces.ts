import type { PdfRenderer } from '../printing/index.js';
import { composeReport, reportPrintJob, type ReportSource } from '../results/index.js';
import { type Face, pdfFace } from './faces.js';

/** Changes when the same report would be printed differently. */
const PDF_EDITION = 1;

/** A report as a pdf, in a language or, for null, in the test's own first one. */
export function reportPdfFace(pdf: PdfRenderer, source: ReportSource, locale: string | null): Face {
  return pdfFace(pdf, reportPrintJob(composeReport(source, locale)), PDF_EDITION);
}
