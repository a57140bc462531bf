import type { Parameter } from './endpoint.js';
import { type Schema, shared, text } from './json-schema.js';

/** Answers to the bundled test that examples name: what is tried out is saved. */
export const exampleAnswers = Array.from({ length: 16 }, (_, index) => [String(index + 1), ['4']] as const);

/** The parameters that several endpoints share. */
export const parameter = {
  test: textParameter('Slug of the test.', { examples: ['work-values'] }),
  resultKey: textParameter('RESULT_KEY: a UUID in any case, or its 22 characters in base58.'),
  clientKey: textParameter('CLIENT_KEY, the secret of the partner.'),
  userId: textParameter(
    "The client's own id of the user, such as a number or an e-mail address: at most 255 characters.", { maxLength: 255 },
  ),
  userKey: textParameter('USER_KEY that `user/register` gave.', { format: 'uuid' }),
  progress: progressParameter(
    'The answers to every question, as JSON text in a query or form; brackets are taken there as well ' +
    '(`progress[0][0]=11&progress[0][1][]=a`), and JSON text in a JSON body.',
    // The library's word for a parameter that is JSON.
    { 'x-consume': 'application/json' },
  ),
  progressArray: progressParameter(
    'The answers to every question. A query or form says them in brackets: `progress[11]=a` or ' +
    '`progress[0][0]=11&progress[0][1][]=a`; JSON text is not taken.',
    { examples: [Object.fromEntries(exampleAnswers.map(([id, [value]]) => [id, value]))] },
  ),
} as const satisfies Readonly<Record<string, Parameter>>;

/** How a test is named in a path. */
export const testNameInPath = { test: text('Slug of the test, or its number on the platform.', { examples: ['work-values'] }) };

/** The parameter in which a report is asked for; without a default it has to be there. */
export function formatParameter(formats: readonly string[], byDefault?: string): Parameter {
  const described = { enum: formats, ...(byDefault !== undefined && { default: byDefault }) };
  return { ...textParameter('In which form the report is wanted, in lower case.', described), required: byDefault === undefined };
}

/** A text that has to be there. */
export function textParameter(description: string, described: Schema = {}): Parameter {
  return { checked: { type: 'string' }, described: text(description, described), required: true };
}

/** A text of which Fastify checks that it is one of these; it may be missing. */
export function choice(description: string, values: readonly string[], byDefault: string): Parameter {
  const checked = { type: 'string', enum: values };
  return { checked, described: { ...checked, description, default: byDefault }, required: false };
}

function progressParameter(description: string, described: Schema = {}): Parameter {
  return { checked: {}, described: { description, allOf: [shared('Progress')], ...described }, required: true };
}
