import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const source = join(import.meta.dirname, '../../src');

/** A file of the product with the files of the product that it imports, all paths from `src/`. */
interface Source {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly string[];
}

const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path): Source => {
    const text = readFileSync(join(source, path), 'utf8');
    return { path, text, imports: importsOf(path, text, /(?:\bfrom|\bimport)[\s(]*'(\.[^']+)'/g) };
  });

function importsOf(path: string, text: string, pattern: RegExp): string[] {
  const specifiers = [...text.matchAll(pattern)].map(([, specifier]) => specifier!);
  return specifiers.map((specifier) => relative(source, join(source, dirname(path), specifier)).replace(/\.js$/, '.ts'));
}

/** What is loaded with a file: neither types nor what it may load later. */
function statically({ path, text }: Source): string[] {
  return importsOf(path, text, /^(?:import|export) (?!type )[^;]*?from '(\.[^']+)'/gm);
}

const folderOf = (path: string): string => (path.includes('/') ? path.slice(0, path.indexOf('/')) : '');

const features = ['billing', 'catalogue', 'clients', 'licensing', 'results', 'scoring', 'statistics'];
/** The second door of the catalogue: a server in service imports no tests, and is quicker to start without what that takes. */
const TEST_IMPORT = 'catalogue/import/index.ts';
const faces = ['cli', 'graphql', 'http', 'jobs'];
/** What each folder may import besides itself; the files beside the folders wire everything. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  kernel: [],
  database: ['kernel'],
  printing: ['kernel'],
  observability: ['kernel'],
  // Of what it configures it takes types.
  environment: ['kernel', 'billing', 'graphql', 'rate-limits'],
  'rate-limits': ['kernel', 'database'],
  // Of what its processes tell one another it takes types.
  cluster: ['kernel', 'database', 'observability', 'rate-limits'],
  ...Object.fromEntries(features.map((feature) => [feature, ['kernel', 'database', 'printing', ...features]])),
  graphql: ['kernel', 'database', 'observability', 'rate-limits', ...features],
  http: ['kernel', 'printing', 'environment', 'observability', 'rate-limits', 'graphql', ...features],
  jobs: ['kernel', 'database', 'observability', 'rate-limits', ...features],
  // Of the files beside the folders it takes the configuration and the connection.
  cli: ['', 'kernel', 'database', 'jobs', ...features],
};
const edges = files.flatMap(({ path, imports }) => imports.map((imported) => ({ path, imported })));
const shown = ({ path, imported }: { path: string; imported: string }): string => `${path} -> ${imported}`;

describe('the imports of the product', () => {
  it('are all seen', () => {
    expect(edges.length).toBeGreaterThan(200);
    const known = new Set(files.map(({ path }) => path));
    expect(edges.filter(({ imported }) => !known.has(imported)).map(shown)).toEqual([]);
    expect(edges.map(shown)).toContain('catalogue/load-bundled.ts -> catalogue/content/index.ts');
  });

  it('know every folder', () => {
    const folders = new Set(files.map(({ path }) => folderOf(path)));
    expect([...folders].sort()).toEqual(['', 'cluster', 'database', 'environment', 'kernel', 'observability', 'printing', 'rate-limits', ...features, ...faces].sort());
  });

  it.each(Object.entries(mayImport))('lead from %s only to %j', (folder, allowed) => {
    const wrong = edges.filter(({ path, imported }) =>
      folderOf(path) === folder && ![folder, ...allowed].includes(folderOf(imported)));
    expect(wrong.map(shown)).toEqual([]);
  });

  it('enter another folder of features by its index only, and the import of tests by its own', () => {
    const wrong = edges.filter(({ path, imported }) => features.includes(folderOf(imported)) && folderOf(path) !== folderOf(imported)
      && imported !== `${folderOf(imported)}/index.ts` && imported !== TEST_IMPORT);
    expect(wrong.map(shown)).toEqual([]);
  });

  it('leave what imports tests out of a server that has nothing to publish', () => {
    const loaded = new Set(['run.ts']);
    for (const path of loaded) statically(files.find((file) => file.path === path)!).forEach((imported) => loaded.add(imported));
    expect(loaded.has('catalogue/load-bundled.ts')).toBe(true);
    expect([...loaded].filter((path) => path.startsWith(dirname(TEST_IMPORT)))).toEqual([]);
  });

  it('lead to the command line from nowhere', () => {
    expect(edges.filter(({ path, imported }) => folderOf(path) !== 'cli' && folderOf(imported) === 'cli').map(shown)).toEqual([]);
  });

  it('form no circle of features', () => {
    const uses = (feature: string): string[] => {
      const used = edges.filter(({ path }) => folderOf(path) === feature).map(({ imported }) => folderOf(imported));
      return features.filter((other) => other !== feature && used.includes(other));
    };
    const circles = (feature: string, trail: readonly string[]): string[] => {
      if (trail.includes(feature)) return [[...trail, feature].join(' -> ')];
      return uses(feature).flatMap((next) => circles(next, [...trail, feature]));
    };
    expect(features.flatMap((feature) => circles(feature, []))).toEqual([]);
  });
});

describe('the environment', () => {
  it('is read by the configuration only', () => {
    expect(files.filter(({ text }) => /process\s*\.\s*env\b|process\[|\benv\b.*from 'node:process'/.test(code(text))).map(({ path }) => path))
      .toEqual(['config.ts']);
  });
});

describe('the clock', () => {
  /** What asks PostgreSQL for the time; what is put into a text is ours. */
  const asksForTime = (text: string): boolean =>
    /\b(now\(\)|(clock|statement|transaction)_timestamp|current_(date|time|timestamp)|localtime)/i.test(text.replace(/\$\{[^}]*\}/g, ''));
  const statements = files.flatMap(({ path, text }) =>
    Array.from(code(text).matchAll(/`[^`]*\b(?:select|insert|update|delete|alter|create)\b[^`]*`/gi), ([statement]) => ({ path, statement })));

  it('is that of the server: no statement asks PostgreSQL for the time, whose clock may be another', () => {
    expect(statements.length).toBeGreaterThan(100);
    expect(statements.filter(({ statement }) => asksForTime(statement))).toEqual([]);
    expect(['select now()', 'where at < CURRENT_TIMESTAMP', 'select ${now()}'].map(asksForTime)).toEqual([true, true, false]);
  });
});

describe('scoring', () => {
  it('is pure: it imports nothing but itself', () => {
    const scoring = files.filter(({ path }) => folderOf(path) === 'scoring');
    expect(scoring.length).toBeGreaterThan(5);
    const packages = scoring.flatMap(({ text }) => [...code(text).matchAll(/from '([^.'][^']*)'/g)].map(([, name]) => name));
    const foreign = scoring.flatMap(({ imports }) => imports).filter((imported) => folderOf(imported) !== 'scoring');
    expect([...packages, ...foreign]).toEqual([]);
  });
});

/** A text without its comments, which may speak of what the code must not do. */
function code(text: string): string {
  return text.replace(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, '');
}
