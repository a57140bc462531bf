import { layout, type Placement } from '../../../../src/database/distribution/layout.js';

/** How the rows of a table lie. */
export type Kind = 'clients' | 'results' | 'EVERYWHERE' | 'ONE_MACHINE';

/** Of which kinds the tables are that a text names, and those of them that it writes. */
export interface TablesOfText {
  readonly named: ReadonlySet<Kind>;
  readonly written: ReadonlySet<Kind>;
}

const kinds = new Map(Object.entries(layout).map(([table, placement]) => [table, kindOf(placement)]));

const WRITTEN = /\b(?:insert into|update|delete from)\s+"?(\w+)|\bcopy "?(\w+)"? \([^)]*\) from\b/gi;
const STRING = /'(?:[^']|'')*'/g;

/** By the words of the text; what stands in quotes names no table. */
export function tablesOf(text: string): TablesOfText {
  const bare = text.replaceAll(STRING, `''`);
  return {
    named: kindsOf(bare.match(/\w+/g) ?? []),
    written: kindsOf([...bare.matchAll(WRITTEN)].map(([, table, copied]) => table ?? copied!)),
  };
}

function kindsOf(words: readonly string[]): ReadonlySet<Kind> {
  return new Set(words.flatMap((word) => kinds.get(word) ?? []));
}

function kindOf(placement: Placement): Kind {
  return typeof placement === 'string' ? placement : placement.together;
}
