import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Services } from '../../graphql/context.js';
import { COSTS, lengthPoints } from '../charging.js';
import type { MetricsServices } from '../../observability/index.js';
import type { ReportServices } from '../results.js';
import type { Schema } from './json-schema.js';
import type { Parameters } from './parameters.js';

/** The versions of the REST API; the older two are kept for who uses them. */
export type Version = 'v1' | 'v2' | 'v3';

/** What an endpoint can be called by. */
export type Method = 'GET' | 'POST' | 'PUT';

/** What an address takes where the platform took every method. */
export const ANY: readonly Method[] = ['GET', 'POST', 'PUT'];

/** One parameter of an endpoint, for query, form and JSON alike. */
export interface Parameter {
  /** What Fastify checks, whatever else is wrong. */
  readonly checked: Schema;
  /** What the description says: more, because the endpoint checks the rest itself, in production's order and words. */
  readonly described: Schema;
  /** Whether a call has to have it. */
  readonly required: boolean;
}

/** What an endpoint answers when all is well. */
export interface Success {
  readonly description: string;
  /** The schemas of the answer by media type. */
  readonly content: Readonly<Record<string, Schema>>;
}

/** What endpoints work with. */
export type RestServices = Services & ReportServices & MetricsServices;

/** One documented address: where it is, what it takes and how it answers. */
export interface Endpoint {
  readonly version: Version;
  /** How it is counted and named, such as `result/get`. */
  readonly name: string;
  /** As it is documented, such as `/tests/api/v1/info/:test/`; it answers with and without a slash at the end. */
  readonly path: string;
  readonly methods: readonly Method[];
  /** Whether a call may change something: then a HEAD is no call. */
  readonly changes: boolean;
  /** What a call costs where it is not what is usual, in points. */
  readonly cost?: number;
  /** Whether it takes a CLIENT_KEY: then pages may call it only from where the client registered. */
  readonly takesKey: boolean;
  /** Whether the body hides the query instead of the other way about. */
  readonly bodyFirst?: true;
  /** What it does, in one line of the description. */
  readonly summary: string;
  /** What else has to be known of it, for the description. */
  readonly notes?: string;
  /** What stands in its path, for the description. */
  readonly pathParameters?: Readonly<Record<string, Schema>>;
  readonly parameters: Readonly<Record<string, Parameter>>;
  readonly success: Success;
  /** When there is another answer, by HTTP status; what all endpoints share is told once for all of them. */
  readonly otherwise: Readonly<Record<number, string>>;
  readonly answer: (call: Call) => Promise<FastifyReply>;
}

/** One request to an endpoint. */
export interface Call {
  readonly endpoint: Endpoint;
  readonly services: RestServices;
  readonly parameters: Parameters;
  /** Whether the body was meant as JSON, but is none. */
  readonly brokenJson: boolean;
  /** `en` under `/en`, else `ru`. */
  readonly locale: 'ru' | 'en';
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** Where this server is reached, such as `https://api.example.org`. */
  readonly baseUrl: string;
  /** Origins whose pages may use the keys of every client. */
  readonly keyOrigins: readonly string[];
  /** Notes for log and metrics whose data this is about, where no key told it. */
  readonly noteClient: (clientId: string) => Promise<void>;
}

/** What a call of an endpoint costs, in points: at least what its length does. */
export function costOf({ changes, cost = changes ? COSTS.write : COSTS.call }: Endpoint, request: FastifyRequest): number {
  return Math.max(cost, lengthPoints(request));
}
