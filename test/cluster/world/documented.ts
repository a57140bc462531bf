import { readFileSync } from 'node:fs';

/** Where something of an operation goes; reading what lies everywhere is going nowhere. */
export const PLACES = ['its client', 'its result', 'the coordinator', 'all machines'] as const;
export type Place = typeof PLACES[number];

const HEADING = '| operation | where it goes |';

/** Where each operation goes, as the table of the documentation says. */
export function documentedPlaces(): ReadonlyMap<string, ReadonlySet<Place>> {
  const text = readFileSync('docs/scaling.md', 'utf8');
  const [, rest = ''] = text.split(HEADING);
  const [table = ''] = rest.split('\n\n');
  const rows = table.trim().split('\n').slice(1).map((line) => line.split('|').map((cell) => cell.trim()));
  return new Map(rows.flatMap(([, operations = '', where = '']) => {
    // The reason comes behind it.
    const [named = ''] = where.split(':');
    const places = new Set(PLACES.filter((place) => named.includes(place)));
    return operationsIn(operations).map((operation) => [operation, places] as const);
  }));
}

/** Names of operations stand in code spans, everything else is prose. */
function operationsIn(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name!);
}
