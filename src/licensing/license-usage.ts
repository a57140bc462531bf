import { type Sql, startOfDay, statement } from '../database/index.js';
import { dayIn, daysBetween, lastTwelveMonths, type Period } from '../kernel/period.js';
import type { Pace } from './forecast.js';
import { paceDays } from './usage-periods.js';

/** What a point of a series stands for, by PostgreSQL's name of it. */
export enum Interval {
  DAY = 'day',
  /** From Monday. */
  WEEK = 'week',
  MONTH = 'month',
}

/** What is asked about the licenses of a client. */
export interface UsageQuestion {
  readonly clientId: string;
  /** Where the client's days begin. */
  readonly timeZone: string;
  readonly registeredAt: Date;
  /** Null for twelve calendar months, the last of them until today. */
  readonly period: Period | null;
  readonly interval: Interval;
  readonly askedAt: Date;
}

/** The licenses issued in a day, week or month. */
export interface UsagePoint {
  /** Its first moment in the client's time zone. */
  readonly start: Date;
  readonly issued: number;
}

/** The answer to a question about licenses. */
export interface LicenseUsage {
  /** In the period. */
  readonly issued: number;
  /** Every day, week or month that the period touches; only days of the period count. */
  readonly series: readonly UsagePoint[];
  /** Of the days until now, whatever the period. */
  readonly pace: Pace;
}

interface UsageRow {
  readonly starts: readonly Date[];
  readonly issued: readonly number[];
  readonly recent: number;
}

const read = statement<UsageRow>('license-usage', `
  select points.starts, points.issued, recent.issued as recent
    from unnest($1::uuid[], $2::text[], $3::text[], $4::date[], $5::date[], $6::date[], $7::date[]) with ordinality
      as asked (client_id, time_zone, unit, first, last, recent_first, recent_last, place)
   cross join lateral (
     select array_agg(${startOfDay('point', 'time_zone')} order by point) as starts,
            array_agg(coalesce(counted.issued, 0) order by point) as issued
       from generate_series(date_trunc(unit, first::timestamp), last::timestamp, ('1 ' || unit)::interval) as point
       left join (
         select date_trunc(unit, day::timestamp) as point, sum(issued)::int as issued
           from license_usage_day
          where license_usage_day.client_id = asked.client_id and day between first and last
          group by 1
       ) as counted using (point)
   ) as points
   cross join lateral (
     select coalesce(sum(issued), 0)::int as issued
       from license_usage_day
      where license_usage_day.client_id = asked.client_id and day between recent_first and recent_last
   ) as recent
   order by place`);

/** Answers questions in their order, all from the roll-up and by one statement, however many licenses there are. */
export async function readLicenseUsage(sql: Sql, questions: readonly UsageQuestion[]): Promise<LicenseUsage[]> {
  const asked = questions.map(periodsOf);
  const rows = await sql.run(read, [
    questions.map(({ clientId }) => clientId),
    questions.map(({ timeZone }) => timeZone),
    questions.map(({ interval }) => interval),
    asked.map(({ period }) => period.from),
    asked.map(({ period }) => period.to),
    asked.map(({ recent }) => recent.from),
    asked.map(({ recent }) => recent.to),
  ]);
  return rows.map(({ starts, issued, recent }, index) => ({
    issued: issued.reduce((sum, count) => sum + count, 0),
    series: starts.map((start, point) => ({ start, issued: issued[point]! })),
    pace: { issued: recent, days: length(asked[index]!.recent) },
  }));
}

function periodsOf({ timeZone, registeredAt, period, askedAt }: UsageQuestion): { period: Period; recent: Period } {
  const today = dayIn(timeZone, askedAt);
  return { period: period ?? lastTwelveMonths(today), recent: paceDays(today, dayIn(timeZone, registeredAt)) };
}

function length({ from, to }: Period): number {
  return daysBetween(from, to) + 1;
}
