import { ownValue } from './own-value.js';

/**
 * The number at a dotted path of a result in the platform's shape, such as `GROUPS.iq.SUM`; null when there is nothing,
 * or something else than a number. Keys may have dots of their own: the longest one that leads to a number is followed.
 */
export function valueAt(result: Readonly<Record<string, unknown>>, path: string): number | null {
  return numberAt(result, path.split('.'));
}

function numberAt(value: unknown, path: readonly string[]): number | null {
  if (path.length === 0) return typeof value === 'number' ? value : null;
  if (!isRecord(value)) return null;
  for (let length = path.length; length > 0; length -= 1) {
    const found = numberAt(ownValue(value, path.slice(0, length).join('.')), path.slice(length));
    if (found !== null) return found;
  }
  return null;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
