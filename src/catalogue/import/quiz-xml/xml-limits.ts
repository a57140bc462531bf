/** What one file may ask of the parser, which calls itself for each level and keeps the whole tree in memory. */
export const xmlLimits = {
  /** Characters; a large test has some 300,000. */
  length: 5_000_000,
  elements: 100_000,
  /** Elements within elements, those of HTML included. */
  depth: 50,
} as const;

/** Why a text is not given to the parser. */
export interface Refusal {
  readonly message: string;
  /** Index of the character that it is about. */
  readonly at: number;
}

const opaque = [['<!--', '-->'], ['<![CDATA[', ']]>'], ['<?', '?>']] as const;
const DOCTYPE =
  'has a document type (DOCTYPE), which is never read: leave it out, and write characters instead of its entities';
const QUOTED = /"[^"]*"|'[^']*'/g;
const EMPTY_ELEMENT = /^[^>]*\/>/;

/**
 * Looks at the tags of a text before it is parsed; null when the parser may have it. It follows the parser up to the
 * first mistake in the XML, where that gives up anyway.
 */
export function refusal(text: string): Refusal | null {
  const { length, elements, depth } = xmlLimits;
  if (text.length > length) return { message: `has ${text.length} characters; at most ${length} are allowed`, at: 0 };
  let [count, level, at] = [0, 0, text.indexOf('<')];
  while (at !== -1) {
    const end = endOfOpaque(text, at);
    const next = text.indexOf('<', end ?? at + 1);
    if (end === null) {
      const tag = text.slice(at, next === -1 ? text.length : next);
      if (/^<!doctype/i.test(tag)) return { message: DOCTYPE, at };
      if (!tag.startsWith('</')) count += 1;
      if (count > elements) return { message: `has more than ${elements} elements`, at };
      level += levelsDown(tag);
      if (level > depth) return { message: `has elements nested deeper than ${depth} levels`, at };
    }
    at = next;
  }
  return null;
}

/** Where a comment, a CDATA section or an instruction ends that begins here; null when none does. */
function endOfOpaque(text: string, at: number): number | null {
  const kind = opaque.find(([opening]) => text.startsWith(opening, at));
  if (!kind) return null;
  const [opening, closing] = kind;
  const end = text.indexOf(closing, at + opening.length);
  return end === -1 ? text.length : end;
}

/** How much deeper than before a tag is what stands behind it. */
function levelsDown(tag: string): number {
  if (tag.startsWith('</')) return -1;
  // An attribute may have a ">" in it.
  return EMPTY_ELEMENT.test(tag.replace(QUOTED, '')) ? 0 : 1;
}
