import type { ApolloServerPlugin } from '@apollo/server';
import { RETRY_AFTER_SECONDS } from '../kernel/retry.js';
import type { RequestContext } from './context.js';
import { ErrorCode } from './errors.js';

const PASSING: readonly unknown[] = [ErrorCode.UNAVAILABLE, ErrorCode.DEADLINE_EXCEEDED];

/**
 * Answers an operation of which nothing could be done now with 503 and `Retry-After`, so that whatever stands between can
 * tell. Where some fields were answered the status stays 200, and the errors say which were not.
 */
export const outageStatus: ApolloServerPlugin<RequestContext> = {
  async requestDidStart() {
    return {
      async willSendResponse({ response: { body, http } }) {
        if (body.kind !== 'single') return;
        const { data, errors } = body.singleResult;
        if (data && Object.values(data).some((value) => value !== null)) return;
        if (!errors?.some(({ extensions }) => PASSING.includes(extensions?.['code']))) return;
        http.status = 503;
        http.headers.set('retry-after', String(RETRY_AFTER_SECONDS));
      },
    };
  },
};
