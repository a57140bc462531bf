import { create } from 'content-disposition';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ErrorCode } from '../graphql/errors.js';
import { PdfBusy, PdfFailed, type PdfRenderer, type PrintJob, type Waiter } from '../printing/index.js';
import { addressKey } from '../rate-limits/index.js';
import { isKnown, tagOf } from './entity-tag.js';
import { answerLater } from './failure.js';
import { answerProblem } from './problem.js';

/**
 * A page needs nothing from elsewhere but the pictures that authors put into their texts. Sites may show it in a frame: there
 * is nothing on it to click, and who knows its address may read it anyway.
 */
const PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src https: http:; base-uri 'none'; form-action 'none'; " +
  'frame-ancestors *';

const FILE = /^([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})\.([a-z]+)$/i;

/** A face of a document, such as its page or its pdf, ready to be asked for its content. */
export interface Face {
  readonly extension: string;
  readonly type: string;
  /** Whether a browser shows it or saves it. */
  readonly opens: 'inline' | 'attachment';
  /** Equal for equal contents. */
  readonly etag: string;
  readonly content: (waiter: Waiter) => string | Promise<Uint8Array>;
}

/** How the file of a document is named, its extension left out. */
export interface FileName {
  readonly name: string;
  /** In ASCII, for who cannot read the other. */
  readonly fallback: string;
}

/** What is asked for by `{key}.{extension}`, in any case; null unless it is a UUID and one of the extensions. */
export function fileOf<Extension extends string>(
  file: string, extensions: readonly Extension[],
): { readonly key: string; readonly extension: Extension } | null {
  const [, key, written] = FILE.exec(file) ?? [];
  const extension = extensions.find((each) => each === written?.toLowerCase());
  return key && extension ? { key: key.toLowerCase(), extension } : null;
}

/** A page. */
export function htmlFace(text: string): Face {
  return { extension: 'html', type: 'text/html; charset=utf-8', opens: 'inline', etag: tagOf(text), content: () => text };
}

/** Text for programs. */
export function jsonFace(text: string): Face {
  return { extension: 'json', type: 'application/json; charset=utf-8', opens: 'inline', etag: tagOf(text), content: () => text };
}

/**
 * A pdf. Equal data give equal bytes, so that nothing is printed for who has them already.
 *
 * @param edition changes when the same data would be printed differently, so that nobody keeps an old edition
 */
export function pdfFace(pdf: PdfRenderer, job: PrintJob, edition: number): Face {
  const etag = tagOf(`${edition} ${JSON.stringify(job.data)}`);
  return { extension: 'pdf', type: 'application/pdf', opens: 'attachment', etag, content: (waiter) => pdf.render(job, waiter) };
}

/** Answers with a face of a document whose address is a secret, or with why it cannot be had now. */
export async function answerFace(
  request: FastifyRequest, reply: FastifyReply, face: Face, file: FileName,
): Promise<FastifyReply> {
  // Of a POST, in which REST may ask, the header says something else.
  const reads = request.method === 'GET' || request.method === 'HEAD';
  if (reads && isKnown(request.headers['if-none-match'], face.etag)) return described(reply, face).code(304).send();
  const content = await contentOf(face, { signal: gone(reply), reader: addressKey(request.ip) });
  if (content instanceof PdfBusy) return answerLater(request, reply, { code: ErrorCode.UNAVAILABLE, message: content.message });
  if (content instanceof PdfFailed) {
    request.log.error(content);
    return answerProblem(request, reply, 500, `${content.message} Take the html instead.`);
  }
  return described(reply, face)
    .type(face.type)
    .header('content-disposition', disposition(face, file))
    .send(content);
}

function described(reply: FastifyReply, { etag }: Face): FastifyReply {
  // The older of two rules about frames can only forbid them.
  return reply.removeHeader('x-frame-options').headers({
    etag,
    // A copy may be kept by the reader alone, and is asked for anew each time.
    'cache-control': 'private, no-cache',
    // The address is a secret.
    'x-robots-tag': 'noindex',
    'content-security-policy': PAGE_POLICY,
  });
}

/** Tells when the one who asked has hung up, or has been answered by the deadline, maybe already: nobody prints for them. */
function gone({ raw }: FastifyReply): AbortSignal {
  const controller = new AbortController();
  if (raw.destroyed || raw.writableEnded) controller.abort();
  else raw.once('close', () => controller.abort());
  return controller.signal;
}

/** The content, or the reason why there is none. */
async function contentOf({ content }: Face, waiter: Waiter): Promise<string | Uint8Array | PdfBusy | PdfFailed> {
  try {
    return await content(waiter);
  } catch (error) {
    if (error instanceof PdfBusy || error instanceof PdfFailed) return error;
    if (waiter.signal?.aborted) return new PdfBusy('Nobody waits for the document any more.');
    throw error;
  }
}

function disposition({ opens, extension }: Face, { name, fallback }: FileName): string {
  return create(`${name}.${extension}`, { type: opens, fallback: `${fallback}.${extension}` });
}
