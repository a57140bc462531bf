/**
 * The first moment of a day in a time zone, as SQL around the SQL of both (a date or a timestamp at midnight; the name of a
 * zone). It is what is midnight there: the first of two where clocks are put back over it, which is what a clock that was
 * right on the eve calls midnight; the end of the leap where they are put forward over it. Null for a null.
 */
export function startOfDay(day: string, timeZone: string): string {
  const date = `(${day})::timestamp`;
  const midnight = `(${date} at time zone ${timeZone})`;
  const eve = `(${midnight} - interval '12 hours')`;
  const unturned = `(${eve} + (${date} - ${eve} at time zone ${timeZone}))`;
  return `least(${midnight}, case when ${unturned} at time zone ${timeZone} >= ${date} then ${unturned} end)`;
}
