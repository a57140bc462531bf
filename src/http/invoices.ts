import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import {
  findInvoiceByDocumentKey, invoiceDocument, type InvoiceDocument, invoicePage, invoicePrintJob,
} from '../billing/index.js';
import type { Services } from '../graphql/context.js';
import type { PdfRenderer } from '../printing/index.js';
import { charge, documentCost } from './charging.js';
import { answerFace, type Face, fileOf, htmlFace, pdfFace } from './faces.js';
import { answerProblem } from './problem.js';

/** Changes when the same invoice would be printed differently. */
const PDF_EDITION = 1;

/** What the faces of an invoice are made with. */
export interface InvoiceServices extends Pick<Services, 'billing' | 'rateLimits'> {
  readonly pdf: PdfRenderer;
}

/** `GET /invoices/{documentKey}.{html|pdf}`: the document of an invoice, for whoever holds its key. */
export function addInvoiceRoutes(server: FastifyInstance, services: InvoiceServices): void {
  server.get<{ Params: { file: string } }>('/invoices/:file', async (request, reply) => {
    const file = fileOf(request.params.file, ['html', 'pdf']);
    await charge(request, reply, services.rateLimits.address(request.ip), documentCost(file?.extension));
    const { database, config } = services.billing;
    const invoice = file && await findInvoiceByDocumentKey(database, file.key);
    if (!invoice) return notFound(request, reply);
    const face = faces[file.extension](invoiceDocument(invoice, config.timeZone), services);
    return answerFace(request, reply, face, { name: `Счёт ${invoice.number}`, fallback: `invoice-${invoice.number}` });
  });
}

function notFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return answerProblem(request, reply, 404, 'No invoice is here: check that the address is complete, and ask for .html or .pdf.');
}

const faces = {
  html: (document: InvoiceDocument): Face => htmlFace(invoicePage(document)),
  pdf: (document: InvoiceDocument, { pdf }: InvoiceServices): Face => pdfFace(pdf, invoicePrintJob(document), PDF_EDITION),
} as const;
