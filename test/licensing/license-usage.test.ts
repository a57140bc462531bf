import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { changeClient, type Client, createClient, rebuildLicenseUsage } from '../../src/clients/index.js';
import { daysAfter, type Period } from '../../src/kernel/period.js';
import { Interval, LicensingService, readLicenseUsage, type UsagePoint } from '../../src/licensing/index.js';
import { issueLicenses, miscounted } from '../setup/issue-licenses.js';
import { type OpenDatabase, openTestDatabase } from '../setup/open-database.js';

let test: OpenDatabase;
beforeAll(async () => {
  test = await openTestDatabase();
});
afterAll(() => test.close());

let count = 0;

async function clientIn(timeZone: string): Promise<Client> {
  count += 1;
  const input = { name: 'Client', slug: `client-${count}`, payment: 'postpaid', licensePolicy: 'unlimited', timeZone } as const;
  return (await createClient(test.database, input)).client;
}

/** A client in a time zone with licenses issued at some times, all counted. */
async function clientWith(timeZone: string, times: readonly Date[]): Promise<Client> {
  const client = await clientIn(timeZone);
  await issueLicenses(test, client.id, times);
  await rebuildLicenseUsage(test.database, client.slug);
  return client;
}

async function usage(
  { id, timeZone, createdAt }: Pick<Client, 'id' | 'timeZone' | 'createdAt'>,
  period: Period | null,
  interval: Interval,
  askedAt = new Date(),
) {
  const [read] = await readLicenseUsage(test.database, [{ clientId: id, timeZone, registeredAt: createdAt, period, interval, askedAt }]);
  return read!;
}

const seriesOf = async (client: Client, period: Period, interval: Interval): Promise<UsagePoint[]> =>
  [...(await usage(client, period, interval)).series];
const shown = (series: readonly UsagePoint[]) => series.map(({ start, issued }) => [start.toISOString(), issued]);
const at = (...times: string[]): Date[] => times.map((time) => new Date(time));

const HOUR_MS = 3_600_000;

/** What a wall calendar in a time zone shows at a moment. */
function calendarOf(timeZone: string): (moment: number) => string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone });
  return (moment) => format.format(moment);
}

/** The first quarter of an hour at which the calendar shows a day or a later one. */
function firstMoment(calendar: (moment: number) => string, day: string): Date {
  let [before, after] = [Date.parse(day) - 36 * HOUR_MS, Date.parse(day) + 36 * HOUR_MS];
  while (after - before > HOUR_MS / 4) {
    const between = before + Math.floor((after - before) / 2 / (HOUR_MS / 4)) * (HOUR_MS / 4);
    if (calendar(between) < day) before = between;
    else after = between;
  }
  return new Date(after);
}

function beginning(day: string, interval: Interval): string {
  switch (interval) {
    case Interval.DAY: return day;
    case Interval.WEEK: return daysAfter(day, -((new Date(day).getUTCDay() + 6) % 7));
    case Interval.MONTH: return `${day.slice(0, 8)}01`;
  }
}

/** The series as somebody with a calendar would count it, license by license. */
function countedByHand(timeZone: string, times: readonly Date[], { from, to }: Period, interval: Interval): UsagePoint[] {
  const calendar = calendarOf(timeZone);
  const points = new Map<string, number>();
  for (let day = from; day <= to; day = daysAfter(day, 1)) points.set(beginning(day, interval), 0);
  for (const time of times) {
    const day = calendar(time.getTime());
    const point = beginning(day, interval);
    if (from <= day && day <= to) points.set(point, points.get(point)! + 1);
  }
  return [...points].map(([day, issued]) => ({ start: firstMoment(calendar, day), issued }));
}

const FROM = Date.UTC(2017, 0, 1);
const YEARS = 730 * 24 * HOUR_MS;
const zones = [
  'Europe/Moscow', 'America/Sao_Paulo', 'America/Havana', 'Asia/Kathmandu', 'America/New_York', 'Australia/Lord_Howe',
  'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Asia/Beirut', 'UTC',
];
const history = fc.record({
  timeZone: fc.constantFrom(...zones),
  times: fc.array(fc.integer({ min: 0, max: YEARS }).map((ms) => new Date(FROM + ms)), { maxLength: 200 }),
  first: fc.integer({ min: 0, max: 730 }),
  days: fc.integer({ min: 1, max: 400 }),
});

