import { startTestodrom } from '../harness/processes.mjs';

const query = `query Dashboard {
  viewer {
    licenseUsage { issued series { start issued } }
    users(first: 20) { nodes {
      externalId registeredAt
      results(first: 20) { nodes { key savedAt test { slug } } }
      statistics { resultCount testsCompleted: byTest { results test { slug } } }
    } }
  }
}`;

export const dashboard = {
  name: 'dashboard',
  title: 'dashboard: usage of 12 months, 20 users with results and statistics',
  async ours(run) {
    const running = await startTestodrom({ databaseUrl: run.url });
    return {
      running,
      request: { path: '/graphql', body: JSON.stringify({ query }), headers: { authorization: `Bearer ${run.data.clients[0].key}` } },
      check: (status, body) => status === 200 && !body.includes('"errors"') && body.split('"externalId"').length === 21,
    };
  },
  others: () => [],
  targets: { 'PostGraphile': { target: 1.5, gate: 1 }, 'node:http and one statement': {} },
};
