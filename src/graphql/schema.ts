import { type GraphQLSchema, lexicographicSortSchema, printSchema } from 'graphql';
import { buildSchemaSync, type ClassType, getMetadataStorage } from 'type-graphql';
import { callDirectly } from './call-directly.js';
import type { Services } from './context.js';
import { GraphQLDateTime } from './date-time.js';
import './enums.js';
import { AccessTokenResolver } from './resolvers/access-token.resolver.js';
import { AuditEntryResolver, ClientAuditResolver } from './resolvers/audit.resolver.js';
import { ClientKeyResolver, ClientKeysResolver } from './resolvers/client-key.resolver.js';
import { ClientListsResolver } from './resolvers/client-lists.resolver.js';
import { ClientResolver, LicensePolicyResolver } from './resolvers/client.resolver.js';
import { ErasureResolver } from './resolvers/erasure.resolver.js';
import { ClientBillingResolver, InvoiceResolver, LicenseInvoiceResolver } from './resolvers/invoice.resolver.js';
import { LicenseUsageResolver } from './resolvers/license-usage.resolver.js';
import { NodeResolver } from './resolvers/node.resolver.js';
import { QuestionOptionResolver, QuestionResolver } from './resolvers/question.resolver.js';
import { ReportResolver, StandardScoreResolver } from './resolvers/report.resolver.js';
import { AttachResultSuccessResolver, ResultResolver, SaveProgressSuccessResolver } from './resolvers/result.resolver.js';
import {
  StatisticsOfUserResolver, TestUsageOfClientResolver, TestUsageResolver, UserStatisticsResolver, UserTestStatisticsResolver,
} from './resolvers/statistics.resolver.js';
import { AuthorResolver, ScaleResolver, TestResolver } from './resolvers/test.resolver.js';
import { UserResultsResolver } from './resolvers/user-results.resolver.js';
import { UserResolver } from './resolvers/user.resolver.js';

const resolvers: [ClassType, ...ClassType[]] = [
  TestResolver, AuthorResolver, ScaleResolver, QuestionResolver, QuestionOptionResolver,
  ReportResolver, StandardScoreResolver, ResultResolver, SaveProgressSuccessResolver, AttachResultSuccessResolver,
  UserResolver, ClientResolver, LicensePolicyResolver, LicenseUsageResolver, NodeResolver,
  ClientKeyResolver, ClientKeysResolver, AccessTokenResolver,
  ClientAuditResolver, AuditEntryResolver, ErasureResolver,
  InvoiceResolver, ClientBillingResolver, LicenseInvoiceResolver,
  ClientListsResolver, UserResultsResolver, StatisticsOfUserResolver, UserStatisticsResolver, UserTestStatisticsResolver,
  TestUsageOfClientResolver, TestUsageResolver,
];

/** The executable schema: every resolver class is made once, with the services that it calls. */
export function buildGraphQLSchema(services: Services): GraphQLSchema {
  const instances = new Map<unknown, unknown>(resolvers.map((resolver) => [resolver, new resolver(services)]));
  // A plain property costs no wrapper: no field has middleware.
  for (const type of getMetadataStorage().objectTypes) type.simpleResolvers = true;
  const schema = buildSchemaSync({
    resolvers,
    container: { get: (resolver) => instances.get(resolver) },
    scalarsMap: [{ type: Date, scalar: GraphQLDateTime }],
    // Input is checked by the GraphQL types and by the use cases.
    validate: false,
    // The first operation checks the schema, and the tests read all of it: to ask for all of it at each start would take 40 ms.
    skipCheck: true,
  });
  callDirectly(schema, instances);
  // TypeGraphQL has no decorator for these two.
  schema.getQueryType()!.description = 'What can be read.';
  schema.getMutationType()!.description = 'What can be changed. Expected refusals are data: see `Problem`.';
  return schema;
}

/** The schema as `schema.graphql` holds it: sorted, so that a diff shows what changed and nothing else. */
export function schemaText(schema: GraphQLSchema): string {
  return `${printSchema(lexicographicSortSchema(schema))}\n`;
}
