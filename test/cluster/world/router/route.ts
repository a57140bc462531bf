import type { Homes } from './homes.js';
import { type Kind, tablesOf } from './tables.js';

/** By which rule a statement goes where it goes. */
export type Rule = 'no table' | 'definition' | 'one machine' | 'everywhere' | 'client' | 'result' | 'all machines';

/** Where a statement goes. */
export interface Route {
  readonly rule: Rule;
  /** The clients or results by which it goes. */
  readonly ids: readonly string[];
  readonly machines: readonly number[];
  readonly writes: boolean;
}

/** A statement as it is routed. */
export interface Routed {
  readonly name: string;
  readonly text: string;
  readonly values: readonly (string | null)[];
}

/** A database of several machines could not run this as one statement. */
export class Unroutable extends Error {}

const DEFINITION = /^\s*(?:create|alter|drop|truncate|lock|analyze|comment)\b/i;
const COPY_IN = /^\s*copy .* from stdin$/i;
const UUID = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g;
const UUIDS = /^(?:[{}",\da-f-]|NULL)+$/;
const UUID_IN_TEXT = new RegExp(`'(${UUID.source})'`, 'g');
/** Of statements about results: the parameter that is compared with their ids, known or not; new ones come first. */
const RESULT_ID = /\bid = (?:any\()?\$(\d+)/g;
const NEW_RESULT = /insert into result \(id\b/;
const NEW_CLIENT = /insert into "?client"? /;
const LOCKING = /\bfor (?:no key )?(?:update|share)\b/i;

/** Says where statements go, by the layout of the tables. */
export class Routes {
  private turn = 0;

  constructor(private readonly machines: number, private readonly homes: Homes) {}

  of(statement: Routed): Route {
    const { named, written } = tablesOf(statement.text);
    const plain = { ids: [], writes: written.size > 0 };
    if (DEFINITION.test(statement.text)) return { ...plain, rule: 'definition', machines: this.all(), writes: true };
    const lying = [...named].filter((kind) => kind !== 'EVERYWHERE');
    if (lying.length > 1) throw new Unroutable(`names tables of ${lying.join(' and ')}`);
    if (lying.length === 1 && written.has('EVERYWHERE')) throw new Unroutable(`writes everywhere and names tables of ${lying.join()}`);
    const [kind] = lying;
    if (kind === 'ONE_MACHINE') return { ...plain, rule: 'one machine', machines: [0] };
    if (kind) return this.byIds(kind, statement, plain);
    if (named.size === 0) return { ...plain, rule: 'no table', machines: [0] };
    return { ...plain, rule: 'everywhere', machines: plain.writes ? this.all() : [this.next()] };
  }

  private byIds(kind: Exclude<Kind, 'EVERYWHERE' | 'ONE_MACHINE'>, statement: Routed, plain: Pick<Route, 'writes'>): Route {
    const ids = kind === 'clients' ? this.clientsOf(statement) : this.resultsOf(statement);
    const machines = ids.length === 0 ? this.all() : [...new Set(ids.map((id) => this.homes.of(kind, id)))];
    const rule = ids.length === 0 ? 'all machines' : kind === 'clients' ? 'client' : 'result';
    if (machines.length > 1) refuseSeveral(statement.text, plain.writes);
    return { ...plain, rule, ids, machines };
  }

  private clientsOf({ text, values }: Routed): string[] {
    const ids = uuidsOf(text, values);
    return NEW_CLIENT.test(text) ? ids : ids.filter((id) => this.homes.knows('clients', id));
  }

  private resultsOf({ text, values }: Routed): string[] {
    const known = uuidsOf(text, values).filter((id) => this.homes.knows('results', id));
    const places = [...text.matchAll(RESULT_ID)].map(([, place]) => Number(place));
    if (NEW_RESULT.test(text)) places.push(1);
    const compared = places.flatMap((place) => uuidsIn(values[place - 1] ?? null));
    return [...new Set([...known, ...compared])];
  }

  private all(): number[] {
    return Array.from({ length: this.machines }, (_, machine) => machine);
  }

  private next(): number {
    return (this.turn += 1) % this.machines;
  }
}

function refuseSeveral(text: string, writes: boolean): void {
  // Of a copy each row goes where it lies.
  if (writes && !COPY_IN.test(text)) throw new Unroutable('writes on several machines');
  if (LOCKING.test(text)) throw new Unroutable('locks rows of several machines');
}

/** The UUIDs among the parameters, and those that stand in the text. */
function uuidsOf(text: string, values: readonly (string | null)[]): string[] {
  const written = [...text.matchAll(UUID_IN_TEXT)].map(([, id]) => id!);
  return [...new Set([...written, ...values.flatMap(uuidsIn)])];
}

function uuidsIn(value: string | null): string[] {
  return value !== null && UUIDS.test(value) ? value.match(UUID) ?? [] : [];
}
