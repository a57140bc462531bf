import { externalId } from '../../../clients/index.js';
import { answerJson } from '../answer-json.js';
import { ANY, type Endpoint } from '../endpoint.js';
import { clientOf } from '../lookups.js';
import { requiredText } from '../parameters.js';
import { refusedLicense } from '../refusals.js';
import { parameter } from '../schemas.js';
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
  parameters: { client: parameter.clientKey, user_id: parameter.userId },
  answer: async (call) => {
    const client = await clientOf(call, 'client', wording);
    const id = externalId(requiredText(call.parameters, 'user_id'));
    const { decision, user } = await call.services.licensing.register(client.id, id);
    if (decision.kind !== 'KNOWN' && decision.kind !== 'REGISTERED') throw refusedLicense(decision);
    if (!user) throw new Error('A user was registered and is not there.');
    return answerJson(call.reply, { user_key: user.id });
  },
};
