import type { Wording } from '../lookups.js';
import { requiredParameter } from '../parameters.js';
import type { AttachmentWording } from '../refusals.js';

const UNKNOWN_RESULT = 'Result not found with provided key.';

/** How v2 speaks of clients. */
export const client: Wording = { missing: requiredParameter, unknown: () => 'Client not found with the provided token.' };

/** How v2 speaks of results. */
export const result: Wording = { missing: requiredParameter, unknown: () => UNKNOWN_RESULT };

/** How v2 speaks of users. */
export const UNKNOWN_USER = 'User not found with the provided key.';

/** How v2 speaks of attachments; clients may compare the text, its grammar included. */
export const attachment: AttachmentWording = {
  unknownResult: UNKNOWN_RESULT, anotherUser: 'Result is already has the other user attached.',
};
