import { Refusal } from '../refusal.js';
import { RestError } from './rest-error.js';
import { PARAMETER_LIMIT, TOO_MANY, type Tree, treeOf } from './tree.js';
import { urlEncoded, utf8 } from './url-encoded.js';

/** What a body says. */
export interface Body {
  readonly form: Tree;
  /** Members of a JSON object; empty for other JSON. */
  readonly json: Readonly<Record<string, unknown>>;
  /** Whether the body was meant as JSON, but is none. */
  readonly brokenJson: boolean;
}

/** A body that says nothing. */
export const NO_BODY: Body = { form: {}, json: {}, brokenJson: false };

/**
 * Reads a body by its media type: a form, url-encoded or multipart, or JSON, which is also read under the type of a form or
 * under none, because clients send it so.
 */
export async function readBody(mediaType: string | undefined, bytes: Buffer): Promise<Body> {
  if (bytes.length === 0) return NO_BODY;
  const text = utf8(bytes);
  switch (mediaType?.split(';', 1)[0]!.trim().toLowerCase()) {
    case 'multipart/form-data': return { ...NO_BODY, form: treeOf(await fields(mediaType, bytes)) };
    case 'application/x-www-form-urlencoded':
      return /^\s*[{[]/.test(text) ? readJson(text) : { ...NO_BODY, form: urlEncoded(bytes.toString('latin1')) };
    default: return text.trim() === '' ? NO_BODY : readJson(text);
  }
}

function readJson(text: string): Body {
  const json = membersOf(text);
  if (json === null) return { ...NO_BODY, brokenJson: true };
  if (Object.keys(json).length > PARAMETER_LIMIT) throw new RestError(400, TOO_MANY);
  return { ...NO_BODY, json };
}

/** The members of a JSON object, none of other JSON; null for what is no JSON. */
function membersOf(text: string): Body['json'] | null {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Record<string, unknown> : {};
  } catch {
    return null;
  }
}

async function fields(mediaType: string, bytes: Buffer): Promise<[string, string][]> {
  const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': mediaType } }).formData().catch(() => {
    throw new Refusal(400, 'malformed', 'The body is no valid multipart/form-data.');
  });
  const entries: [string, string][] = [];
  form.forEach((value, name) => {
    if (typeof value !== 'string') throw new RestError(400, `Files are not taken: send "${name.slice(0, 50)}" as a plain field.`);
    entries.push([name, value]);
  });
  if (entries.length > PARAMETER_LIMIT) throw new RestError(400, TOO_MANY);
  return entries;
}