describe('the series', () => {
  it('is that of a straightforward count, whatever the time zone, the period and the interval', async () => {
    await fc.assert(fc.asyncProperty(history, async ({ timeZone, times, first, days }) => {
      const client = await clientWith(timeZone, times);
      const from = daysAfter('2017-01-01', first);
      const period = { from, to: daysAfter(from, days - 1) };
      for (const interval of Object.values(Interval)) {
        const { series, issued } = await usage(client, period, interval);
        expect(series).toEqual(countedByHand(timeZone, times, period, interval));
        expect(issued).toBe(series.reduce((sum, point) => sum + point.issued, 0));
      }
    }), { numRuns: 40 });
  });

  it.each([
    ['23 hours', 'America/New_York', '2026-03-08', '2026-03-08T05:00:00.000Z', '2026-03-09T04:00:00.000Z'],
    ['25 hours', 'America/New_York', '2026-11-01', '2026-11-01T04:00:00.000Z', '2026-11-02T05:00:00.000Z'],
    ['a quarter of an hour more than its neighbours', 'Asia/Kathmandu', '2026-01-01', '2025-12-31T18:15:00.000Z', '2026-01-01T18:15:00.000Z'],
    ['no midnight (São Paulo)', 'America/Sao_Paulo', '2018-11-04', '2018-11-04T03:00:00.000Z', '2018-11-05T02:00:00.000Z'],
    ['no midnight (Havana)', 'America/Havana', '2026-03-08', '2026-03-08T05:00:00.000Z', '2026-03-09T04:00:00.000Z'],
    ['no midnight (Cairo)', 'Africa/Cairo', '2024-04-26', '2024-04-25T22:00:00.000Z', '2024-04-26T21:00:00.000Z'],
    ['two midnights (Havana)', 'America/Havana', '2026-11-01', '2026-11-01T04:00:00.000Z', '2026-11-02T05:00:00.000Z'],
    ['two midnights half an hour apart', 'Asia/Colombo', '2006-04-15', '2006-04-14T18:00:00.000Z', '2006-04-15T18:30:00.000Z'],
    ['two midnights two hours apart', 'Asia/Magadan', '2014-10-26', '2014-10-25T12:00:00.000Z', '2014-10-26T14:00:00.000Z'],
    ['an evening twice', 'America/Sao_Paulo', '2018-02-17', '2018-02-17T02:00:00.000Z', '2018-02-18T03:00:00.000Z'],
    ['no last half hour', 'Asia/Pyongyang', '2018-05-04', '2018-05-03T15:30:00.000Z', '2018-05-04T15:00:00.000Z'],
  ])('begins and ends a day of %s at its first moments', async (_, timeZone, day, start, next) => {
    const client = await clientWith(timeZone, at(start, new Date(Date.parse(next) - 1).toISOString(), next));
    const series = await seriesOf(client, { from: day, to: daysAfter(day, 1) }, Interval.DAY);
    expect(shown(series)).toEqual([[start, 2], [next, 1]]);
  });

  it('has a point for every day, week and month, also for those without licenses', async () => {
    const client = await clientWith('UTC', at('2026-01-15T12:00:00Z', '2026-03-15T12:00:00Z'));
    const period = { from: '2026-01-01', to: '2026-03-31' };
    expect(shown(await seriesOf(client, period, Interval.MONTH)))
      .toEqual([['2026-01-01T00:00:00.000Z', 1], ['2026-02-01T00:00:00.000Z', 0], ['2026-03-01T00:00:00.000Z', 1]]);
    const weeks = await seriesOf(client, period, Interval.WEEK);
    expect([weeks.length, weeks.filter(({ issued }) => issued > 0).length]).toEqual([14, 2]);
    const days = await seriesOf(client, period, Interval.DAY);
    expect([days.length, days.filter(({ issued }) => issued > 0).length]).toEqual([90, 2]);
  });

  it('has 400 points of as many days', async () => {
    const series = await seriesOf(await clientIn('Europe/Moscow'), { from: '2025-01-01', to: daysAfter('2025-01-01', 399) }, Interval.DAY);
    expect(series).toHaveLength(400);
    expect(shown(series).at(-1)).toEqual(['2026-02-03T21:00:00.000Z', 0]);
  });

  it('begins weeks on Monday and months on their first, but counts the days of the period only', async () => {
    // Wednesday to Tuesday: a license on each day from the Sunday before to the Wednesday behind.
    const client = await clientWith('UTC', Array.from({ length: 11 }, (_, index) => new Date(Date.UTC(2026, 3, 26 + index, 12))));
    const period = { from: '2026-04-29', to: '2026-05-05' };
    expect(shown(await seriesOf(client, period, Interval.WEEK)))
      .toEqual([['2026-04-27T00:00:00.000Z', 5], ['2026-05-04T00:00:00.000Z', 2]]);
    expect(shown(await seriesOf(client, period, Interval.MONTH)))
      .toEqual([['2026-04-01T00:00:00.000Z', 2], ['2026-05-01T00:00:00.000Z', 5]]);
  });

  it('covers twelve calendar months, the last one until today where the client is, when no period is named', async () => {
    const moscow = await clientWith('Europe/Moscow', at('2025-03-31T20:59:59.999Z', '2025-03-31T21:00:00Z', '2026-03-31T21:30:00Z'));
    const asked = new Date('2026-03-31T20:30:00Z');
    const march = await usage(moscow, null, Interval.MONTH, asked);
    expect([march.series.length, march.issued]).toEqual([12, 1]);
    expect(shown(march.series)[0]).toEqual(['2025-03-31T21:00:00.000Z', 1]);
    const april = await usage(moscow, null, Interval.MONTH, new Date(asked.getTime() + HOUR_MS));
    expect(shown(april.series).map(([start]) => start).at(0)).toBe('2025-04-30T21:00:00.000Z');
    expect(shown(april.series).at(-1)).toEqual(['2026-03-31T21:00:00.000Z', 1]);
  });

  it('of many questions is answered in their order, each about its own client', async () => {
    const clients = [await clientWith('UTC', at('2026-01-15T12:00:00Z')), await clientWith('UTC', []), await clientIn('Asia/Tokyo')];
    const intervals = [Interval.MONTH, Interval.DAY, Interval.WEEK];
    const read = await readLicenseUsage(test.database, clients.map(({ id, timeZone, createdAt }, index) => ({
      clientId: id, timeZone, registeredAt: createdAt, period: { from: '2026-01-12', to: '2026-01-18' },
      interval: intervals[index]!, askedAt: new Date(),
    })));
    expect(read.map(({ issued, series }) => [issued, series.length])).toEqual([[1, 1], [0, 7], [0, 1]]);
  });
});

