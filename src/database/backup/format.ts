import { z } from 'zod';

const FORMAT = 'testodrom-backup';
/** Rises when what was written before can no longer be read in the same way. */
export const FORMAT_VERSION = 1;
/** The longest first line that is taken for that of a backup, in bytes. */
export const HEADER_LIMIT = 1_048_576;
/** Ends the rows of a table: in no row does a backslash stand alone. */
export const END_OF_TABLE = '\\.\n';

const whole = z.int().min(0);

/** What every version says of itself; what else stands in the first line depends on `version`. */
export const origin = z.object({ format: z.literal(FORMAT), version: whole, product: z.string() });

export const header = origin.extend({
  createdAt: z.iso.datetime(),
  /** The names of the migrations that had been run, the oldest first. */
  migrations: z.array(z.string()).min(1),
  /** In the order in which they can be filled. */
  tables: z.array(z.object({ name: z.string(), columns: z.array(z.string()).min(1) })),
});

export const trailer = z.object({
  /** How many rows each table has. */
  rows: z.record(z.string(), whole),
  /** Of all that stands before this line, in hexadecimal digits. */
  sha256: z.string(),
});

/** The first line of a backup. */
export type Header = z.infer<typeof header>;
/** The last line of a backup. */
export type Trailer = z.infer<typeof trailer>;

/** The first line for a backup that is made now. */
export function newHeader(product: string, content: Pick<Header, 'migrations' | 'tables'>): Header {
  return { format: FORMAT, version: FORMAT_VERSION, product, createdAt: new Date().toISOString(), ...content };
}

/** What stands at both ends of a backup. */
export interface Backup {
  readonly header: Header;
  readonly trailer: Trailer;
}

/** What a backup holds, in numbers. */
export function summaryOf({ header: { createdAt, tables }, trailer }: Backup): { createdAt: string; tables: number; rows: number } {
  return { createdAt, tables: tables.length, rows: Object.values(trailer.rows).reduce((sum, count) => sum + count, 0) };
}
