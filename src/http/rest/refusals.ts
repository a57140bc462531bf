import type { AttachmentDecision } from '../../licensing/index.js';
import { RestError } from './rest-error.js';

const LICENSE_LIMIT = 'Достигнут предел выданных доступов.';
const RESULT_LIMIT = 'Достигнут предел сохранённых результатов на одного пользователя.';
const SUSPENDED = 'The client is suspended: it may read its data, but neither register users nor attach results.';

/** How a version says that a result cannot be attached. */
export interface AttachmentWording {
  readonly unknownResult: string;
  readonly anotherUser: string;
}

type Attached = Extract<AttachmentDecision, { readonly kind: 'GRANTED' | 'REPLAYED' }>;

/** Whether the user has the result now. */
export function isAttached(decision: AttachmentDecision): decision is Attached {
  return decision.kind === 'GRANTED' || decision.kind === 'REPLAYED';
}

/** What the decision not to attach a result means for who asked. */
export function refusedAttachment(
  decision: Exclude<AttachmentDecision, Attached>, { unknownResult, anotherUser }: AttachmentWording,
): RestError {
  switch (decision.kind) {
    case 'RESULT_NOT_FOUND': return new RestError(404, unknownResult);
    case 'RESULT_ALREADY_ATTACHED': return new RestError(412, anotherUser);
    case 'RESULT_LIMIT_REACHED': return new RestError(412, RESULT_LIMIT);
    default: return refusedLicense(decision);
  }
}

/** What it means that no license was issued. */
export function refusedLicense({ kind }: { readonly kind: 'CLIENT_SUSPENDED' | 'LICENSE_LIMIT_REACHED' }): RestError {
  return kind === 'CLIENT_SUSPENDED' ? new RestError(403, SUSPENDED) : new RestError(412, LICENSE_LIMIT);
}
