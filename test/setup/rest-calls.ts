import type { Json, TestServer } from './test-server.js';

/** What a request to the REST API sends besides its address; at most one of the bodies. */
export interface RestParameters {
  /** Parameters of the address; lists and objects in brackets, as in forms. */
  readonly query?: object;
  readonly form?: object;
  readonly multipart?: object;
  readonly json?: unknown;
  /** A body as it is, under the media type before it; without one under none. */
  readonly raw?: readonly [type: string | null, text: string];
}

/** What the REST API answered. */
export interface RestAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
  readonly text: string;
  /** What the text says as JSON; undefined when it is none. */
  readonly json: Json;
}

/** Asks for an address such as `GET /tests/api/v1/info/free/`; redirects are not followed. */
export type RestCaller = (ask: string, parameters?: RestParameters) => Promise<RestAnswer>;

/** Where a client puts its parameters, and how. */
export const encodings = {
  form: (form: object): RestParameters => ({ form }),
  multipart: (multipart: object): RestParameters => ({ multipart }),
  query: (query: object): RestParameters => ({ query }),
  json: (json: object): RestParameters => ({ json }),
} as const;

/** Calls the REST API of a server. */
export function restCaller({ url }: Pick<TestServer, 'url'>): RestCaller {
  return async (ask, parameters = {}) => {
    const [method = '', path] = ask.split(' ');
    const address = new URL(path!, url);
    for (const [name, value] of bracketed(parameters.query ?? {})) address.searchParams.append(name, value);
    const response = await fetch(address, { method, redirect: 'manual', ...bodyOf(parameters) });
    const bytes = Buffer.from(await response.arrayBuffer());
    const text = bytes.toString();
    return { status: response.status, headers: response.headers, bytes, text, json: jsonOf(text) };
  };
}

/** The status of an answer, and the message of its error. */
export function refusal({ status, json }: RestAnswer): [status: number, message: string] {
  return [status, json?.error?.message];
}

/** `{progress: [['1', ['a']]]}` is `progress[0][0]=1` and `progress[0][1][0]=a`; an empty list is nothing. */
export function bracketed(parameters: object): [name: string, value: string][] {
  return Object.entries(parameters).flatMap(([name, value]) => named(name, value));
}

function named(name: string, value: unknown): [name: string, value: string][] {
  if (typeof value !== 'object' || value === null) return [[name, String(value)]];
  return Object.entries(value).flatMap(([key, item]) => named(`${name}[${key}]`, item));
}

function bodyOf({ form, multipart, json, raw }: RestParameters): RequestInit {
  if (form) return { body: new URLSearchParams(bracketed(form)) };
  if (multipart) return { body: formData(multipart) };
  if (json !== undefined) return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(json) };
  if (!raw) return {};
  const [type, text] = raw;
  // A body of bytes has no media type of its own.
  return { headers: type === null ? {} : { 'content-type': type }, body: new TextEncoder().encode(text) };
}

function formData(parameters: object): FormData {
  const data = new FormData();
  for (const [name, value] of bracketed(parameters)) data.append(name, value);
  return data;
}

function jsonOf(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
