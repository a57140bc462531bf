import { readFileSync, writeFileSync } from 'node:fs';

/** What the lockfile says of a package, as far as it is needed here. */
export interface LockedPackage {
  readonly version: string;
  readonly license?: string;
  /** Whether it is for development only. */
  readonly dev?: boolean;
}

/** The packages of a lockfile by their folders; the one of the empty folder is the product itself. */
export type LockedPackages = Readonly<Record<string, LockedPackage>>;

/** Licences that ask for no more than to be named. */
const permissive = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'ISC', 'MIT', 'PSF-2.0', 'Zlib'];
/** What a tool may have besides, since nothing of it is handed on. */
const ofTools = ['CC-BY-3.0', 'CC-BY-4.0', 'CC0-1.0', 'MPL-2.0', 'Python-2.0'];
/** What the licence file of a package says when its `package.json` says nothing. */
const fromFiles: Readonly<Record<string, string>> = { 'png-js': 'MIT' };

const PAGE = 'docs/licences.md';
const HEAD = `# Licences

Every package of the lockfile, for all platforms, with the licence that it names. Made by \`npm run licences\`.
What else has a licence is told in [supply-chain.md](supply-chain.md).
`;

interface Package {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly forDevelopment: boolean;
}

/** The page that lists all packages with their licences. It is the same on every machine. */
export function licencesPage(locked: LockedPackages): string {
  const packages = packagesOf(locked);
  const part = (title: string, forDevelopment: boolean): string => {
    const rows = packages.filter((one) => one.forDevelopment === forDevelopment);
    const lines = rows.map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`);
    return [`## ${title}\n`, '| package | version | licence |', '|---|---|---|', ...new Set(lines), ''].join('\n');
  };
  return [HEAD, part('Comes with the server', false), part('For development only', true)].join('\n');
}

/** The packages whose licence is unknown or not one of those that are allowed, such as `name 1.2.3: GPL-3.0`. */
export function refusedLicences(locked: LockedPackages): string[] {
  return packagesOf(locked).filter(({ licence, forDevelopment }) => {
    const allowed = forDevelopment ? [...permissive, ...ofTools] : permissive;
    // Of several, each has to be allowed, also where one could be chosen.
    return !licence.split(/ (?:AND|OR) |[()]/).filter(Boolean).every((one) => allowed.includes(one));
  }).map(({ name, version, licence }) => `${name} ${version}: ${licence}`);
}

function packagesOf(locked: LockedPackages): Package[] {
  return Object.entries(locked).filter(([folder]) => folder !== '').map(([folder, { version, license, dev = false }]) => {
    const name = folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length);
    return { name, version, licence: license ?? fromFiles[name] ?? 'unknown', forDevelopment: dev };
  }).sort((a, b) => (`${a.name} ${a.version}` < `${b.name} ${b.version}` ? -1 : 1));
}

if (import.meta.main) {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: LockedPackages };
  writeFileSync(PAGE, licencesPage(packages));
}
