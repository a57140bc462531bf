import { startPeer, startTestodrom } from '../harness/processes.mjs';
import { REPORT, reportVariables } from '../peers/postgraphile-queries.mjs';

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
    const running = await startTestodrom({ databaseUrl: run.url, ...run.settings });
    return { running, ...reportReader(run, '/graphql', (key) => JSON.stringify({ query, variables: { key } })) };
  },
  others(run) {
    const peer = (name, role, script, path, textOf) => ({
      name, role, begin: () => startPeer(script, { DATABASE_URL: run.url }), ...reportReader(run, path, textOf),
    });
    return [
      peer('PostGraphile', 'peer', 'postgraphile.mjs', '/graphql', (key) => JSON.stringify({ query: REPORT, variables: reportVariables(key) })),
      peer('node:http and a named statement', 'limit', 'report-sql.mjs', '/', (key) => JSON.stringify({ query, variables: { key } })),
    ];
  },
  targets: { 'PostGraphile': { target: 1.5, gate: 0.6 }, 'node:http and a named statement': { target: 0.5, gate: 0.15 } },
};
