import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Services } from '../graphql/context.js';
import { isLocale, localize } from '../kernel/localized.js';
import type { PdfRenderer } from '../printing/index.js';
import { composeReport, readReport, reportPage, type ReportSource } from '../results/index.js';
import { toPlatformJson } from '../scoring/index.js';
import { charge, documentCost } from './charging.js';
import { answerFace, type Face, fileOf, type FileName, htmlFace, jsonFace } from './faces.js';
import { answerProblem } from './problem.js';
import { reportPdfFace } from './report-faces.js';

/** How much of a test's name goes into the name of a file, in characters: headers and file systems have limits. */
const FILE_NAME_LENGTH = 60;
const UNFIT_FOR_A_FILE = /[\p{Cc}\p{Cf}\\/:*?"<>|\s]+/gu;

/** What the faces of a report are made with. */
export interface ReportServices extends Pick<Services, 'database' | 'catalogue' | 'rateLimits'> {
  readonly pdf: PdfRenderer;
}

/** `GET /results/{RESULT_KEY}.{html|pdf|json}?locale=`: the report of a result, for whoever holds its key. */
export function addResultRoutes(server: FastifyInstance, services: ReportServices): void {
  server.get<{ Params: { file: string }; Querystring: { locale?: unknown } }>('/results/:file', async (request, reply) => {
    const file = fileOf(request.params.file, ['html', 'pdf', 'json']);
    await charge(request, reply, services.rateLimits.address(request.ip), documentCost(file?.extension));
    if (!file) return notFound(request, reply);
    const locale = request.query.locale === '' ? null : request.query.locale ?? null;
    if (locale !== null && (typeof locale !== 'string' || !isLocale(locale))) {
      return answerProblem(request, reply, 400, 'The locale has to be one language such as "ru" or "en".');
    }
    const reading = await readReport(services.database, services.catalogue, file.key);
    switch (reading.kind) {
      case 'NOT_FOUND': return notFound(request, reply);
      case 'USER_REQUIRED': return answerProblem(
        request, reply, 403, 'The test is paid: its report is here once the result is attached to a user.',
      );
      case 'AVAILABLE': return answerFace(
        request, reply, faces[file.extension](reading.source, locale, services), nameOf(reading.source, locale),
      );
    }
  });
}

function notFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return answerProblem(request, reply, 404, 'No report is here: check that the result key is complete, and ask for .html, .pdf or .json.');
}

const faces = {
  json: ({ calculation }: ReportSource): Face => jsonFace(JSON.stringify(toPlatformJson(calculation))),
  html: (source: ReportSource, locale: string | null): Face => htmlFace(reportPage(composeReport(source, locale))),
  pdf: (source: ReportSource, locale: string | null, { pdf }: ReportServices): Face =>
    reportPdfFace(pdf, source, locale),
} as const;

/** Tells the test and the day, such as `Ценности в работе 2026-11-21`. */
function nameOf({ edition, savedAt }: ReportSource, locale: string | null): FileName {
  const day = savedAt.toISOString().slice(0, 10);
  const name = (localize(edition.name, locale, edition.locales) ?? '').replace(UNFIT_FOR_A_FILE, ' ').trim();
  const short = Array.from(name).slice(0, FILE_NAME_LENGTH).join('').trim();
  return { name: `${short || edition.slug} ${day}`, fallback: `${edition.slug}-${day}` };
}
