import type { TDocumentDefinitions } from 'pdfmake/interfaces.js';

/** What is printed: plain data, and the module that knows how it is laid out. */
export interface PrintJob {
  /** The address of a compiled module, which each thread loads once: a `PdfTemplate` of the data. */
  readonly template: string;
  /** What a thread can be handed, without functions and classes. */
  readonly data: unknown;
}

/** What the module of a template exports. It reads nothing but the data, so that equal data give equal bytes. */
export interface PdfTemplate<Data> {
  readonly pdfDefinition: (data: Data) => TDocumentDefinitions;
}
