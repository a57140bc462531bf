import type { Place } from './documented.js';
import type { Record } from './router/router.js';

/** What goes beside an operation: each command asks for the version of the tables, and a server once for the slug of a client. */
const BESIDE = /\bschema_migration\b|^client-slug$/;

/** Where an operation went, by the record of its statements. To read what lies everywhere is to go nowhere. */
export function placesOf(record: readonly Record[]): ReadonlySet<Place> {
  return new Set(record.filter(({ statement }) => !BESIDE.test(statement)).flatMap((each) => placeOf(each) ?? []));
}

/** How many clients an operation went to. */
export function clientsIn(record: readonly Record[]): number {
  return new Set(record.filter(({ rule }) => rule === 'client').flatMap(({ ids }) => ids)).size;
}

function placeOf({ rule, writes }: Record): Place | null {
  switch (rule) {
    case 'client': return 'its client';
    case 'result': return 'its result';
    case 'one machine': return 'the coordinator';
    case 'all machines': return 'all machines';
    case 'everywhere': return writes ? 'all machines' : null;
    case 'definition':
    case 'no table': return null;
  }
}
