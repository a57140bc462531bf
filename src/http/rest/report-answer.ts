import type { FastifyReply } from 'fastify';
import { dayIn } from '../../kernel/period.js';
import { composeReport, reportFragment, type ReportSource } from '../../results/index.js';
import { type PlatformEntry, toPlatformJson } from '../../scoring/index.js';
import { chargeMore, documentCost } from '../charging.js';
import { answerFace, type Face, htmlFace, jsonFace } from '../faces.js';
import { reportPdfFace } from '../report-faces.js';
import { type Call, costOf } from './endpoint.js';
import type { KnownResult } from './lookups.js';
import { phpJson, type PhpValue } from './php-json.js';
import { RestError } from './rest-error.js';

/** The forms in which a report is given. */
export const FORMATS = ['json', 'html', 'pdf'] as const;
/** One of them. */
export type Format = (typeof FORMATS)[number];

/** Answers with the report of a result, of a paid test only once it was attached: also where the platform asked for nothing. */
export async function answerReport(call: Call, result: KnownResult, format: Format): Promise<FastifyReply> {
  if (result.kind === 'USER_REQUIRED') throw new RestError(403, 'Result has no association with the user.');
  const { request, reply, services: { rateLimits } } = call;
  const more = documentCost(format) - costOf(call.endpoint, request);
  if (more > 0) await chargeMore(reply, rateLimits.address(request.ip), more);
  const name = `report_${minute(call.services.now(), call.services.billing.config.timeZone)}`;
  return answerFace(request, reply, faces[format](result.source, call), { name, fallback: name });
}

const faces = {
  json: ({ calculation }: ReportSource): Face => jsonFace(phpJson(platformMaps(calculation))),
  html: (source: ReportSource, { locale }: Call): Face => htmlFace(reportFragment(composeReport(source, locale))),
  pdf: (source: ReportSource, { locale, services }: Call): Face =>
    reportPdfFace(services.pdf, source, locale),
} as const;

function platformMaps(calculation: ReportSource['calculation']): PhpValue {
  return toPlatformJson(calculation, (entries: readonly PlatformEntry[]) => new Map(entries)) as PhpValue;
}

/** Such as `22.11.2026_09.05`. */
function minute(time: Date, timeZone: string): string {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const clock = format.formatToParts(time).filter(({ type }) => type !== 'literal').map(({ value }) => value);
  return `${dayIn(timeZone, time).split('-').reverse().join('.')}_${clock.join('.')}`;
}
