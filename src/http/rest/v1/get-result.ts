import { COSTS } from '../../charging.js';
import { ANY, type Endpoint } from '../endpoint.js';
import { text } from '../json-schema.js';
import { resultOf, type Wording } from '../lookups.js';
import { echo, requiredParameter, requiredText, textOf } from '../parameters.js';
import { answerReport, FORMATS } from '../report-answer.js';
import { RestError } from '../rest-error.js';
import { formatParameter, parameter } from '../schemas.js';
import { otherwiseReport, report } from '../success.js';

const wording: Wording = { missing: requiredParameter, unknown: (key) => `Result "${key}" not found.` };

/** The report of a result, as a fragment of a page unless another form is asked for. */
export const getResult: Endpoint = {
  version: 'v1',
  name: 'result',
  // The number is a test's, and was never looked at: the key says it all.
  path: '/tests/api/v1/result/:number(^\\d+$)/',
  methods: ANY,
  changes: false,
  cost: COSTS.report,
  takesKey: false,
  summary: 'Report of a result',
  pathParameters: { number: text('Any number: it is not looked at.', { examples: ['1'] }) },
  parameters: { key: parameter.resultKey, format: formatParameter(FORMATS, 'html') },
  success: report(FORMATS),
  otherwise: { ...otherwiseReport, 400: '`key` is missing, or `format` is none of the forms.' },
  answer: async (call) => {
    const result = await resultOf(call, requiredText(call.parameters, 'key', wording.missing), wording);
    const wanted = textOf(call.parameters, 'format') ?? 'html';
    const format = FORMATS.find((each) => each === wanted);
    if (!format) throw new RestError(400, `Illegal format value ${echo(wanted)}. Must be json, html of pdf.`);
    return answerReport(call, result, format);
  },
};
