import { LARGE_CLIENT_SHARE, usersOfAClient } from '../harness/load-data.mjs';
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

/** How many users are on the page. */
const PAGE = 20;

const checkOf = (users) => (status, body) =>
  status === 200 && !body.includes('"errors"') && body.split(/"externalId"/i).length === 1 + Math.min(PAGE, users);

/** The dashboards of some clients, each of the next one, who all have so many users or more. */
function dashboardWork(name, title, { clientsOf, usersOf, ...more }) {
  const inTurns = (run, requestOf) => {
    const clients = clientsOf(run);
    let asked = 0;
    return { request: { next: () => requestOf(clients[asked++ % clients.length]) }, check: checkOf(usersOf(run)) };
  };
  return {
    name,
    title,
    async ours(run) {
      const running = await startTestodrom({ databaseUrl: run.url, ...run.settings });
      const body = JSON.stringify({ query });
      const { request, check } = inTurns(run, ({ key }) => ({ headers: { authorization: `Bearer ${key}` }, body }));
      return { running, request: { path: '/graphql', ...request }, check };
    },
    others(run) {
      const peer = (called, role, script, path, asked) => {
        const { request, check } = inTurns(run, (client) => ({ body: JSON.stringify(asked(client)) }));
        return { name: called, role, begin: () => startPeer(script, { DATABASE_URL: run.url }), request: { path, ...request }, check };
      };
      return [
        peer('PostGraphile', 'peer', 'postgraphile.mjs', '/graphql', ({ id }) => ({ query: DASHBOARD, variables: dashboardVariables(id) })),
        peer('node:http and one statement', 'limit', 'dashboard-sql.mjs', '/', ({ id }) => ({ query: '', variables: { clientId: id } })),
      ];
    },
    targets: { 'PostGraphile': { target: 1.5, gate: 0.5 } },
    ...more,
  };
}

/** One client has it open on many screens: whoever asks while it is read shares what is read next. */
export const dashboard = dashboardWork('dashboard', 'dashboard: usage of 12 months, 20 users with results and statistics', {
  clientsOf: ({ data: { clients } }) => clients.slice(0, 1),
  usersOf: () => PAGE,
});

/** Nobody asks for the same. */
export const dashboardSpread = dashboardWork('dashboard-spread', 'dashboard, spread over 900 clients', {
  // The others have no users: those are of the large client.
  clientsOf: ({ data: { clients } }) => clients.slice(1).filter((_, number) => number % LARGE_CLIENT_SHARE > 0),
  usersOf: ({ scale }) => usersOfAClient(scale),
  // A client has so few users at the smallest scale that its dashboard is another one.
  isOfOneScale: true,
});
