import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest, FastifySchemaValidationError } from 'fastify';
import { ClientSlugs } from '../../clients/index.js';
import { InputError } from '../../kernel/input-error.js';
import { answerInterruption } from '../failure.js';
import { answerRestError } from '../problem.js';
import { countRefusal, statusOf } from '../refusal.js';
import { addEndpoint, type RestParts } from './add-endpoint.js';
import { readBody } from './body.js';
import type { RestServices } from './endpoint.js';
import { addDocsPage, describeRoutes } from './openapi/index.js';
import { RestError } from './rest-error.js';
import { v1 } from './v1/index.js';
import { v2 } from './v2/index.js';
import { v3 } from './v3/index.js';

export type { RestServices } from './endpoint.js';
export { REST_DOCS_PATH } from './docs-path.js';

const UNREADABLE_TYPE =
  'The Content-Type header names no media type: send application/json, application/x-www-form-urlencoded or multipart/form-data.';

/** Where partners find the REST API. */
export interface RestAddress extends Omit<RestParts, 'services' | 'slugs'> {
  /** Below which path of its host, without a slash at the end; empty for none. */
  readonly publicPath: string;
}

const endpoints = [...v1, ...v2, ...v3];

/** The REST API v1, v2 and v3, by which partners integrated before there was GraphQL, and its description. */
export async function addRestRoutes(
  server: FastifyInstance, services: RestServices, { publicPath, ...address }: RestAddress,
): Promise<void> {
  const parts: RestParts = { ...address, services, slugs: new ClientSlugs(services.database) };
  await server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, async (request: FastifyRequest, bytes: Buffer) => {
      request.bodyBytes = bytes.length;
      return readBody(request.headers['content-type'], bytes);
    });
    scope.setErrorHandler<FastifyError>((error, request, reply) => {
      countRefusal(services.metrics, error);
      return answerInterruption(error, request, reply) ?? answerError(error, request, reply);
    });
    scope.setSchemaErrorFormatter(schemaError);
    await describeRoutes(scope, publicPath);
    for (const endpoint of endpoints) addEndpoint(scope, endpoint, parts);
    await addDocsPage(scope, publicPath);
  });
}

function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof InputError) return answerRestError(reply, 400, error.message);
  const status = statusOf(error);
  if (status < 500) return answerRestError(reply, status, status === 415 ? UNREADABLE_TYPE : error.message);
  request.log.error(error);
  return answerRestError(
    reply, 500, `The server failed to answer this. Try again; if it fails again, tell us the request id ${request.id}.`,
  );
}

/** Of the first thing that is wrong with the parameters. */
function schemaError([error]: FastifySchemaValidationError[]): Error {
  const name = error?.instancePath.slice(1).split('/', 1)[0] ?? '';
  return new RestError(400, error?.keyword === 'enum'
    ? `Invalid value for "${name}". Only "true" or "false" is expected.`
    : `The "${name}" parameter must be a string.`);
}
