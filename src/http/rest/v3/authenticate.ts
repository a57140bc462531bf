import { answerJson } from '../answer-json.js';
import type { Endpoint } from '../endpoint.js';
import { object, text } from '../json-schema.js';
import { clientOf } from '../lookups.js';
import { requiredText } from '../parameters.js';
import { parameter } from '../schemas.js';
import { json } from '../success.js';
import { client as wording } from './wording.js';

/** Tells whose key a key is. */
export const authenticateByToken: Endpoint = {
  version: 'v3',
  name: 'client/authenticate-by-token',
  path: '/partner/api/v3/client/authenticate-by-token',
  methods: ['POST'],
  changes: false,
  takesKey: true,
  summary: 'Tells whose key a key is',
  parameters: { token: parameter.clientKey },
  success: json('The client.', object({ name: text('Plain text.'), key: text('The key that was sent.') })),
  otherwise: {
    400: '`token` is missing.',
    401: 'No client has this key.',
    403: 'The page that calls is of no origin that the client registered.',
  },
  answer: async (call) => {
    const { name } = await clientOf(call, 'token', wording, 401);
    return answerJson(call.reply, { name, key: requiredText(call.parameters, 'token') });
  },
};
