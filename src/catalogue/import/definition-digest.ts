import { createHash } from 'node:crypto';
import type { TestDefinition } from './test-definition.js';

/** SHA-256 of a definition, in hex. The order of keys and the `$schema` line say nothing about the test. */
export function definitionDigest({ $schema: _, ...test }: TestDefinition): string {
  return createHash('sha256').update(canonicalJson(test)).digest('hex');
}

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, nested: unknown) => {
    if (nested === null || typeof nested !== 'object' || Array.isArray(nested)) return nested;
    return Object.fromEntries(Object.entries(nested).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
