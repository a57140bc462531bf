import { onConnection } from '../harness/connection.mjs';
import { addFreeResults, listFreeResults } from '../harness/load-data.mjs';
import { pgbench } from '../harness/pgbench.mjs';
import { buildTextbook } from '../peers/build-textbook.mjs';
import { startPeer, startTestodrom } from '../harness/processes.mjs';

const query = `mutation Attach($input: AttachResultInput!) {
  attachResult(input: $input) {
    __typename ... on AttachResultSuccess { user { key } licenseUsage { issued remaining } }
  }
}`;
/** More than anybody attaches in a second, and than the textbook does. */
const MOST_A_SECOND = 6_000;
const MOST_OF_TEXTBOOK = 1_500;

/** Whoever attaches over HTTP: each request attaches another result to another new user; there are so many for each second. */
export function attacher(run, path, only, mostASecond = MOST_A_SECOND) {
  const prepare = async (seconds) => {
    const free = await onConnection(run.url, (client) => addFreeResults(client, run.data, Math.ceil(seconds * mostASecond), only));
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

/** Fills the list from which pgbench takes, and lets it begin with the first. */
async function freeForPgbench(client, { data }, seconds, only) {
  await listFreeResults(client, await addFreeResults(client, data, Math.ceil(seconds * MOST_A_SECOND), only));
  await client.query(`
    create sequence if not exists bench_free_next;
    alter sequence bench_free_next restart`);
  await client.query('vacuum analyze bench_free');
}

function attachWork(name, title, statement, targets, onlyOf) {
  return {
    name,
    title,
    async ours(run) {
      return { running: await startTestodrom({ databaseUrl: run.url, ...run.settings }), ...attacher(run, '/graphql', onlyOf(run)) };
    },
    others(run) {
      return [
        {
          name: 'textbook',
          role: 'peer',
          begin: () => {
            buildTextbook();
            return startPeer('textbook.mjs', { DATABASE_URL: run.url });
          },
          ...attacher(run, '/', onlyOf(run), MOST_OF_TEXTBOOK),
        },
        ...pgbench(run, statement, 'attach.sql', (client, seconds) => freeForPgbench(client, run, seconds, onlyOf(run))),
      ];
    },
    targets,
    count: ({ url }) => counts(url),
    hasArrivals: true,
  };
}

export const attachSpread = attachWork('attach-spread', 'attachResult, spread over 1,000 clients', 'pgbench, best single statement', {
  'textbook': { target: 3, gate: 1.5 }, 'pgbench, best single statement': { target: 0.4, gate: 0.12 },
}, () => undefined);

export const attachHot = attachWork('attach-hot', 'attachResult, all on one client', 'pgbench, best single statement on the hot row', {
  'textbook': { target: 1, gate: 1 }, 'pgbench, best single statement on the hot row': { target: 1, gate: 0.8 },
}, ({ data: { clients } }) => clients[0]);
