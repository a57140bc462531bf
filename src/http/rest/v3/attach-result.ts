import { externalId } from '../../../clients/index.js';
import { answerJson } from '../answer-json.js';
import type { Endpoint } from '../endpoint.js';
import { clientOf, knowingResult, resultKeyIn } from '../lookups.js';
import { echo, requiredText } from '../parameters.js';
import { isAttached, refusedAttachment } from '../refusals.js';
import { parameter } from '../schemas.js';
import { attached } from '../success.js';
import { client as clientWording, result as wording } from './wording.js';

/** Attaches a result to a user, who is registered and gets a license if new; again changes nothing. */
export const attachResult: Endpoint = {
  version: 'v3',
  name: 'result/attach',
  path: '/partner/api/v3/result/attach',
  methods: ['POST'],
  changes: true,
  takesKey: true,
  summary: 'Attaches a result to a user, who gets a license if new',
  notes: 'Attaching again changes nothing. A refused call leaves nothing behind: no user, no license.',
  parameters: { client_key: parameter.clientKey, result_key: parameter.resultKey, user_id: parameter.userId },
  success: attached,
  otherwise: {
    400: 'A parameter is missing, or `user_id` is too long or no plain text.',
    403: 'The client is suspended, or the page that calls is of no origin that the client registered.',
    404: 'No client or no result has this key.',
    412: 'Another user has the result, the licenses of the client are used up, or the user may have no more results of this kind.',
  },
  answer: async (call) => {
    const client = await clientOf(call, 'client_key', clientWording);
    const text = requiredText(call.parameters, 'result_key', wording.missing);
    const resultKey = resultKeyIn(text, wording);
    const userId = await knowingResult(call, text, wording, () => externalId(requiredText(call.parameters, 'user_id')));
    const { decision } = await call.services.licensing.attach(client.id, userId, resultKey);
    if (!isAttached(decision)) {
      throw refusedAttachment(decision, {
        unknownResult: wording.unknown(echo(text)), anotherUser: 'Another user is already associated with the result.',
      });
    }
    return answerJson(call.reply, { status: true });
  },
};
