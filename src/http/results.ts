import { createHash } from 'node:crypto';
import { create } from 'content-disposition';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Services } from '../graphql/context.js';
import { isLocale, localize } from '../kernel/localized.js';
import { composeReport, PdfBusy, PdfFailed, type PdfRenderer, readReport, type ReportSource, reportPage } from '../results/index.js';
import { toPlatformJson } from '../scoring/index.js';
import { answerProblem } from './problem.js';

/** Changes when the same report would be printed differently, so that nobody keeps an old edition of it. */
const PDF_EDITION = 1;

/** When who was turned away for too many pdfs may try again. */
const RETRY_AFTER_SECONDS = 5;

const FILE = /^([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})\.(html|pdf|json)$/i;

/** How much of a test's name goes into the name of a file, in characters: headers and file systems have limits. */
const FILE_NAME_LENGTH = 60;
const UNFIT_FOR_A_FILE = /[\p{Cc}\p{Cf}\\/:*?"<>|\s]+/gu;

/** A page needs nothing from elsewhere but the pictures that authors put into their texts. */
const PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src https: http:; base-uri 'none'; form-action 'none'";

/** What the faces of a report are made with. */
export interface ReportServices extends Pick<Services, 'database' | 'catalogue'> {
  readonly pdf: PdfRenderer;
}

/** A face of a report, ready to be asked for its content. */
interface Face {
  readonly extension: string;
  readonly type: string;
  /** Whether a browser shows it or saves it. */
  readonly opens: 'inline' | 'attachment';
  /** Equal for equal contents. */
  readonly etag: string;
  readonly content: (signal: AbortSignal) => string | Promise<Uint8Array>;
}

/** `GET /results/{RESULT_KEY}.{html|pdf|json}?locale=`: the report of a result, for whoever holds its key. */
export function addResultRoutes(server: FastifyInstance, services: ReportServices): void {
  server.get<{ Params: { file: string }; Querystring: { locale?: unknown } }>('/results/:file', async (request, reply) => {
    const [, key, extension] = FILE.exec(request.params.file) ?? [];
    if (!key || !extension) return notFound(request, reply);
    const locale = request.query.locale || null;
    if (locale !== null && (typeof locale !== 'string' || !isLocale(locale))) {
      return answerProblem(request, reply, 400, 'The locale has to be one language such as "ru" or "en".');
    }
    const reading = await readReport(services.database, services.catalogue, key.toLowerCase());
    switch (reading.kind) {
      case 'NOT_FOUND': return notFound(request, reply);
      case 'USER_REQUIRED': return answerProblem(
        request, reply, 403, 'The test is paid: its report is here once the result is attached to a user.',
      );
      case 'AVAILABLE': break;
    }
    const face = faces[extension.toLowerCase() as keyof typeof faces](reading.source, locale, services);
    if (isKnown(request.headers['if-none-match'], face.etag)) return reply.headers(headersOf(face)).code(304).send();
    const content = await contentOf(face, gone(reply));
    if (content instanceof PdfBusy) return answerProblem(request, reply.header('retry-after', RETRY_AFTER_SECONDS), 503, content.message);
    if (content instanceof PdfFailed) {
      request.log.error(content);
      return answerProblem(request, reply, 500, `${content.message} Take the html report instead.`);
    }
    return reply
      .headers(headersOf(face))
      .type(face.type)
      .header('content-disposition', disposition(face, reading.source, locale))
      .send(content);
  });
}

function headersOf({ etag }: Face): Record<string, string> {
  return {
    etag,
    // A copy may be kept by the reader alone, and is asked for anew each time.
    'cache-control': 'private, no-cache',
    'x-content-type-options': 'nosniff',
    // The address holds the key.
    'referrer-policy': 'no-referrer',
    'x-robots-tag': 'noindex',
    'content-security-policy': PAGE_POLICY,
  };
}

/** Tells when the one who asked has hung up: nobody prints for them. */
function gone(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  reply.raw.once('close', () => controller.abort());
  return controller.signal;
}

/** The content, or the reason why there is none. */
async function contentOf({ content }: Face, signal: AbortSignal): Promise<string | Uint8Array | PdfBusy | PdfFailed> {
  try {
    return await content(signal);
  } catch (error) {
    if (error instanceof PdfBusy || error instanceof PdfFailed) return error;
    if (signal.aborted) return new PdfBusy('Nobody waits for the report any more.');
    throw error;
  }
}

function notFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return answerProblem(request, reply, 404, 'No report is here: check that the result key is complete, and ask for .html, .pdf or .json.');
}

const faces = {
  json: ({ calculation }: ReportSource): Face => {
    const text = JSON.stringify(toPlatformJson(calculation));
    return { extension: 'json', type: 'application/json; charset=utf-8', opens: 'inline', etag: tagOf(text), content: () => text };
  },
  html: (source: ReportSource, locale: string | null): Face => {
    const text = reportPage(composeReport(source, locale));
    return { extension: 'html', type: 'text/html; charset=utf-8', opens: 'inline', etag: tagOf(text), content: () => text };
  },
  pdf: (source: ReportSource, locale: string | null, { pdf }: ReportServices): Face => {
    const document = composeReport(source, locale);
    // Equal documents give equal bytes, so that nothing is printed for who has them already.
    const etag = tagOf(`${PDF_EDITION} ${JSON.stringify(document)}`);
    return { extension: 'pdf', type: 'application/pdf', opens: 'attachment', etag, content: (signal) => pdf.render(document, signal) };
  },
} as const;

function tagOf(text: string): string {
  return `"${createHash('sha256').update(text).digest('base64url')}"`;
}

/** Whether one of the tags that the reader has is the current one. */
function isKnown(header: string | undefined, etag: string): boolean {
  const known = (header ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return known.includes(etag) || known.includes('*');
}

/** With a name that tells the test and the day, such as `Ценности в работе 2026-11-21.pdf`. */
function disposition({ opens, extension }: Face, { edition, savedAt }: ReportSource, locale: string | null): string {
  const day = savedAt.toISOString().slice(0, 10);
  const name = (localize(edition.name, locale, edition.locales) ?? '').replace(UNFIT_FOR_A_FILE, ' ').trim();
  const short = [...name].slice(0, FILE_NAME_LENGTH).join('').trim();
  return create(`${short || edition.slug} ${day}.${extension}`, { type: opens, fallback: `${edition.slug}-${day}.${extension}` });
}
