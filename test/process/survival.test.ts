import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  ask, cleanUp, type Environment, isRunning, killAll, newFolder, PATIENT, postgresOf, runCli, type ServerProcess, startServer, until,
} from '../setup/processes.js';
import { readFixture } from '../scoring/builders.js';
import type { Json } from '../setup/test-server.js';

let environment: Environment & { DATA_DIR: string };
let server: ServerProcess;

async function newDataDir(): Promise<void> {
  environment = { DATA_DIR: join(await newFolder(), 'data') };
}

describe('what was acknowledged before kill -9', () => {
  const { sheets: [, sheet] } = readFixture('ipip-neo-120') as {
    sheets: { answers: string; sums: Record<string, number> }[];
  };
  const answers = Array.from(sheet!.answers, (digit, index) => ({ questionId: String(index + 1), values: [digit] }));
  let prepaid: string;
  let postpaid: string;
  let attached: Json;

  beforeAll(async () => {
    await newDataDir();
    server = await startServer(environment);
    prepaid = await newClient('prepaid', '--license-limit', '1');
    postpaid = await newClient('postpaid');
    const resultKey = await save();
    attached = { resultKey, outcome: await attach(prepaid, resultKey, 'first') };
    await attach(postpaid, await save(), 'one');
    await attach(postpaid, await save(), 'two');
    expect(await attach(prepaid, await save(), 'second')).toEqual(REFUSED);

    const postgres = await postgresOf(environment.DATA_DIR);
    expect((await server.stop('SIGKILL')).code).toBeNull();
    server = await startServer(environment);
    expect(await isRunning(postgres)).toBe(false);
  });
  afterAll(cleanUp);

  const REFUSED = { __typename: 'LicenseLimitReachedProblem', code: 'LICENSE_LIMIT_REACHED', limit: 1, overdraft: 0, issued: 1 };

  async function newClient(payment: string, ...options: string[]): Promise<string> {
    const { stdout } = await runCli([
      'client', 'create', '--name', payment, '--slug', payment, '--payment', payment, '--license-policy', 'unlimited', ...options,
    ], environment);
    return JSON.parse(stdout).key;
  }

  async function save(): Promise<string> {
    const { data } = await ask(server.url, `mutation ($answers: [AnswerInput!]!) {
      saveProgress(input: { test: "ipip-neo-120", answers: $answers }) { ... on SaveProgressSuccess { resultKey } } }`, { answers });
    return data.saveProgress.resultKey;
  }

  async function attach(key: string, resultKey: string, userId: string): Promise<Json> {
    const { data } = await ask(server.url, `mutation ($input: AttachResultInput!) { attachResult(input: $input) {
      __typename
      ... on AttachResultSuccess { licenseIssued replayed user { key externalId } }
      ... on LicenseLimitReachedProblem { code limit overdraft issued } } }`, { input: { resultKey, userId } }, key);
    return data.attachResult;
  }

  async function usage(key: string): Promise<Json> {
    const { data } = await ask(server.url, '{ viewer { licenseUsage { issued limit overdraft remaining } } }', {}, key);
    return data.viewer.licenseUsage;
  }

  it('is the result, with all of its answers and its 35 scores', async () => {
    const { data } = await ask(server.url, `query ($key: UUID!) { result(key: $key) {
      user { externalId }
      answers { question { id } values }
      report { scales { scale { id } sum answered items } } } }`, { key: attached.resultKey }, prepaid);
    expect(data.result.user).toEqual({ externalId: 'first' });
    expect(data.result.answers).toEqual(answers.map(({ questionId, values }) => ({ question: { id: questionId }, values })));
    const { scales } = data.result.report;
    expect(scales).toHaveLength(35);
    expect(Object.fromEntries(scales.map(({ scale, sum }: Json) => [scale.id, sum]))).toEqual(sheet!.sums);
    expect(scales.every(({ answered, items }: Json) => answered === items)).toBe(true);
  });

  it('is the user, to whom attaching again changes nothing', async () => {
    expect(attached.outcome).toMatchObject({ __typename: 'AttachResultSuccess', licenseIssued: true, replayed: false });
    expect(await attach(prepaid, attached.resultKey, 'first'))
      .toEqual({ ...attached.outcome, licenseIssued: false, replayed: true });
  });

  it('is the number of licenses: a second user is still refused', async () => {
    expect(await attach(prepaid, await save(), 'second')).toEqual(REFUSED);
    expect(await usage(prepaid)).toEqual({ issued: 1, limit: 1, overdraft: 0, remaining: 0 });
  });

  it('is the count of a postpaid client, who goes on issuing', async () => {
    expect(await usage(postpaid)).toEqual({ issued: 2, limit: null, overdraft: null, remaining: null });
    await attach(postpaid, await save(), 'three');
    expect(await usage(postpaid)).toMatchObject({ issued: 3 });
  });
});

