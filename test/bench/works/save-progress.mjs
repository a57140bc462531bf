import { LONG_TEST_SLUG } from '../harness/bench-test.mjs';
import { onConnection } from '../harness/connection.mjs';
import { pgbench } from '../harness/pgbench.mjs';
import { startPeer, startTestodrom } from '../harness/processes.mjs';

const query = `mutation Save($input: SaveProgressInput!) {
  saveProgress(input: $input) { __typename ... on SaveProgressSuccess { resultKey } ... on Problem { code message } }
}`;
/** How many different runs of the test are sent, one after another. */
const RUNS = 200;

/** Answers to the long test, as many different ones as there are runs. */
async function answersOf(running) {
  const asked = JSON.stringify({ query: `{ test(slug: "${LONG_TEST_SLUG}") { questions { id options { value } } } }` });
  const answer = await fetch(`${running.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: asked });
  const { data: { test: { questions } } } = await answer.json();
  if (questions.length !== 120) throw new Error('The long test is not served.');
  return Array.from({ length: RUNS }, (_, run) => questions.map(({ id, options }, index) => ({
    questionId: id, values: [options[(index * (run + 1) + run) % options.length].value],
  })));
}

/** Gives one body after another. */
function inTurn(bodies) {
  let at = 0;
  return () => ({ body: bodies[at = (at + 1) % bodies.length] });
}

export const saveProgress = {
  name: 'save',
  title: 'saveProgress, 120 answers, checked and scored',
  async ours(run) {
    const running = await startTestodrom({ databaseUrl: run.url, ...run.settings });
    const answers = await answersOf(running);
    const bodies = answers.map((given) => JSON.stringify({ query, variables: { input: { test: LONG_TEST_SLUG, answers: given } } }));
    return {
      running,
      answers,
      request: { path: '/graphql', next: inTurn(bodies) },
      check: (status, body) => status === 200 && body.includes('"__typename":"SaveProgressSuccess"'),
    };
  },
  others(run, { answers }) {
    const bodies = answers.map((given) => JSON.stringify({
      test: LONG_TEST_SLUG, answers: given.map(({ questionId, values }) => ({ question: questionId, values })),
    }));
    return [
      {
        name: 'Fastify and one INSERT',
        role: 'peer',
        begin: () => startPeer('save-insert.mjs', { DATABASE_URL: run.url }),
        request: { path: '/', next: inTurn(bodies) },
        check: (status, body) => status === 200 && body.includes('"key"'),
      },
      ...pgbench(run, 'pgbench, the INSERT', 'insert-result.sql'),
    ];
  },
  targets: { 'Fastify and one INSERT': { target: 0.5, gate: 0.12 } },
  /** As many results as were acknowledged are there; what was under way at the end of a round may be there too. */
  count: ({ url }) => onConnection(url, async (client) => {
    const { rows: [{ count }] } = await client.query(
      'select count(*)::int as count from result r join test t on t.id = r.test_id where t.slug = $1', [LONG_TEST_SLUG],
    );
    return count;
  }),
};
