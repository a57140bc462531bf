import type { ApolloServerOptionsWithGateway } from '@apollo/server';
import type { GraphQLSchema } from 'graphql';
import type { RequestContext } from './context.js';
import type { Executor } from './executor.js';

/** The executor as Apollo Server takes one that is not graphql-js. */
export function executedBy(executor: Executor, schema: GraphQLSchema): ApolloServerOptionsWithGateway<RequestContext>['gateway'] {
  return {
    onSchemaLoadOrUpdate(tell) {
      tell({ apiSchema: schema, coreSupergraphSdl: '' });
      return () => undefined;
    },
    load: async () => ({
      executor: ({ document, operation, request: { operationName, variables = {} }, context }) =>
        executor.execute({ document, operation, operationName, variables, context: context as RequestContext }),
    }),
    stop: async () => undefined,
  };
}