describe('stopping the server', () => {
  beforeAll(newDataDir);
  beforeEach(async () => {
    server = await startServer({ ...PATIENT, ...environment });
  });
  afterEach(killAll);
  afterAll(cleanUp);

  /** A request whose head has reached the server and whose body has not. */
  async function halfRequest(): Promise<{ finish(): Promise<Json> }> {
    const body = JSON.stringify({ query: '{ tests { totalCount } }' });
    const request = httpRequest(server.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': body.length, expect: '100-continue' },
    });
    request.on('error', () => undefined);
    request.flushHeaders();
    await once(request, 'continue');
    return {
      async finish() {
        request.end(body);
        const [response] = await once(request, 'response');
        return JSON.parse(await text(response));
      },
    };
  }

  /** Waits until the server has begun to stop: it is not ready for requests any more. */
  const isStopping = (): Promise<unknown> => until(async () => (await fetch(new URL('/readyz', server.url))).status === 503 || undefined);

  it.each(['SIGTERM', 'SIGINT'] as const)('answers the request under way on %s, then ends well and without a trace', async (signal) => {
    const postgres = await postgresOf(environment.DATA_DIR);
    const request = await halfRequest();
    server.kill(signal);
    await isStopping();
    expect(await request.finish()).toMatchObject({ data: { tests: { totalCount: 3 } } });

    expect(await server.ended).toEqual({ code: 0, stdout: server.stdout(), stderr: '' });
    expect(await isRunning(postgres)).toBe(false);
  });

  it('answers each of many requests, or turns it away, or does not take it at all', async () => {
    const query = `mutation { saveProgress(input: { test: "ipip-neo-120", answers: [] }) { __typename } }`;
    const outcomes = Array.from({ length: 200 }, () => ask(server.url, query).then(
      ({ data, errors }) => data?.saveProgress.__typename ?? errors?.[0]?.extensions.code,
      () => 'not taken',
    ));
    await Promise.race(outcomes);
    server.kill('SIGTERM');
    for (const outcome of await Promise.all(outcomes)) expect(['AnswersInvalidProblem', 'UNAVAILABLE', 'not taken']).toContain(outcome);
    expect((await server.ended).code).toBe(0);
  });

  it('takes the Ctrl-C that npm passes on once more for one', async () => {
    const request = await halfRequest();
    server.kill('SIGINT');
    server.kill('SIGTERM');
    await isStopping();
    expect(await request.finish()).toMatchObject({ data: { tests: { totalCount: 3 } } });
    expect((await server.ended).code).toBe(0);
  });

  it('does not wait for a client that never finishes its request, nor for one that says nothing', async () => {
    await server.stop();
    server = await startServer({ ...environment, SHUTDOWN_GRACE: '1' });
    const { hostname, port } = new URL(server.url);
    const silent = connect(Number(port), hostname).on('error', () => undefined);
    await once(silent, 'connect');
    await halfRequest();
    expect((await server.stop()).code).toBe(0);
  });

  it('ends at once on a second signal, and PostgreSQL with it', async () => {
    const postgres = await postgresOf(environment.DATA_DIR);
    await halfRequest();
    server.kill('SIGTERM');
    await isStopping();
    const again = setInterval(() => server.kill('SIGTERM'), 100);
    const { code, stderr } = await server.ended.finally(() => clearInterval(again));
    // A stop that went its way ends with 0, one that took too long says so.
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    await until(async () => !(await isRunning(postgres)) || undefined);
  });

  it('ends by itself and says why when PostgreSQL is gone, and the next start recovers', async () => {
    process.kill(await postgresOf(environment.DATA_DIR), 'SIGKILL');
    const { code, stderr } = await server.ended;
    expect(code).toBe(1);
    expect(stderr.trimEnd().split('\n').at(-1)).toBe(
      `The embedded PostgreSQL ended unexpectedly (signal SIGKILL). See ${join(environment.DATA_DIR, 'postgres.log')}.`,
    );
    server = await startServer(environment);
    expect((await ask(server.url, '{ tests { totalCount } }')).data).toEqual({ tests: { totalCount: 3 } });
  });
});
