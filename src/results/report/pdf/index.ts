export { PdfBusy, PdfFailed, type PdfLimits, PdfRenderer } from './pdf-renderer.js';
