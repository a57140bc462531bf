import pg from 'pg';
import { addFreeResults } from '../harness/load-data.mjs';
import { startTestodrom } from '../harness/processes.mjs';

const query = `mutation Attach($input: AttachResultInput!) {
  attachResult(input: $input) {
    __typename ... on AttachResultSuccess { user { key } licenseUsage { issued remaining } } ... on Problem { code message }
  }
}`;
/** More than anybody attaches in a second. */
const MOST_A_SECOND = 6_000;

const onConnection = async (url, work) => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

/** Whoever attaches over HTTP: each request attaches another result to another new user. */
export function attacher(run, path, only) {
  const prepare = async (seconds) => {
    const free = await onConnection(run.url, (client) => addFreeResults(client, run.data, Math.ceil(seconds * MOST_A_SECOND), only));
    return {
      next: () => {
        const { key, userId, client } = free.pop();
        return {
          headers: { authorization: `Bearer ${client.key}` },
          body: JSON.stringify({ query, variables: { input: { resultKey: key, userId } } }),
        };
      },
    };
  };
  return { request: { path }, prepare, check: (status, body) => status === 200 && body.includes('"__typename":"AttachResultSuccess"') };
}

/** Every counter and every day of the roll-up tells what the licenses are. */
const counts = (url) => onConnection(url, async (client) => {
  const { rows: [{ licenses, wrong }] } = await client.query(`
    select (select count(*)::int from license) as licenses,
           (select count(*)::int from client c
             where licenses_issued <> (select count(*) from license l where l.client_id = c.id)
                or licenses_issued <> coalesce((select sum(issued) from license_usage_day d where d.client_id = c.id), 0)) as wrong`);
  if (wrong > 0) throw new Error(`The counters of ${wrong} clients are wrong.`);
  return licenses;
});

function attachWork(name, title, targets, onlyOf) {
  return {
    name,
    title,
    async ours(run) {
      return { running: await startTestodrom({ databaseUrl: run.url }), ...attacher(run, '/graphql', onlyOf(run)) };
    },
    others: () => [],
    targets,
    count: ({ url }) => counts(url),
  };
}

export const attachSpread = attachWork('attach-spread', 'attachResult, spread over 1,000 clients', {
  'textbook': { target: 3, gate: 2 }, 'pgbench, best single statement': { target: 0.4, gate: 0.25 },
}, () => undefined);

export const attachHot = attachWork('attach-hot', 'attachResult, all on one client', {
  'textbook': { target: 1, gate: 1 }, 'pgbench, best single statement on the hot row': { target: 1, gate: 0.8 },
}, ({ data: { clients } }) => clients[0]);
