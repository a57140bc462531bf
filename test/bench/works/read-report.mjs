import { startTestodrom } from '../harness/processes.mjs';

const query = `query Report($key: UUID!) {
  result(key: $key) { savedAt test { slug revision } report { json } }
}`;

/** Gives one known key after another, and checks that each answer holds a report: each kind of answers has its own. */
export function reportReader({ data: { keys, reports } }, path, textOf) {
  const sums = reports.map(({ calculation }) => JSON.parse(calculation).sum);
  let at = 0;
  return {
    request: {
      path,
      next: () => {
        at = (at + 7919) % keys.length;
        return { body: textOf(keys[at].key) };
      },
    },
    check: (status, body) => status === 200 && !body.includes('"errors"') && sums.some((sum) => body.toLowerCase().includes(`"sum":${sum}`)),
  };
}

export const readReport = {
  name: 'report',
  title: 'result report by key',
  async ours(run) {
    const running = await startTestodrom({ databaseUrl: run.url });
    return { running, ...reportReader(run, '/graphql', (key) => JSON.stringify({ query, variables: { key } })) };
  },
  others: () => [],
  targets: { 'PostGraphile': { target: 1.5, gate: 1 }, 'node:http and a named statement': { target: 0.5, gate: 0.3 } },
};
