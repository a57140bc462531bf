import { findUserByKey, type RegisteredUser } from '../../../clients/index.js';
import { isUuid } from '../../../kernel/ids.js';
import type { Call } from '../endpoint.js';
import { requiredText } from '../parameters.js';
import { RestError } from '../rest-error.js';
import { UNKNOWN_USER } from './wording.js';

/** The user whose USER_KEY the parameter `user_key` holds: whoever knows it may act for the user, as v2 promises. */
export async function userOf({ parameters, services, noteClient }: Call): Promise<RegisteredUser> {
  const key = requiredText(parameters, 'user_key');
  if (!isUuid(key)) throw new RestError(400, 'Invalid "user_key", it should be correct uuid type.');
  const user = await findUserByKey(services.database, key);
  if (!user) throw new RestError(404, UNKNOWN_USER);
  await noteClient(user.clientId);
  return user;
}
