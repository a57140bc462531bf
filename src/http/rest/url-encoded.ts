import { isUtf8 } from 'node:buffer';
import { RestError } from './rest-error.js';
import { PARAMETER_LIMIT, TOO_MANY, type Tree, treeOf } from './tree.js';

const PERCENT = '%'.charCodeAt(0);
/** Each byte by its two digits in lower case. */
const BYTES: ReadonlyMap<string, number> =
  new Map(Array.from({ length: 256 }, (_, byte) => [byte.toString(16).padStart(2, '0'), byte]));

/**
 * Reads a query or a form.
 *
 * @param text its bytes as latin1; a percent sign that begins no byte stands for itself, as in PHP
 */
export function urlEncoded(text: string): Tree {
  const parts = text.split('&', PARAMETER_LIMIT + 1);
  if (parts.length > PARAMETER_LIMIT) throw new RestError(400, TOO_MANY);
  return treeOf(parts.filter((part) => part !== '').map((part) => {
    const equals = part.indexOf('=');
    return equals < 0 ? [decoded(part), ''] : [decoded(part.slice(0, equals)), decoded(part.slice(equals + 1))];
  }));
}

function decoded(text: string): string {
  if (/^[\0-$&-*,-\x7f]*$/.test(text)) return text;
  const bytes = Buffer.from(text.replaceAll('+', ' '), 'latin1');
  // In place, because a megabyte of percent signs must not hold up everybody else.
  let length = 0;
  for (let at = 0; at < text.length; length += 1) {
    const byte = bytes[at] === PERCENT ? BYTES.get(text.slice(at + 1, at + 3).toLowerCase()) : undefined;
    bytes[length] = byte ?? bytes[at]!;
    at += byte === undefined ? 1 : 3;
  }
  return utf8(bytes.subarray(0, length));
}

/** Bytes as text. Other encodings are refused: unreadable ids of two people would become the same one. */
export function utf8(bytes: Buffer): string {
  if (!isUtf8(bytes)) throw new RestError(400, 'The parameters are no UTF-8 text: send them in UTF-8.');
  return bytes.toString('utf8');
}
