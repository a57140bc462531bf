import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { ApolloServerPlugin, GraphQLRequest } from '@apollo/server';
import { GraphQLError, type GraphQLSchema, parse, validate } from 'graphql';
import { z } from 'zod';
import { OperatorError } from '../kernel/operator-error.js';
import type { Metrics } from '../observability/index.js';
import { ErrorCode } from './errors.js';

const documentMap = z.record(z.string().min(1), z.string());

const apolloManifest = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(z.object({ id: z.string().min(1), body: z.string() })),
});

/** Runs in place of what is not trusted as far as nothing is resolved yet, so that no unknown text is even parsed. */
const NOTHING = '{ __typename }';

/** The only documents that are run, by their ids. */
export type TrustedDocuments = ReadonlyMap<string, string>;

/**
 * Reads a file of trusted documents: a map from id to text, as clients of Relay and GraphQL Code Generator make it, or a
 * persisted query manifest of Apollo. Each document is checked against the schema.
 *
 * @throws OperatorError that names everything that is wrong
 */
export async function readTrustedDocuments(path: string, schema: GraphQLSchema): Promise<TrustedDocuments> {
  const entries = entriesOf(await readJson(path));
  if (!entries) {
    throw unfit(path, ['it has to be a map from id to document, or a persisted query manifest of Apollo (version 1)']);
  }
  const ids = entries.map(([id]) => id);
  const problems = [
    ...(entries.length === 0 ? ['it holds no document'] : []),
    ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `the id ${JSON.stringify(id)} stands twice`),
    ...entries.flatMap(([id, text]) => faultsOf(text, schema).map((fault) => `${JSON.stringify(id)}: ${fault}`)),
  ];
  if (problems.length > 0) throw unfit(path, problems);
  return new Map([...entries.flatMap(([, text]) => hashesOf(text).map((hash) => [hash, text] as const)), ...entries]);
}

/**
 * Runs trusted documents and nothing else. A request names one by `documentId` or, as persisted queries do, by
 * `extensions.persistedQuery.sha256Hash`: its id, or the SHA-256 of its text, with or without `sha256:` before it. Or it
 * sends the very text. The code of the refusal is none of persisted queries: at those, clients send the text again, which
 * would be refused too.
 */
export function trustedDocumentsOnly(trusted: TrustedDocuments, metrics: Metrics): ApolloServerPlugin {
  const texts = new Set(trusted.values());
  return {
    async requestDidStart({ request }) {
      const text = request.query ?? trusted.get(idOf(request) ?? '');
      if (text === undefined && idOf(request) === null) return;
      const isTrusted = text !== undefined && texts.has(text);
      request.query = isTrusted ? text : NOTHING;
      // Its hash is none of the text where ids are chosen freely, and nothing is registered.
      request.extensions = { ...request.extensions, persistedQuery: undefined };
      if (isTrusted) return;
      metrics.countRejection('untrusted_document');
      return {
        async didResolveOperation() {
          throw untrusted();
        },
      };
    },
  };
}

/** By what a request names its document; null when it does not. */
function idOf({ http, extensions }: GraphQLRequest): string | null {
  const { documentId } = z.object({ documentId: z.string() }).safeParse(http?.body).data
    ?? { documentId: new URLSearchParams(http?.search).get('documentId') };
  const persisted = z.object({ sha256Hash: z.string() }).safeParse(extensions?.['persistedQuery']).data;
  return documentId ?? persisted?.sha256Hash ?? null;
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw unfit(path, [(error as Error).message]);
  }
}

function entriesOf(json: unknown): (readonly [id: string, text: string])[] | null {
  const manifest = apolloManifest.safeParse(json);
  if (manifest.success) return manifest.data.operations.map(({ id, body }) => [id, body]);
  const map = documentMap.safeParse(json);
  return map.success ? Object.entries(map.data) : null;
}

function faultsOf(text: string, schema: GraphQLSchema): readonly string[] {
  try {
    return validate(schema, parse(text)).map(({ message }) => message);
  } catch (error) {
    return [(error as Error).message];
  }
}

function hashesOf(text: string): readonly string[] {
  const hash = createHash('sha256').update(text).digest('hex');
  return [hash, `sha256:${hash}`];
}

function unfit(path: string, problems: readonly string[]): OperatorError {
  return new OperatorError(`TRUSTED_DOCUMENTS cannot be used, the file ${path}: ${problems.join('; ')}.`);
}

function untrusted(): GraphQLError {
  return new GraphQLError('This server runs trusted documents only: name one by its id, and have new ones added by the operator.', {
    extensions: { code: ErrorCode.UNTRUSTED_DOCUMENT, http: { status: 400 } },
  });
}
