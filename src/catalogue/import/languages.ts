import type { Localized } from '../../kernel/localized.js';
import type { TestMetadata } from './test-metadata.js';

/** The test's own language: the first of the preferred ones that the test has a name in, else the first of its name. */
export function ownLanguage({ name }: TestMetadata, preferred: readonly [string, ...string[]]): string {
  return preferred.find((language) => Object.hasOwn(name, language)) ?? Object.keys(name)[0] ?? preferred[0];
}

/** All languages that any of the texts has: those of a list first, in its order, the others by first use. */
export function languagesOf(texts: Iterable<Localized>, first: readonly string[]): string[] {
  const used = new Set(Array.from(texts, (text) => Object.keys(text)).flat());
  return [...new Set([...first.filter((language) => used.has(language)), ...used])];
}
