import { startPeer, startTestodrom } from '../harness/processes.mjs';
import { DASHBOARD, dashboardVariables } from '../peers/postgraphile-queries.mjs';

const query = `query Dashboard {
  viewer {
    licenseUsage { issued limit series { start issued } }
    users(first: 20) { nodes {
      externalId registeredAt
      results(first: 20) { nodes { key savedAt test { slug } } }
      statistics { resultCount byTest { results } }
    } }
  }
}`;

const check = (status, body) => status === 200 && !body.includes('"errors"') && body.split(/"externalId"/i).length === 21;

export const dashboard = {
  name: 'dashboard',
  title: 'dashboard: usage of 12 months, 20 users with results and statistics',
  async ours(run) {
    const running = await startTestodrom({ databaseUrl: run.url, ...run.settings });
    return {
      running,
      request: { path: '/graphql', body: JSON.stringify({ query }), headers: { authorization: `Bearer ${run.data.clients[0].key}` } },
      check,
    };
  },
  others({ url, data: { clients: [{ id }] } }) {
    const peer = (name, role, script, path, query, variables) => ({
      name, role, begin: () => startPeer(script, { DATABASE_URL: url }), request: { path, body: JSON.stringify({ query, variables }) }, check,
    });
    return [
      peer('PostGraphile', 'peer', 'postgraphile.mjs', '/graphql', DASHBOARD, dashboardVariables(id)),
      peer('node:http and one statement', 'limit', 'dashboard-sql.mjs', '/', '', { clientId: id }),
    ];
  },
  targets: { 'PostGraphile': { target: 1.5, gate: 0.5 } },
};
