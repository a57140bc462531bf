import { COSTS } from '../charging.js';
import { ANY, type Endpoint, type Version } from './endpoint.js';
import { resultOf, type Wording } from './lookups.js';
import { echo, requiredText } from './parameters.js';
import { answerReport, type Format } from './report-answer.js';
import { RestError } from './rest-error.js';
import { formatParameter, parameter } from './schemas.js';
import { otherwiseReport, report } from './success.js';

/** `result/get` of a version: the report of a result in one of the forms that the version knows. */
export function getResult(version: Version, formats: readonly Format[], wording: Wording): Endpoint {
  return {
    version,
    name: 'result/get',
    path: `/partner/api/${version}/result/get`,
    methods: ANY,
    changes: false,
    cost: COSTS.report,
    takesKey: false,
    summary: 'Report of a result',
    parameters: { result_key: parameter.resultKey, format: formatParameter(formats) },
    success: report(formats),
    otherwise: { ...otherwiseReport, 400: '`result_key` or `format` is missing, or `format` is none of the forms.' },
    answer: async (call) => {
      const result = await resultOf(call, requiredText(call.parameters, 'result_key', wording.missing), wording);
      const wanted = requiredText(call.parameters, 'format');
      const format = formats.find((each) => each === wanted);
      if (!format) throw new RestError(400, `Unsupported "format" value: "${echo(wanted)}".`);
      return answerReport(call, result, format);
    },
  };
}
