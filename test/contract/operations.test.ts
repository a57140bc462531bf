import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestServer, type TestServer } from '../setup/test-server.js';

const METRICS_KEY = 'metrics-key-of-this-test';
/** What Prometheus appends to the name of a histogram. */
const PART = /_(?:bucket|count|sum)$/;

let server: TestServer;
let page: string;
/** The names of all metrics with their kinds. */
let kinds: Map<string, string>;
beforeAll(async () => {
  server = await startTestServer({ METRICS_KEY });
  page = await readFile('docs/operations.md', 'utf8');
  const answer = await fetch(new URL('/metrics', server.url), { headers: { authorization: `Bearer ${METRICS_KEY}` } });
  kinds = new Map([...(await answer.text()).matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name, kind]) => [name!, kind!]));
});
afterAll(() => server.close());

const namesIn = (text: string): string[] => [...new Set(text.match(/\b(?:testodrom|nodejs|process)_[a-z0-9_]+/g) ?? [])].sort();
const rules = (): string => page.slice(page.indexOf('groups:'), page.indexOf('## Capacity'));
const described = (): string => page.slice(page.indexOf('## Metrics'), page.indexOf('## Alerts'));

describe('docs/operations.md', () => {
  it('describes every metric of the server, and no other', () => {
    expect(kinds.size).toBeGreaterThan(40);
    expect(namesIn(described())).toEqual([...kinds.keys()].sort());
  });

  it('alerts by metrics that there are, and by the buckets of histograms', () => {
    const used = namesIn(rules());
    expect(used.length).toBeGreaterThan(10);
    expect(used.filter((name) => !kinds.has(name) && kinds.get(name.replace(PART, '')) !== 'histogram')).toEqual([]);
    expect(used.filter((name) => kinds.get(name) === 'histogram')).toEqual([]);
  });

  it('names settings that there are', async () => {
    const readme = await readFile('README.md', 'utf8');
    const source = [await readFile('src/environment/edge.ts', 'utf8'), await readFile('src/config.ts', 'utf8'), readme].join('\n');
    const settings = new Set(page.match(/\b[A-Z]+(?:_[A-Z]+)+\b/g));
    const codes = ['INTERNAL_SERVER_ERROR', 'RATE_LIMITED', 'LICENSE_LIMIT_REACHED'];
    expect(settings.size).toBeGreaterThan(10);
    expect([...settings].filter((name) => !codes.includes(name) && !source.includes(name))).toEqual([]);
  });
});
