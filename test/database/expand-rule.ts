/** What a migration runs. */
export interface MigrationText {
  readonly name: string;
  readonly statements: readonly string[];
  /** Whether each statement is a transaction of its own. */
  readonly isLong: boolean;
}

const CONSTANT = /^default (''|-?\d+(\.\d+)?|true|false|null)(::[a-z ]+(\[\])?)?$/;

/** What may be done to a table that the version before uses too: it is done at once, and that version does not notice. */
const expansions: readonly RegExp[] = [
  /^alter (column )?\S+ (drop default|drop not null|set statistics \d+|set default (''|-?\d+|true|false)(::\S+)?)$/,
  /^add constraint \S+ (check|foreign key) .* not valid$/,
  /^add constraint \S+ (unique|primary key) using index \S+$/,
  // A list of values is replaced by a longer one.
  /^drop constraint \S+_check$/,
];
/** What may be done besides when no version that serves needs it any more. */
const contractions: readonly RegExp[] = [/^drop (column )?(?!constraint\b)\S+$/, /^drop constraint \S+$/, /^alter (column )?\S+ set not null$/];

/** What breaks the version before, or holds its requests up; one line for each statement. Earlier names are those of the list. */
export function problemsOf({ name, statements, isLong }: MigrationText, earlier: readonly string[]): string[] {
  const replaced = /^\d{8}-contract-(.+)$/.exec(name)?.[1];
  if (replaced !== undefined && !earlier.includes(replaced)) return [`${name}: takes away what "${replaced}" replaced, which is no earlier migration`];
  const texts = statements.map(plain);
  const made = new Set(texts.map((text) => /^create (?:unlogged )?table (\S+)/.exec(text)?.[1]));
  const locked = new Set(texts.map(alteredIn).filter((table) => table !== undefined && !made.has(table)));
  if (!isLong && locked.size > 1) return [`${name}: locks ${[...locked].join(' and ')} in one transaction, which requests may lock the other way round`];
  const isFine = (text: string, place: number): boolean => {
    if (text.startsWith('set local ')) return true;
    if (isLong) return isFineInLong(texts, place, replaced !== undefined);
    const table = /^(?:alter table|create (?:unique )?index \S+ on|insert into|update) (\S+)/.exec(text)?.[1];
    if (/^create (unlogged )?table /.test(text) || (table !== undefined && made.has(table))) return true;
    if (/^create (or replace )?function |^create trigger /.test(text)) return true;
    if (replaced !== undefined && /^drop (table|trigger|function) /.test(text)) return true;
    const actions = /^alter table \S+ (.*)$/.exec(text)?.[1];
    return actions !== undefined && split(actions).every((action) => isFineAction(action, replaced !== undefined));
  };
  return statements.filter((_, place) => !isFine(texts[place]!, place)).map((statement) => `${name}: ${statement.replace(/\s+/g, ' ').trim()}`);
}

/** An index is made beside all that goes on, after what a try that ended early has left; a number of rows is changed at a time. */
function isFineInLong(texts: readonly string[], place: number, contracts: boolean): boolean {
  const text = texts[place]!;
  const dropped = /^drop index concurrently if exists (\S+)$/.exec(text)?.[1];
  if (dropped !== undefined) return contracts || madeIn(texts[place + 1]) === dropped;
  const made = madeIn(text);
  if (made !== undefined) return texts[place - 1] === `drop index concurrently if exists ${made}`;
  return /^alter table \S+ validate constraint \S+$|^(update|delete|insert|with)\b.*\blimit \d+/.test(text);
}

function alteredIn(text: string): string | undefined {
  return /^(?:alter table|create trigger \S+ .*? on) (\S+)/.exec(text)?.[1];
}

function madeIn(text: string | undefined): string | undefined {
  return /^create (?:unique )?index concurrently (\S+) on /.exec(text ?? '')?.[1];
}

function isFineAction(action: string, contracts: boolean): boolean {
  const column = /^add (?:column )?(?!(?:constraint|primary|unique|check|foreign|exclude)\b)\S+ (.*)$/.exec(action)?.[1];
  if (column !== undefined) return isFineColumn(column);
  return [...expansions, ...(contracts ? contractions : [])].some((pattern) => pattern.test(action));
}

/** The version before names no value for it, and none is written into the rows that there are. */
function isFineColumn(column: string): boolean {
  if (/\b(references|unique|primary key|check|generated|\w*serial)\b/.test(column)) return false;
  const value = /\bdefault .*?(?= not null| null|$)/.exec(column)?.[0];
  return value === undefined ? !column.includes('not null') : CONSTANT.test(value);
}

/** A statement in small letters without quotes, comments, and what its texts say. */
function plain(statement: string): string {
  return statement.replace(/\$(\w*)\$[^]*?\$\1\$/g, "''").replace(/'(?:[^']|'')*'/g, "''").replace(/--.*$/gm, '')
    .toLowerCase().replaceAll('"', '').replace(/\s+/g, ' ').trim();
}

/** The parts between commas outside of brackets. */
function split(text: string): string[] {
  let depth = 0;
  const parts = [''];
  for (const sign of text) {
    depth += sign === '(' ? 1 : sign === ')' ? -1 : 0;
    if (sign === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += sign;
  }
  return parts.map((part) => part.trim());
}
