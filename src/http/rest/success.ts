import type { Success } from './endpoint.js';
import { object, type Schema, shared, text } from './json-schema.js';
import type { Format } from './report-answer.js';

/** An answer in JSON. */
export function json(description: string, schema: Schema): Success {
  return { description, content: { 'application/json': schema } };
}

/** An answer that is a key by this name. */
export function key(name: string, description: string): Success {
  return json(description, object({ [name]: text(description, { format: 'uuid' }) }));
}

/** The answer that a result is attached. */
export const attached: Success = json(
  'The user has the result, now or already.', object({ status: { const: true, description: 'Always true.' } }),
);

/** A report in these forms. */
export function report(formats: readonly Format[]): Success {
  const content = Object.fromEntries(formats.map((format) => forms[format]));
  return { description: 'The report, in the form that was asked for.', content };
}

const forms: Readonly<Record<Format, readonly [mediaType: string, schema: Schema]>> = {
  json: ['application/json', shared('Report')],
  html: ['text/html', { type: 'string', description: 'A fragment for a page: no `html`, no `head`.' }],
  pdf: ['application/pdf', { type: 'string', contentMediaType: 'application/pdf', description: 'The same on paper.' }],
};

/** When a report is not given. */
export const otherwiseReport = {
  304: 'The report is still the one whose `ETag` was sent as `If-None-Match`.',
  403: 'The test is paid, and the result is not attached to a user.',
  404: 'No result has this key.',
  503: 'Too many pdfs are asked for at the moment: try again after the seconds that `Retry-After` tells.',
} as const;
