import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
  readonly overrides: Readonly<Record<string, unknown>>;
  readonly allowScripts: Readonly<Record<string, boolean>>;
}

interface Lockfile {
  readonly lockfileVersion: number;
  readonly packages: Readonly<Record<string, {
    readonly version: string;
    readonly integrity?: string;
    readonly resolved?: string;
    readonly hasInstallScript?: boolean;
  }>>;
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
const lockfile = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lockfile;
const reasons = readFileSync('docs/supply-chain.md', 'utf8');
const locked = Object.entries(lockfile.packages).filter(([folder]) => folder !== '');
const foldersOf = (those: typeof locked): string[] => those.map(([folder]) => folder);

describe('the lockfile', () => {
  it('is of the version that npm 7 and later write', () => {
    expect(lockfile.lockfileVersion).toBe(3);
    expect(locked.length).toBeGreaterThan(500);
  });

  it('tells by SHA-512 what every package has to hold', () => {
    expect(foldersOf(locked.filter(([, { integrity }]) => !/^sha512-[\w+/]{86}==$/.test(integrity ?? '')))).toEqual([]);
  });

  it('leaves to whoever installs from which registry', () => {
    expect(foldersOf(locked.filter(([, { resolved }]) => resolved !== undefined))).toEqual([]);
  });

  it('holds what package.json pins, each to one version', () => {
    const pinned = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies };
    const versions = Object.keys(pinned).map((name) => [name, lockfile.packages[`node_modules/${name}`]?.version]);
    expect(Object.fromEntries(versions)).toEqual(pinned);
  });

  it('has no package with a script of its own but those whose script is declined', () => {
    const withScripts = foldersOf(locked.filter(([, { hasInstallScript }]) => hasInstallScript));
    expect(manifest.allowScripts).toEqual(Object.fromEntries(withScripts.map((folder) => [folder.replace(/^.*node_modules\//, ''), false])));
  });
});

describe('the reasons of exceptions', () => {
  it.each([...Object.keys(manifest.overrides), ...Object.keys(manifest.allowScripts)])('are told for %s', (name) => {
    expect(reasons).toContain(`| \`${name}\` |`);
  });
});
