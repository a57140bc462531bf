import type { SwaggerTransform } from '@fastify/swagger';
import type { FastifySchema } from 'fastify';
import { isDeprecated } from '../deprecation.js';
import type { Endpoint } from '../endpoint.js';
import { type Schema, shared } from '../json-schema.js';

/** What every endpoint may answer; 413 and 415 only to a body, 414 only where a part of the address is a name. */
const ALWAYS: Endpoint['otherwise'] = {
  400: 'A parameter is no text in UTF-8, or there are too many parameters or brackets.',
  413: 'The body is too large.',
  414: 'The name in the address is too long.',
  415: 'The `Content-Type` header names no media type.',
  429: 'The budget of the client or of the address is spent: try again after the seconds that `Retry-After` tells.',
  500: 'The server failed: try again, and if it fails again, tell us the request id of the message.',
};

const KEEP_THE_KEY =
  'Keep CLIENT_KEY on your server: a page that sends it is answered only on an origin that the client registered.';

/** What is told of a route: of each endpoint the address in its documented form, of others nothing. */
export const describeRoute: SwaggerTransform = ({ schema, url, route }) => {
  const endpoint = route.config?.restEndpoint;
  return { url, schema: endpoint?.path === url ? described(endpoint) : { ...schema, hide: true } };
};

function described(endpoint: Endpoint): FastifySchema {
  const { version, name, summary, notes, takesKey, pathParameters, parameters, success } = endpoint;
  const required = Object.keys(parameters).filter((each) => parameters[each]!.required);
  return {
    tags: [version],
    deprecated: isDeprecated(version),
    operationId: `${version}/${name}`,
    summary,
    description: [notes, takesKey ? KEEP_THE_KEY : undefined].filter(Boolean).join(' '),
    ...(pathParameters && { params: { type: 'object', properties: pathParameters } }),
    querystring: { type: 'object', properties: mapped(parameters, (parameter) => parameter.described), required },
    response: {
      200: { description: success.description, content: mapped(success.content, (schema) => ({ schema })) },
      ...mapped(otherwiseOf(endpoint), answerOf),
    },
  };
}

function otherwiseOf({ otherwise, pathParameters }: Endpoint): Readonly<Record<string, string>> {
  const statuses = Object.keys({ ...ALWAYS, ...otherwise }).map(Number).filter((status) => status !== 414 || pathParameters);
  return Object.fromEntries(statuses.map((status) => [status, [otherwise[status], ALWAYS[status]].filter(Boolean).join(' ')]));
}

function answerOf(when: string, status: string): Schema {
  if (Number(status) < 400) return { type: 'null', description: when };
  const example = { error: { code: Number(status), message: '…' } };
  return { description: when, content: { 'application/json': { schema: shared('Error'), example } } };
}

/** The same keys with other values. */
export function mapped<Value, Result>(
  record: Readonly<Record<string, Value>>, change: (value: Value, key: string) => Result,
): Record<string, Result> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value, key)]));
}
