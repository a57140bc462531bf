import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { URLSearchParams } from 'node:url';
import { TEST_SLUG } from '../harness/bench-test.mjs';
import { startPeer, startTestodrom } from '../harness/processes.mjs';

const query = `query Test($slug: String!) {
  test(slug: $slug) {
    slug name description instruction durationMinutes revision length paid
    questions { id kind name text image timerSeconds options { value text image } }
  }
}`;
const variables = { slug: TEST_SLUG };
const post = JSON.stringify({ query, variables, operationName: 'Test' });

/** What the peers serve: the test as our server gives it. */
async function servedTest({ running, folder }) {
  const answer = await fetch(`${running.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: post });
  const { data: { test } } = await answer.json();
  if (test?.questions?.length !== 40) throw new Error('The test of the run is not served.');
  const file = join(folder, 'test.json');
  await writeFile(file, JSON.stringify(test));
  return { test, environment: { TEST_FILE: file, TEST_SLUG } };
}

/** Whether an answer holds the whole test: each is as long as the first, whose every field was compared. */
function wholeTest(test) {
  let whole = null;
  return (status, body) => {
    if (status !== 200) return false;
    if (body.length === whole) return true;
    if (whole !== null || JSON.stringify(JSON.parse(body).data.test) !== JSON.stringify(test)) return false;
    whole = body.length;
    return true;
  };
}

/** A server with what it is asked, once it has answered that rightly. */
async function ours(run) {
  const running = await startTestodrom({ databaseUrl: run.url, ...run.settings });
  const { test, environment } = await servedTest({ running, folder: run.folder });
  return { running, test, environment };
}

const peerOf = ({ environment, test }) => (name, role, script, request) => ({
  name, role, begin: () => startPeer(script, environment), request, check: wholeTest(test),
});

export const stockApollo = (served) => peerOf(served)('Apollo standalone', 'peer', 'apollo.mjs', { path: '/', body: post });

export const fetchTest = {
  name: 'test',
  title: 'test of 40 questions with 4 options, POST',
  async ours(run) {
    const { running, test, environment } = await ours(run);
    return { running, request: { path: '/graphql', body: post }, check: wholeTest(test), served: { test, environment } };
  },
  others(_run, { served }) {
    const peer = peerOf(served);
    return [
      peer('Mercurius with jit', 'peer', 'mercurius.mjs', { path: '/graphql', body: post }),
      peer('GraphQL Yoga', 'peer', 'yoga.mjs', { path: '/graphql', body: post }),
      stockApollo(served),
      peer('graphql-jit on node:http', 'limit', 'jit-on-node.mjs', { path: '/', body: post }),
    ];
  },
  targets: { 'Mercurius with jit': { target: 1, gate: 0.5 }, 'Apollo standalone': { target: 4, gate: 2 } },
};

export const fetchPersisted = {
  name: 'persisted',
  title: 'the same by GET, persisted, with ETag',
  async ours(run) {
    const { running, test, environment } = await ours(run);
    const persistedQuery = { version: 1, sha256Hash: createHash('sha256').update(query).digest('hex') };
    const parameters = new URLSearchParams({
      operationName: 'Test', variables: JSON.stringify(variables), extensions: JSON.stringify({ persistedQuery }),
    });
    const request = { method: 'GET', path: `/graphql?${parameters}`, headers: { accept: 'application/json' } };
    const first = await fetch(`${running.url}${request.path}&query=${encodeURIComponent(query)}`, request);
    if (!first.ok) throw new Error(await first.text());
    const again = await fetch(`${running.url}${request.path}`, request);
    if (!again.headers.get('etag')) throw new Error('The answer has no ETag.');
    return { running, request, check: wholeTest(test), served: { test, environment } };
  },
  others(_run, { served, request }) {
    return [peerOf(served)('node:http with a constant', 'limit', 'constant.mjs', request)];
  },
  targets: { 'node:http with a constant': { target: 0.6, gate: 0.1 } },
};
