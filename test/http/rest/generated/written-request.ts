import { shortKey } from '../../../setup/base58.js';
import type { RawRequest } from '../../../setup/raw-request.js';
import { endpoints, type Plan, type Sent } from './plans.js';
import type { Known } from './values.js';

/** What the server knows by now. */
export interface World {
  /** Each RESULT_KEY. */
  readonly results: string[];
  /** Each USER_KEY. */
  readonly users: string[];
  /** Each CLIENT_KEY. */
  readonly clients: readonly string[];
}

/** The largest body that the server takes, in bytes. */
export const BODY_LIMIT = 200_000;
/** Longer addresses are answered before anybody reads them. */
const ADDRESS_LENGTH = 12_000;

/** What stands in an address for a test or its number. */
const IN_PATH = /:test|:number\(.*?\)/;

const types = {
  form: 'application/x-www-form-urlencoded', multipart: 'multipart/form-data; boundary=b', json: 'application/json',
} as const;

/** A plan with what the server knows. */
export interface SettledPlan extends Plan {
  readonly parameters: readonly (Sent & {
    /** The value without the way in which a key is written. */
    readonly meant: unknown;
  })[];
}

/** Says of a plan what it stands for now. */
export function settledPlan(plan: Plan, world: World): SettledPlan {
  return {
    ...plan,
    parameters: plan.parameters.map((sent) => {
      if (!isKnown(sent.value)) return { ...sent, meant: sent.value };
      const key = keyOf(sent.value, world);
      return { ...sent, value: inForm(key, sent.value.written), meant: key };
    }),
  };
}

/** The request of a plan. */
export function writtenRequest(plan: SettledPlan): RawRequest {
  const { endpoint, method, english, slash, inPath, parameters, encoding, headers } = plan;
  const inQuery = parameters.filter(({ place }) => place === 'query');
  const query = [...formParts(inQuery, encoding), ...texts(plan, 'more in the query')].join('&');
  const name = inPath.startsWith('%') ? inPath : encodeURIComponent(inPath.toWellFormed());
  const bare = endpoints.get(endpoint)!.path.replace(IN_PATH, () => name).replace(/\/$/, '');
  const address = `${english ? '/en' : ''}${bare}${slash ? '/' : ''}`;
  const path = `${address}${query && '?'}${query}`.slice(0, ADDRESS_LENGTH);
  const body = bodyOf(plan, parameters.filter(({ place }) => place === 'body'));
  if (body === null) return { method, path, headers };
  return { method, path, body, headers: { 'content-type': texts(plan, 'another type')[0] ?? types[plan.body], ...headers } };
}

function isKnown(value: unknown): value is Known {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'known');
}

function keyOf({ known, number }: Known, { results, users, clients }: World): string {
  const keys = { result: results, user: users, client: clients }[known];
  return keys[number % keys.length]!;
}

function inForm(key: string, written: Known['written']): string {
  switch (written) {
    case 'as it is': return key;
    case 'in capitals': return key.toUpperCase();
    case 'in base58': return shortKey(key);
  }
}

function texts({ spoils }: Plan, what: string): string[] {
  return spoils.flatMap((spoil) => (spoil.what === what && 'text' in spoil ? [spoil.text] : []));
}

/** The body of a request; null for one without. */
function bodyOf(plan: Plan, parameters: readonly Sent[]): string | Buffer | null {
  const spoilt = (what: string): boolean => plan.spoils.some((spoil) => spoil.what === what);
  const [other] = texts(plan, 'another body');
  const more = texts(plan, 'more in the body');
  const touched = plan.spoils.some(({ what }) => what !== 'more in the query');
  if (parameters.length === 0 && !touched) return null;
  const whole = [other ?? bodyText(plan, parameters), ...more].join('&');
  // A form that is cut off is another form.
  const text = spoilt('a body that is cut off') && plan.body !== 'form' ? whole.slice(0, Math.floor(whole.length * 0.6)) : whole;
  if (spoilt('a body that is too large')) return text.padEnd(BODY_LIMIT + 1);
  return spoilt('a body of broken bytes') ? Buffer.concat([Buffer.from(text), Buffer.from([0xff])]) : text;
}

function bodyText({ body, encoding }: Plan, parameters: readonly Sent[]): string {
  switch (body) {
    // By hand, because a name may come twice.
    case 'json': return `{${parameters.map(({ name, value }) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',')}}`;
    case 'form': return formParts(parameters, encoding).join('&');
    case 'multipart': return `${fieldsOf(parameters).map(part).join('')}--b--\r\n`;
  }
}

function part([name, value]: readonly [string, string]): string {
  return `--b\r\nContent-Disposition: form-data; name="${name.replace(/["\r\n]/g, encodeURIComponent)}"\r\n\r\n${value}\r\n`;
}

function formParts(parameters: readonly Sent[], encoding: Plan['encoding']): string[] {
  return fieldsOf(parameters).map((field) => field.map((part) => encoded(part, encoding)).join('='));
}

function encoded(part: string, encoding: Plan['encoding']): string {
  switch (encoding) {
    case 'as browsers do': return encodeURIComponent(part).replaceAll('%20', '+');
    case 'with brackets as they are': return encodeURIComponent(part).replaceAll('%5B', '[').replaceAll('%5D', ']');
    case 'every byte': return Buffer.from(part).toString('hex').replace(/../g, '%$&');
  }
}

/** Names and values as PHP nests them, without the half characters that no form can hold. */
function fieldsOf(parameters: readonly Sent[]): [string, string][] {
  return parameters.flatMap(({ name, value }) => nestedFields(name, value))
    .map(([name, value]) => [name.toWellFormed(), value.toWellFormed()]);
}

function nestedFields(name: string, value: unknown): [string, string][] {
  if (typeof value !== 'object' || value === null) return [[name, String(value ?? '')]];
  return Object.entries(value).flatMap(([key, one]) => nestedFields(`${name}[${key}]`, one));
}
