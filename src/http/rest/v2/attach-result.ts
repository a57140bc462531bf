import { answerJson } from '../answer-json.js';
import { ANY, type Endpoint } from '../endpoint.js';
import { knowingResult, resultKeyIn } from '../lookups.js';
import { requiredText } from '../parameters.js';
import { isAttached, refusedAttachment } from '../refusals.js';
import { RestError } from '../rest-error.js';
import { parameter } from '../schemas.js';
import { attached } from '../success.js';
import { userOf } from './user-of.js';
import { attachment, result as wording, UNKNOWN_USER } from './wording.js';

/** Attaches a result to a registered user; again changes nothing. */
export const attachResult: Endpoint = {
  version: 'v2',
  name: 'result/attach',
  path: '/partner/api/v2/result/attach',
  methods: ANY,
  changes: true,
  takesKey: false,
  summary: 'Attaches a result to a registered user',
  notes: 'Attaching again changes nothing.',
  parameters: { result_key: parameter.resultKey, user_key: parameter.userKey },
  success: attached,
  otherwise: {
    400: 'A parameter is missing, or `user_key` is no UUID.',
    403: 'The client of the user is suspended.',
    404: 'No result or no user has this key.',
    412: 'Another user has the result, or the user may have no more results of this kind.',
  },
  answer: async (call) => {
    const text = requiredText(call.parameters, 'result_key');
    const resultKey = resultKeyIn(text, wording);
    const user = await knowingResult(call, text, wording, () => userOf(call));
    const outcome = await call.services.licensing.attachToUser(user, resultKey);
    if (!outcome) throw new RestError(404, UNKNOWN_USER);
    if (!isAttached(outcome.decision)) throw refusedAttachment(outcome.decision, attachment);
    return answerJson(call.reply, { status: true });
  },
};
