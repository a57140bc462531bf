import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * Asks the registry for the known weaknesses of all packages of the lockfile, and fails with those that nobody gave a
 * reason for. A registry that cannot tell is a warning: the product is no worse for it, only not known to be good.
 */

const REASONS = 'test/supply-chain/accepted-advisories.json';

interface Advisory {
  readonly name: string;
  readonly title: string;
  readonly url: string;
  readonly severity: string;
  readonly range: string;
}

/** What `npm audit --json` says: weaknesses, or what the registry answered instead. */
interface Report {
  readonly vulnerabilities?: Readonly<Record<string, { readonly via: readonly (Advisory | string)[] }>>;
  readonly message?: string;
}

const [reasonsFile = REASONS] = process.argv.slice(2);
const { stdout, stderr } = spawnSync('npm', ['audit', '--json', '--fetch-retries=0'], { encoding: 'utf8', maxBuffer: 100_000_000 });
const { vulnerabilities, message } = (stdout === '' ? {} : JSON.parse(stdout)) as Report;
if (vulnerabilities) tell(Object.values(vulnerabilities).flatMap(({ via }) => via));
else if (message !== undefined) console.warn(`not audited: ${message}`);
else throw new Error(`npm could not audit:\n${stdout}${stderr}`);

/** A weakness comes with every package that it reaches: by its name with those that need another. */
function tell(found: readonly (Advisory | string)[]): void {
  const accepted = JSON.parse(readFileSync(reasonsFile, 'utf8')) as Readonly<Record<string, string>>;
  const advisories = new Map(found.filter((one) => typeof one !== 'string').map((one) => [one.url.replace(/^.*\//, ''), one]));
  const open = [...advisories].filter(([id]) => !accepted[id]);
  for (const [id, { name, range, severity, title }] of open) console.error(`${id}: ${name} ${range}, ${severity}: ${title}`);
  if (open.length > 0) process.exitCode = 1;
  else console.log(`audited: ${advisories.size} known weaknesses, each with a reason`);
}
