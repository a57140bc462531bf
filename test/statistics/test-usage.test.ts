import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dayIn, daysAfter, lastTwelveMonths } from '../../src/kernel/period.js';
import { dateAttachments } from '../setup/attachments.js';
import { eraseBySql } from '../setup/erase.js';
import { type Json, startTestServer, type TestClient, type TestServer } from '../setup/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const USAGE = 'query ($period: PeriodInput) { viewer { testUsage(period: $period) { test { slug } results users } } }';

/** The usage in lines such as `free: 2 of 1`: the results and the distinct users. */
async function usage(client: TestClient, from?: string, to?: string): Promise<string[]> {
  const { data, errors } = await client.graphql(USAGE, from === undefined ? {} : { period: { from, to } });
  if (errors) throw new Error(errors[0]?.message);
  return data.viewer.testUsage.map(({ test, results, users }: Json) => `${test.slug}: ${results} of ${users}`);
}

async function attachedAt(client: TestClient, user: string, test: string, moment: string | Date): Promise<void> {
  const key = await server.save(test);
  await client.attach(key, user);
  await dateAttachments(server, [key], moment);
}

const clientIn = (timeZone: string): Promise<TestClient> => server.client({ timeZone, licenseLimit: 100 });

describe('the usage of tests', () => {
  it('tells results and distinct users by test, the most results first', async () => {
    const client = await server.client();
    for (const user of ['anna', 'boris', 'clara']) await attachedAt(client, user, 'paid', '2026-03-01T09:00:00Z');
    for (const user of ['anna', 'anna', 'anna', 'boris']) await attachedAt(client, user, 'free', '2026-03-02T09:00:00Z');
    await attachedAt(client, 'clara', 'bonus', '2026-03-03T09:00:00Z');
    expect(await usage(client, '2026-03-01', '2026-03-31')).toEqual(['free: 4 of 2', 'paid: 3 of 3', 'bonus: 1 of 1']);
    expect(await usage(client, '2026-03-02', '2026-03-03')).toEqual(['free: 4 of 2', 'bonus: 1 of 1']);
    expect(await usage(client, '2026-04-01', '2026-04-30')).toEqual([]);
  });

  it('is that of the client alone', async () => {
    const [client, other] = [await server.client(), await server.client()];
    await attachedAt(client, 'anna', 'free', '2026-03-01T09:00:00Z');
    await server.save('free');
    expect(await usage(other, '2026-03-01', '2026-03-01')).toEqual([]);
    expect(await usage(client, '2026-03-01', '2026-03-01')).toEqual(['free: 1 of 1']);
  });

  it('counts the results of an erased user', async () => {
    const client = await server.client();
    await attachedAt(client, 'anna', 'free', '2026-03-01T09:00:00Z');
    await attachedAt(client, 'boris', 'free', '2026-03-01T10:00:00Z');
    await eraseBySql(server, client, 'anna');
    expect(await usage(client, '2026-03-01', '2026-03-01')).toEqual(['free: 2 of 2']);
  });

  it.each([
    // Moscow is three hours ahead: what is late in the evening in Greenwich belongs to its next day.
    ['Europe/Moscow', '2026-03-01T20:59:59.999Z', '2026-03-01'],
    ['Europe/Moscow', '2026-03-01T21:00:00.000Z', '2026-03-02'],
    ['Europe/Moscow', '2026-03-01T23:30:00.000Z', '2026-03-02'],
    ['UTC', '2026-03-01T23:59:59.999Z', '2026-03-01'],
    ['UTC', '2026-03-02T00:00:00.000Z', '2026-03-02'],
    ['Asia/Kamchatka', '2026-12-31T12:00:00.000Z', '2027-01-01'],
    ['America/New_York', '2026-03-01T04:59:59.999Z', '2026-02-28'],
    // Clocks are set forward: on 8 March in New York, and at the midnight that begins 24 April in Cairo.
    ['America/New_York', '2026-03-09T03:59:59.999Z', '2026-03-08'],
    ['America/New_York', '2026-03-09T04:00:00.000Z', '2026-03-09'],
    ['Africa/Cairo', '2026-04-23T21:59:59.999Z', '2026-04-23'],
    ['Africa/Cairo', '2026-04-23T22:00:00.000Z', '2026-04-24'],
    ['America/Havana', '2026-03-08T04:59:59.999Z', '2026-03-07'],
    ['America/Havana', '2026-03-08T05:00:00.000Z', '2026-03-08'],
    // Clocks are set back over midnight, so that there are two: the day begins at the first.
    ['America/Havana', '2026-11-01T03:59:59.999Z', '2026-10-31'],
    ['America/Havana', '2026-11-01T04:00:00.000Z', '2026-11-01'],
    ['America/Havana', '2026-11-01T05:00:00.000Z', '2026-11-01'],
    ['Asia/Magadan', '2014-10-25T11:59:59.999Z', '2014-10-25'],
    ['Asia/Magadan', '2014-10-25T12:00:00.000Z', '2014-10-26'],
    ['Asia/Magadan', '2014-10-25T14:00:00.000Z', '2014-10-26'],
  ])('puts, in %s, what was attached at %s on %s', async (timeZone, moment, expected) => {
    const client = await clientIn(timeZone);
    await attachedAt(client, 'person', 'free', moment);
    expect(dayIn(timeZone, new Date(moment))).toBe(expected);
    for (const shift of [-1, 0, 1]) {
      const day = daysAfter(expected, shift);
      expect([day, await usage(client, day, day)]).toEqual([day, shift === 0 ? ['free: 1 of 1'] : []]);
    }
  });

  it('without a period is that of twelve calendar months, today included', async () => {
    const client = await clientIn('Asia/Kamchatka');
    const now = new Date();
    const { from } = lastTwelveMonths(dayIn('Asia/Kamchatka', now));
    // The first day begins at noon of the day before in Greenwich: Kamchatka is twelve hours ahead.
    const start = new Date(`${daysAfter(from, -1)}T12:00:00Z`);
    await attachedAt(client, 'person', 'free', now);
    await attachedAt(client, 'person', 'paid', start);
    await attachedAt(client, 'person', 'bonus', new Date(start.getTime() - 1));
    expect((await usage(client)).sort()).toEqual(['free: 1 of 1', 'paid: 1 of 1']);
  });

  it.each([
    ['reversed', { from: '2026-03-02', to: '2026-03-01' }, /reversed/],
    ['too long', { from: '2026-01-01', to: '2027-02-05' }, /has 401 days; at most 400/],
    ['of days that are none', { from: '2026-02-30', to: '2026-03-01' }, /2026-02-30/],
  ])('is refused for a period that is %s', async (_what, period, message) => {
    const { errors } = await (await server.client()).graphql(USAGE, { period });
    expect(errors).toMatchObject([{ message: expect.stringMatching(message), extensions: { code: 'BAD_USER_INPUT' } }]);
  });
});
