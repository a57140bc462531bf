import type { Frame } from './frames.js';

/** A statement as a server sends it, all up to where it wants an answer. */
export interface Sent {
  /** Of a named statement; empty for others. */
  readonly name: string;
  /** What has to be prepared; null for what was before, and for what is not prepared at all. */
  readonly parse: Frame | null;
  /** The text itself of what is not prepared. */
  readonly query: string | null;
  /** The text values of the parameters; null also for those of bytes. */
  readonly values: readonly (string | null)[];
  /** All but what is to be prepared. */
  readonly frames: readonly Frame[];
}

const TEXT = 0;

/** A query by its text alone. */
export function simple(frame: Frame): Sent {
  return { name: '', parse: null, query: textAt(frame.body, 0)[0], values: [], frames: [frame] };
}

/** A statement with parameters, up to its Sync. */
export function extended(frames: readonly Frame[]): Sent {
  const parse = frames.find(({ type }) => type === 'P') ?? null;
  const bind = frames.find(({ type }) => type === 'B');
  return {
    name: bind ? boundName(bind) : '', parse, query: null, values: bind ? valuesOf(bind) : [],
    frames: frames.filter((frame) => frame !== parse),
  };
}

/** Name and text of what is to be prepared. */
export function parsed({ body }: Frame): { readonly name: string; readonly text: string } {
  const [name, next] = textAt(body, 0);
  return { name, text: textAt(body, next)[0] };
}

function boundName({ body }: Frame): string {
  return textAt(body, textAt(body, 0)[1])[0];
}

function valuesOf({ body }: Frame): (string | null)[] {
  let [, at] = textAt(body, textAt(body, 0)[1]);
  const short = (): number => body.readInt16BE((at += 2) - 2);
  const formats = Array.from({ length: short() }, short);
  return Array.from({ length: short() }, (_, place) => {
    const length = body.readInt32BE((at += 4) - 4);
    if (length < 0) return null;
    const value = body.subarray(at, at += length);
    return (formats[place] ?? formats[0] ?? TEXT) === TEXT ? value.toString() : null;
  });
}

/** A text that ends with a zero, and where the next begins. */
function textAt(body: Buffer, start: number): [text: string, next: number] {
  const end = body.indexOf(0, start);
  return [body.toString('utf8', start, end), end + 1];
}
