import type { ApolloServerPlugin } from '@apollo/server';
import type { RequestContext } from './context.js';

/** Puts the request id into every error, so that a partner can tell us which request failed. */
export const requestIdInErrors: ApolloServerPlugin<RequestContext> = {
  async requestDidStart() {
    return {
      async willSendResponse({ response, contextValue }) {
        if (response.body.kind !== 'single' || !response.body.singleResult.errors) return;
        response.body.singleResult.errors = response.body.singleResult.errors.map((error) => ({
          ...error, extensions: { ...error.extensions, requestId: contextValue.requestId },
        }));
      },
    };
  },
};
