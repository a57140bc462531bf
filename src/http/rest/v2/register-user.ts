import { externalId } from '../../../clients/index.js';
import { answerJson } from '../answer-json.js';
import { ANY, type Endpoint } from '../endpoint.js';
import { clientOf } from '../lookups.js';
import { requiredText } from '../parameters.js';
import { refusedLicense } from '../refusals.js';
import { parameter } from '../schemas.js';
import { key } from '../success.js';
import { client as wording } from './wording.js';

/** Registers a user, who gets a license if new, and gives the USER_KEY. */
export const registerUser: Endpoint = {
  version: 'v2',
  name: 'user/register',
  path: '/partner/api/v2/user/register',
  methods: ANY,
  changes: true,
  takesKey: true,
  summary: 'Registers a user and issues a license, once',
  notes: 'For a user who is registered already nothing changes, and the payment policy is not asked.',
  parameters: { client: parameter.clientKey, user_id: parameter.userId },
  success: key('user_key', 'USER_KEY, a secret that stands for the user from now on.'),
  otherwise: {
    400: '`client` or `user_id` is missing, or `user_id` is too long or no plain text.',
    403: 'The client is suspended, or the page that calls is of no origin that the client registered.',
    404: 'No client has this key.',
    412: 'The user is new, and the licenses of the client are used up.',
  },
  answer: async (call) => {
    const client = await clientOf(call, 'client', wording);
    const id = externalId(requiredText(call.parameters, 'user_id'));
    const { decision, user } = await call.services.licensing.register(client.id, id);
    if (decision.kind !== 'KNOWN' && decision.kind !== 'REGISTERED') throw refusedLicense(decision);
    if (!user) throw new Error('A user was registered and is not there.');
    return answerJson(call.reply, { user_key: user.id });
  },
};
