/** HTML or SVG that may be printed as it is. */
export class Markup {
  constructor(readonly source: string) {}
}

type Part = Markup | readonly Markup[] | string | number;

/**
 * A template for HTML and SVG: what is put into it as text is escaped, within elements and quoted attributes alike,
 * numbers are rounded to 2 decimals, and markup is left alone.
 */
export function markup(template: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(template.reduce((source, next, index) => source + printed(parts[index - 1] ?? '') + next));
}

function printed(part: Part): string {
  if (typeof part === 'string') return escaped(part);
  if (typeof part === 'number') return String(rounded(part));
  if (part instanceof Markup) return part.source;
  return part.map(({ source }) => source).join('');
}

const SPECIAL = /[&<>"']/g;
const entities: Readonly<Record<string, string>> = {
  '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;',
};
/** Characters that no XML document may have, not even escaped. */
const IMPOSSIBLE = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

function escaped(text: string): string {
  return text.replace(IMPOSSIBLE, '\ufffd').replace(SPECIAL, (character) => entities[character] ?? '');
}

/** 2 decimals; never a negative zero. */
function rounded(number: number): number {
  return Math.round(number * 100) / 100 + 0;
}
