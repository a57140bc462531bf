import type { PublishedTest } from '../../catalogue/index.js';
import type { Client } from '../../clients/index.js';
import { readReport, type ReportReading } from '../../results/index.js';
import { charge, heedBudgets } from '../charging.js';
import { checkOrigin } from './cross-origin.js';
import { type Call, costOf, type RestServices } from './endpoint.js';
import { echo, requiredText } from './parameters.js';
import { RestError } from './rest-error.js';
import { resultKeyOf } from './result-key.js';

/** How a version says that a parameter is missing or names nothing. */
export interface Wording {
  readonly missing: (name: string) => string;
  readonly unknown: (value: string) => string;
}

/** The client whose key the parameter holds. */
export async function clientOf(call: Call, name: string, { missing, unknown }: Wording, status = 404): Promise<Client> {
  const { parameters, services: { reads, rateLimits }, request, reply } = call;
  const key = requiredText(parameters, name, missing);
  const failedKeys = rateLimits.failedKeys(request.ip);
  await heedBudgets(reply, () => failedKeys.check());
  const signature = await reads.signature(key);
  if (!signature) {
    await failedKeys.note(1);
    throw new RestError(status, unknown(echo(key)));
  }
  const { client } = signature;
  request.facts.client = client.slug;
  checkOrigin(call, client);
  await charge(request, reply, rateLimits.client(client.id), costOf(call.endpoint, request));
  return client;
}

/** The test whose slug the parameter `test` holds. */
export function testOf({ parameters, services }: Call): PublishedTest {
  const slug = requiredText(parameters, 'test');
  return found(services.catalogue.bySlug(slug), slug);
}

/** The test of an address: by its slug or, of digits alone, by its number on the platform. */
export function testInPath({ request, services: { catalogue } }: Call): PublishedTest {
  const { test: name } = request.params as { test: string };
  const byNumber = /^\d{1,10}$/.test(name) ? catalogue.byLegacyId(Number(name)) : null;
  return found(byNumber ?? catalogue.bySlug(name), name);
}

function found(test: PublishedTest | null, name: string): PublishedTest {
  if (!test) throw new RestError(404, `Test not found with the provided "test" value: "${echo(name)}".`);
  return test;
}

/** A result as it may be read, of a key that a request named. */
export type KnownResult = Exclude<ReportReading, { readonly kind: 'NOT_FOUND' }>;

/** The result whose key a text is. */
export async function resultOf(call: Call, text: string, wording: Wording): Promise<KnownResult> {
  const result = await knownResult(call.services, text, wording);
  if (result.kind === 'AVAILABLE' && result.clientId !== null) await call.noteClient(result.clientId);
  return result;
}

/** The key that a text is, of a result that may or may not be there. */
export function resultKeyIn(text: string, wording: Wording): string {
  const key = resultKeyOf(text);
  if (key === null) throw unknownResult(text, wording);
  return key;
}

/** Does what comes after the look at a result; only when that is refused, an unknown result is told of instead. */
export async function knowingResult<T>(
  { services }: Call, text: string, wording: Wording, next: () => T | Promise<T>,
): Promise<T> {
  try {
    return await next();
  } catch (refusal) {
    await knownResult(services, text, wording);
    throw refusal;
  }
}

async function knownResult({ database, catalogue }: RestServices, text: string, wording: Wording): Promise<KnownResult> {
  const reading = await readReport(database, catalogue, resultKeyIn(text, wording));
  if (reading.kind === 'NOT_FOUND') throw unknownResult(text, wording);
  return reading;
}

function unknownResult(text: string, { unknown }: Wording): RestError {
  return new RestError(404, unknown(echo(text)));
}