describe('the pace', () => {
  it.each([
    ['counts today and the 29 days before where the client is', '2020-01-01T00:00:00Z', { issued: 2, days: 30 }],
    ['counts the days since registration of a new client', '2026-03-10T12:00:00Z', { issued: 1, days: 2 }],
    ['has one day at least', '2026-03-10T22:00:00Z', { issued: 0, days: 1 }],
  ])('%s', async (_, registered, pace) => {
    // Moscow, where it is the morning of 11 March already; thirty days are those from 10 February.
    const { id, timeZone } = await clientWith('Europe/Moscow', at('2026-02-09T20:59:59Z', '2026-02-09T21:00:00Z', '2026-03-10T20:59:59Z'));
    const { pace: read } = await usage(
      { id, timeZone, createdAt: new Date(registered) }, { from: '2020-01-01', to: '2020-01-01' }, Interval.MONTH, new Date('2026-03-10T22:30:00Z'),
    );
    expect(read).toEqual(pace);
  });
});

describe('the roll-up', () => {
  const days = (client: Client) => test.sql('select day::text, issued from license_usage_day where client_id = $1 order by day', [client.id]);

  it.each(zones)('that the issuing of licenses keeps is that of a rebuild, in %s', async (timeZone) => {
    const client = await clientIn(timeZone);
    let clock = FROM;
    const licensing = new LicensingService(test.database, () => new Date(clock));
    for (let step = 0; step < 60; step += 1) {
      // A prime number of minutes, so that all hours of the day come.
      clock += 457 * 60_000;
      await Promise.all([1, 2, 3].slice(step % 3).map((one) => licensing.register(client.id, `${step} ${one}`)));
      await licensing.register(client.id, `${step} 3`);
    }
    const kept = await days(client);
    expect(kept.length).toBeGreaterThan(15);
    expect(await miscounted(test, client.id)).toEqual([]);
    expect(await rebuildLicenseUsage(test.database, client.slug)).toEqual({ clients: 1, days: kept.length });
    expect(await days(client)).toEqual(kept);
  });

  it('has no row of a day on which nobody was new', async () => {
    const client = await clientIn('UTC');
    let clock = new Date('2026-01-01T12:00:00Z');
    const licensing = new LicensingService(test.database, () => clock);
    await licensing.register(client.id, 'person');
    clock = new Date('2026-01-02T12:00:00Z');
    await licensing.register(client.id, 'person');
    expect(await days(client)).toEqual([{ day: '2026-01-01', issued: 1 }]);
  });

  it('can be lost: the series is zeros until it is made anew, and nothing else changes', async () => {
    const times = at('2026-01-15T12:00:00Z', '2026-01-15T13:00:00Z', '2026-02-15T12:00:00Z');
    const [client, other] = [await clientWith('UTC', times), await clientWith('UTC', times)];
    const period = { from: '2026-01-01', to: '2026-02-28' };
    const before = await usage(client, period, Interval.MONTH);
    expect(before.issued).toBe(3);
    await test.sql('delete from license_usage_day where client_id = $1', [client.id]);
    const lost = await usage(client, period, Interval.MONTH);
    expect(lost).toEqual({ ...before, issued: 0, series: before.series.map(({ start }) => ({ start, issued: 0 })) });
    expect(await usage(other, period, Interval.MONTH)).toEqual(before);
    await new LicensingService(test.database, () => new Date('2026-02-20T12:00:00Z')).register(client.id, 'new');
    expect((await usage(client, period, Interval.MONTH)).issued).toBe(1);
    expect(await rebuildLicenseUsage(test.database, client.slug)).toEqual({ clients: 1, days: 3 });
    expect((await usage(client, period, Interval.MONTH)).issued).toBe(4);
  });

  it('is made anew for all clients, also where it counted too much', async () => {
    const clients = [await clientWith('UTC', at('2026-01-15T12:00:00Z')), await clientIn('UTC')];
    for (const { id } of clients) await test.sql("insert into license_usage_day values ($1, '2020-01-01', 7)", [id]);
    const [{ known }] = await test.sql<{ known: number }>('select count(*)::int as known from client') as [{ known: number }];
    const { clients: rebuilt } = await rebuildLicenseUsage(test.database, null);
    expect(rebuilt).toBe(known);
    expect(await miscounted(test)).toEqual([]);
  });

  it('follows the client into another time zone, and stays when the zone does', async () => {
    const client = await clientWith('UTC', at('2026-01-15T21:30:00Z', '2026-01-15T12:00:00Z'));
    expect(await days(client)).toEqual([{ day: '2026-01-15', issued: 2 }]);
    const moved = await changeClient(test.database, client.slug, { timeZone: 'Europe/Moscow' });
    const both = [{ day: '2026-01-15', issued: 1 }, { day: '2026-01-16', issued: 1 }];
    expect(await days(moved)).toEqual(both);
    expect(shown(await seriesOf(moved, { from: '2026-01-15', to: '2026-01-16' }, Interval.DAY)))
      .toEqual([['2026-01-14T21:00:00.000Z', 1], ['2026-01-15T21:00:00.000Z', 1]]);
    await test.sql('update license_usage_day set issued = 5 where client_id = $1', [client.id]);
    await changeClient(test.database, client.slug, { timeZone: 'europe/moscow', name: 'Renamed' });
    expect(await days(moved)).toEqual(both.map(({ day }) => ({ day, issued: 5 })));
  });

  it('stays with the time zone when the change fails', async () => {
    const client = await clientWith('UTC', at('2026-01-15T21:30:00Z'));
    await test.sql('update client set licenses_issued = 1 where id = $1', [client.id]);
    await expect(changeClient(test.database, client.slug, { timeZone: 'Europe/Moscow', payment: 'prepaid' })).rejects.toThrow('issued already');
    expect(await days(client)).toEqual([{ day: '2026-01-15', issued: 1 }]);
  });
});
