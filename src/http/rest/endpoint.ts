import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Services } from '../../graphql/context.js';
import type { MetricsServices } from '../metrics.js';
import type { ReportServices } from '../results.js';
import type { Parameters } from './parameters.js';

/** The versions of the REST API; the older two are kept for who uses them. */
export type Version = 'v1' | 'v2' | 'v3';

export type Method = 'GET' | 'POST' | 'PUT';

/** What an address takes where the platform took every method. */
export const ANY: readonly Method[] = ['GET', 'POST', 'PUT'];

/** A JSON schema. */
export type Schema = Readonly<Record<string, unknown>>;

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
  /** Whether it takes a CLIENT_KEY: then pages may call it only from where the client registered. */
  readonly takesKey: boolean;
  /** Whether the body hides the query instead of the other way about. */
  readonly bodyFirst?: true;
  readonly summary: string;
  /** The schemas of its parameters, for query, form and JSON alike. */
  readonly parameters: Readonly<Record<string, Schema>>;
  readonly answer: (call: Call) => Promise<FastifyReply>;
}

/** One request to an endpoint. */
export interface Call {
  readonly services: RestServices;
  readonly parameters: Parameters;
  /** Whether the body was meant as JSON, but is none. */
  readonly brokenJson: boolean;
  /** `en` under `/en`, else `ru`. */
  readonly locale: 'ru' | 'en';
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** Where this server is reached, such as `https://api.example.org`. */
  readonly serverOrigin: string;
  /** Notes for the metrics whose request this is. */
  readonly note: (clientId: string) => void;
}
