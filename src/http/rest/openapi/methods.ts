import type { Schema } from '../json-schema.js';

/** A parameter of an operation. */
interface Parameter {
  readonly in: string;
  readonly name: string;
  readonly description?: string;
  readonly required?: boolean;
  readonly schema?: Schema;
  readonly example?: unknown;
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>;
  readonly style?: 'deepObject';
  readonly explode?: true;
}

/** What is described of a method of an address. */
export interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly responses: Readonly<Record<string, unknown>>;
  readonly requestBody?: object;
}

/** How OpenAPI calls brackets. */
const BRACKETS = { style: 'deepObject', explode: true } as const;

/** The operations of an address. */
export interface PathItem {
  readonly get?: Operation;
  readonly post?: Operation;
}

/**
 * Makes the operations of an address, which are described as one, those of its methods: GET is asked in the query, POST in a
 * body. PUT is left out: it is the same as POST, and is told of in words.
 */
export function operationsOf({ get, post }: PathItem): PathItem {
  return { ...(get && { get: asked(get) }), ...(post && { post: sent(post) }) };
}

function asked(operation: Operation): Operation {
  const { 413: _large, 415: _untyped, ...responses } = operation.responses;
  const parameters = [...placed('path', operation), ...placed('query', operation)];
  return { ...operation, operationId: idOf('get', operation), parameters: parameters.map(written), responses };
}

function sent(operation: Operation): Operation {
  const { 304: _, ...responses } = operation.responses;
  return {
    ...operation,
    responses,
    operationId: idOf('post', operation),
    parameters: placed('path', operation),
    requestBody: bodyOf(placed('query', operation)),
  };
}

function placed(place: string, { parameters = [] }: Operation): readonly Parameter[] {
  return parameters.filter((parameter) => parameter.in === place);
}

/** Such as `getV3ResultGet`. */
function idOf(method: string, { operationId }: Operation): string {
  return method + operationId.replace(/(?:^|[/-])(\w)/g, (_start, letter: string) => letter.toUpperCase());
}

/** A parameter that is no text and no JSON is written in brackets. */
function written(parameter: Parameter): Parameter {
  return isBracketed(parameter) ? { ...parameter, ...BRACKETS } : parameter;
}

function isBracketed({ in: place, schema }: Parameter): boolean {
  return place === 'query' && schema !== undefined && schema['type'] !== 'string';
}

function bodyOf(parameters: readonly Parameter[]): object {
  const schema = {
    type: 'object',
    properties: Object.fromEntries(parameters.map((parameter) => [parameter.name, schemaOf(parameter)])),
    required: parameters.filter(({ required }) => required).map(({ name }) => name),
  };
  const brackets = parameters.filter(isBracketed).map(({ name }): [string, object] => [name, BRACKETS]);
  const json = parameters.filter(({ content }) => content).map(({ name }): [string, object] => [name, { contentType: 'application/json' }]);
  return {
    description: 'The same may be sent in the query.',
    content: {
      'application/x-www-form-urlencoded': { schema, encoding: Object.fromEntries([...brackets, ...json]) },
      // A part that says to be JSON would be a file.
      'multipart/form-data': { schema, encoding: Object.fromEntries(brackets) },
      'application/json': { schema },
    },
  };
}

function schemaOf({ description, schema, content, example }: Parameter): Schema {
  const examples = example === undefined ? {} : { examples: [example] };
  return { description, ...schema ?? content?.['application/json']?.schema, ...examples };
}
