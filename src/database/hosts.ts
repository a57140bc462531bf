/** What is before the hosts, the hosts, and what comes after them. */
const URL_OF_POSTGRES = /^(postgres(?:ql)?:\/\/(?:[^@/?#]*@)?)([^@/?#]*)(\/[^/@?#]+(?:\?[^#]*)?)$/;

/** What a URL with several hosts may say of which is wanted: it is the primary in any case. */
const WANTED = new Set(['read-write', 'primary']);

/**
 * A URL for each host that a URL of PostgreSQL names: several, separated by commas, stand in for each other. Empty for what
 * is no such URL. A bare "/" in the password makes it none: the rest of it would be in the name of the database, which messages show.
 */
export function urlsOfHosts(url: string): string[] {
  const [, before, hosts, after] = URL_OF_POSTGRES.exec(url) ?? [];
  if (before === undefined || hosts === undefined || after === undefined) return [];
  const urls = hosts.split(',').map((host) => `${before}${host}${after}`);
  const isGood = urls.length === 1 || hosts.split(',').every((host) => host !== '');
  return isGood && urls.every((each) => isReadable(each)) ? urls : [];
}

/** The hosts with their ports, as messages name them. */
export function nameOfHosts(urls: readonly string[]): string {
  return urls.map((url) => new URL(url)).map(({ hostname, port }) => `${hostname || 'local socket'}${port ? `:${port}` : ''}`).join(', ');
}

function isReadable(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const wanted = new URL(url).searchParams.get('target_session_attrs');
  return wanted === null || WANTED.has(wanted);
}
