import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { changeClient, type ClientChangeInput, type NewClientInput } from '../../src/clients/index.js';
import { dateAttachments, emptyResults } from '../setup/attachments.js';
import { eraseBySql } from '../setup/erase.js';
import { smallTest } from '../setup/small-tests.js';
import { type Json, startTestServer, type TestClient, type TestServer } from '../setup/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const STATISTICS = `resultCount firstResultAt lastResultAt remainingTests remainingBonusTests
  byTest { test { slug } results firstAt lastAt latest { key savedAt attachedAt } } availableTests(first: 100) { totalCount nodes { slug } }`;

async function viewer(client: TestClient, selection: string): Promise<Json> {
  const { data, errors } = await client.graphql(`{ viewer { ${selection} } }`);
  if (errors) throw new Error(errors[0]?.message);
  return data.viewer;
}

const statisticsOf = async (client: TestClient, user: string): Promise<Json> =>
  (await viewer(client, `user(externalId: "${user}") { statistics { ${STATISTICS} } }`)).user.statistics;

const day = (number: number): string => `2026-01-0${number}T12:00:00.000Z`;

/** Saves a result and attaches it, on a day of January; gives its key. */
async function attached(client: TestClient, user: string, test: string, on: number): Promise<string> {
  const key = await server.save(test);
  await client.attach(key, user);
  await dateAttachments(server, [key], day(on));
  return key;
}

describe('the statistics of a user', () => {
  it('are zero, null and empty without a result', async () => {
    const client = await server.client();
    await client.register('person');
    expect(await statisticsOf(client, 'person')).toMatchObject({
      resultCount: 0, firstResultAt: null, lastResultAt: null, byTest: [], remainingTests: null, remainingBonusTests: null,
    });
  });

  it('tell by test how often, since when, until when and what last, the test of the latest result first', async () => {
    const client = await server.client();
    await attached(client, 'person', 'paid', 3);
    await attached(client, 'person', 'free', 1);
    const latestFree = await attached(client, 'person', 'free', 5);
    const bonus = await attached(client, 'person', 'bonus', 4);
    const latestPaid = await attached(client, 'person', 'paid', 6);
    await attached(client, 'person', 'paid', 2);
    expect(await statisticsOf(client, 'person')).toMatchObject({
      resultCount: 6, firstResultAt: day(1), lastResultAt: day(6),
      byTest: [
        { test: { slug: 'paid' }, results: 3, firstAt: day(2), lastAt: day(6), latest: { key: latestPaid, attachedAt: day(6) } },
        { test: { slug: 'free' }, results: 2, firstAt: day(1), lastAt: day(5), latest: { key: latestFree, attachedAt: day(5) } },
        { test: { slug: 'bonus' }, results: 1, firstAt: day(4), lastAt: day(4), latest: { key: bonus, attachedAt: day(4) } },
      ],
    });
  });

  it('lead from the latest result to its report, its answers and its user', async () => {
    const client = await server.client();
    await attached(client, 'person', 'paid', 1);
    const { user } = await viewer(client, `user(externalId: "person") { statistics { byTest { latest {
      report { sum } answers { values } user { externalId } reportAvailability } } } }`);
    expect(user.statistics.byTest).toEqual([{ latest: {
      report: { sum: 3 }, answers: [{ values: ['1'] }, { values: ['2'] }, { values: ['0'] }], user: { externalId: 'person' },
      reportAvailability: 'AVAILABLE',
    } }]);
  });

  it('are each user\'s own, also of users of one page, and of two clients with the same external ids', async () => {
    const [one, other] = [await server.client(), await server.client()];
    await attached(one, 'anna', 'free', 1);
    await attached(one, 'anna', 'free', 2);
    await attached(one, 'boris', 'paid', 3);
    await one.register('clara');
    await attached(other, 'anna', 'bonus', 4);
    const list = 'users { nodes { externalId statistics { resultCount byTest { test { slug } results } } } }';
    const counts = async (client: TestClient): Promise<Json> => Object.fromEntries((await viewer(client, list)).users.nodes
      .map(({ externalId, statistics }: Json) => [externalId, statistics]));
    expect(await counts(one)).toEqual({
      anna: { resultCount: 2, byTest: [{ test: { slug: 'free' }, results: 2 }] },
      boris: { resultCount: 1, byTest: [{ test: { slug: 'paid' }, results: 1 }] },
      clara: { resultCount: 0, byTest: [] },
    });
    expect(await counts(other)).toEqual({ anna: { resultCount: 1, byTest: [{ test: { slug: 'bonus' }, results: 1 }] } });
  });

  it('leave out an erased result', async () => {
    const client = await server.client();
    const key = await attached(client, 'person', 'free', 1);
    await attached(client, 'person', 'paid', 2);
    await emptyResults(server, [key]);
    expect(await statisticsOf(client, 'person')).toMatchObject({ resultCount: 1, firstResultAt: day(2), byTest: [{ test: { slug: 'paid' } }] });
  });

  it('are gone with an erased user', async () => {
    const client = await server.client();
    await attached(client, 'person', 'free', 1);
    await eraseBySql(server, client, 'person');
    expect(await viewer(client, `users { totalCount nodes { statistics { ${STATISTICS} } } } user(externalId: "person") { key }`))
      .toEqual({ users: { totalCount: 0, nodes: [] }, user: null });
  });
});

const TESTS = ['free', 'paid', 'paid-2', 'ipip-neo-120', 'career-interests'];
const BONUS = ['bonus', 'bonus-2', 'work-values'];
const custom = (maxTests?: number, maxBonusTests?: number, maxResultsPerTest?: number): ClientChangeInput => ({
  licensePolicy: 'custom',
  ...(maxTests === undefined ? {} : { maxTests }), ...(maxBonusTests === undefined ? {} : { maxBonusTests }),
  ...(maxResultsPerTest === undefined ? {} : { maxResultsPerTest }),
});
const without = (tests: readonly string[], ...left: string[]): string[] => tests.filter((test) => !left.includes(test));

type Left = readonly [tests: number | null, bonusTests: number | null, available: readonly string[]];
type Case = readonly [policy: ClientChangeInput, had: readonly string[], left: Left, tightened?: ClientChangeInput];

/** A policy, what a user has had under it, and what is left: then, or after the policy was tightened. */
const cases: readonly Case[] = [
  [{ licensePolicy: 'one-test' }, [], [1, 0, TESTS]],
  [{ licensePolicy: 'one-test' }, ['paid'], [0, 0, []]],
  [{ licensePolicy: 'one-test-and-bonus' }, [], [1, 1, [...TESTS, ...BONUS]]],
  [{ licensePolicy: 'one-test-and-bonus' }, ['paid'], [0, 1, BONUS]],
  [{ licensePolicy: 'one-test-and-bonus' }, ['bonus'], [1, 0, TESTS]],
  [{ licensePolicy: 'one-test-and-bonus' }, ['free', 'bonus'], [0, 0, []]],
  [{ licensePolicy: 'unlimited' }, [], [null, null, [...TESTS, ...BONUS]]],
  [{ licensePolicy: 'unlimited' }, ['paid', 'paid', 'bonus'], [null, null, [...TESTS, ...BONUS]]],
  [custom(0, 0, 0), [], [0, 0, []]],
  [custom(2, 1, 1), ['free'], [1, 1, [...without(TESTS, 'free'), ...BONUS]]],
  [custom(2, 1, 2), ['free', 'paid'], [0, 1, ['free', 'paid', ...BONUS]]],
  [custom(2, 1, 2), ['free', 'free', 'bonus', 'bonus'], [1, 0, without(TESTS, 'free')]],
  [custom(undefined, 0, 1), ['free', 'paid'], [null, 0, without(TESTS, 'free', 'paid')]],
  [custom(undefined, undefined, 0), [], [null, null, []]],
  [custom(undefined, undefined, 1), ['bonus'], [null, null, [...TESTS, ...without(BONUS, 'bonus')]]],
  [custom(1), ['free', 'free'], [0, null, ['free', ...BONUS]]],
  // Tightened afterwards: what was had stays, and nothing is left below zero
  [{ licensePolicy: 'unlimited' }, ['free', 'paid', 'bonus', 'bonus-2'], [0, 0, []], { licensePolicy: 'one-test' }],
  [{ licensePolicy: 'unlimited' }, ['free', 'paid'], [0, 1, BONUS], { licensePolicy: 'one-test-and-bonus' }],
  [{ licensePolicy: 'unlimited' }, ['free', 'paid', 'paid'], [0, 0, ['free']], custom(1, 0, 2)],
  [{ licensePolicy: 'one-test' }, ['free'], [null, null, [...TESTS, ...BONUS]], { licensePolicy: 'unlimited' }],
];

describe('what is left of a license', () => {
  // The default keeps Jest from taking the last parameter for a callback.
  it.each(cases)('under %j to a user who has had %j is %j', async (policy, had, [tests, bonusTests, available], tightened: ClientChangeInput | null = null) => {
    const client = await server.client({ licenseLimit: 1, ...policy } as Partial<NewClientInput>);
    await client.register('person');
    for (const test of had) expect(await client.attach(await server.save(test), 'person')).toMatchObject({ replayed: false });
    if (tightened) await changeClient(server.app.services.database, client.slug, tightened);
    const { remainingTests, remainingBonusTests, availableTests } = await statisticsOf(client, 'person');
    const slugs = availableTests.nodes.map(({ slug }: Json) => slug);
    expect([remainingTests, remainingBonusTests, [...slugs].sort()]).toEqual([tests, bonusTests, [...available].sort()]);
    expect(availableTests.totalCount).toBe(available.length);
    // The decision about an attachment says the same.
    for (const test of ['free', 'paid', 'paid-2', 'bonus', 'bonus-2']) {
      const { __typename } = await client.check(await server.save(test), 'person');
      expect([test, __typename]).toEqual([test, available.includes(test) ? 'AttachmentCheckSuccess' : 'ResultLimitReachedProblem']);
    }
  });

  it('counts a test as the bonus that it is now', async () => {
    const client = await server.client({ licensePolicy: 'one-test-and-bonus' });
    await server.publish(smallTest('turning', { paid: false }));
    await client.attach(await server.save('turning'), 'person');
    expect(await statisticsOf(client, 'person')).toMatchObject({ remainingTests: 0, remainingBonusTests: 1 });
    await server.publish(smallTest('turning', { paid: false, bonus: true }));
    expect(await statisticsOf(client, 'person')).toMatchObject({ remainingTests: 1, remainingBonusTests: 0 });
  });

  it('lists the available tests as all tests are listed, the newest first', async () => {
    const client = await server.client();
    await client.register('person');
    const { data } = await server.graphql('{ tests(first: 100) { nodes { slug } } }');
    expect((await statisticsOf(client, 'person')).availableTests.nodes).toEqual(data.tests.nodes);
  });
});
