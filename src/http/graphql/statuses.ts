import type { ApolloServerPlugin } from '@apollo/server';
import { ApolloServerErrorCode } from '@apollo/server/errors';
import type { GraphQLError } from 'graphql';
import { refusalFacts } from '../../graphql/errors.js';
import type { Metrics, RejectionReason } from '../../observability/index.js';

/**
 * Gives each answer without data the status that GraphQL over HTTP asks for, by the media type of the answer. Whatever is
 * wrong with the document or its variables ends with 400 in `application/graphql-response+json`. In
 * `application/json` it is 200: an older client, or something on the way, takes any other status for the word of somebody
 * who knows no GraphQL, so there it is kept for requests that are none (400, 405 and so on, with BAD_REQUEST) and for what a
 * limit refuses, which no GraphQL is needed to understand. Errors bring a status of 400 along (`extensions.http`), and need
 * not know of the media type. Persisted queries that are not found are answered with 200 in both, as their protocol has it.
 */
export const statusByMediaType: ApolloServerPlugin = {
  async requestDidStart() {
    return {
      async willSendResponse({ errors = [], response: { http, body } }) {
        if (http.status !== 400 || body.kind !== 'single' || 'data' in body.singleResult || errors.some(keepsStatus)) return;
        let status = 400;
        Object.defineProperty(http, 'status', {
          enumerable: true,
          // The media type is chosen after this, and the status read after that.
          get: () => status === 400 && http.headers.get('content-type')?.startsWith('application/json') ? 200 : status,
          // Other plugins may have their word after this one.
          set: (given: number) => void (status = given),
        });
      },
    };
  },
};

/** Counts what reaches Apollo Server over HTTP but is no GraphQL request. */
export function countBadRequests(metrics: Metrics): ApolloServerPlugin {
  const count = (error: GraphQLError): void => metrics.countRejection(reasonOf(error));
  return {
    async invalidRequestWasReceived({ error }) {
      count(error as GraphQLError);
    },
    async requestDidStart() {
      return {
        async didEncounterErrors({ errors }) {
          errors.filter(isBadRequest).forEach(count);
        },
      };
    },
  };
}

function keepsStatus(error: GraphQLError): boolean {
  return isBadRequest(error) || refusalFacts(error.extensions) !== null;
}

function isBadRequest({ extensions }: GraphQLError): boolean {
  return extensions['code'] === ApolloServerErrorCode.BAD_REQUEST;
}

function reasonOf({ extensions }: GraphQLError): RejectionReason {
  switch ((extensions['http'] as { status?: number } | undefined)?.status) {
    case 405: return 'method';
    case 415: return 'media_type';
    default: return 'malformed';
  }
}
