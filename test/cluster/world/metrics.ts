/** Needed to read metrics. */
export const METRICS_KEY = 'metrics-key-of-this-test';

/** What the metrics of a server say of a name with all of its labels; 0 where they say nothing. */
export async function metric(url: string, name: string): Promise<number> {
  const answer = await fetch(new URL('/metrics', url), { headers: { authorization: `Bearer ${METRICS_KEY}` } });
  const line = (await answer.text()).split('\n').find((each) => each.startsWith(`${name} `));
  return line === undefined ? 0 : Number(line.slice(name.length));
}
