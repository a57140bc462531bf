/** The characters that Roboto has a shape for, as the inside of a character class. */
const SHAPED = [
  String.raw`\u0020-\u007e\u00a0-\u00ac\u00ae-\u017f\u018f\u0192\u01a0\u01a1\u01af\u01b0\u01f0\u01fa-\u01ff`,
  String.raw`\u0218-\u021b\u0237\u0259\u02bc\u02c6\u02c7\u02c9\u02d8-\u02dd\u02f3\u0300\u0301\u0303\u0309`,
  String.raw`\u030f\u0323\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce\u03d1\u03d2\u03d6\u0400-\u0486`,
  String.raw`\u0488-\u0513\u1e00\u1e01\u1e3e\u1e3f\u1e80-\u1e85\u1e9e\u1ea0-\u1ef9\u1f4d\u2000-\u200a\u2010`,
  String.raw`\u2011\u2013-\u2015\u2017-\u201e\u2020-\u2022\u2025-\u2027\u2030\u2032\u2033\u2039\u203a\u203c`,
  String.raw`\u2044\u2070\u2074-\u208e\u20a3\u20a4\u20a6-\u20ac\u20b1\u20b9\u20ba\u20bc\u20bd\u20c1\u2105`,
  String.raw`\u2113\u2116\u2122\u2126\u212e\u215b-\u215e\u2202\u2206\u220f\u2211\u2212\u221a\u221e\u222b`,
  String.raw`\u2248\u2260\u2264\u2265\u25a0\u25ca\u25cb\u25cf\ufffd`,
].join('');
// eslint-disable-next-line no-misleading-character-class -- marks count here as characters of their own
const SHAPELESS = new RegExp(`[^\\n${SHAPED}]`, 'gu');
const SPACE = /^\s$/;
/** What a text is understood without: emoji and their parts, marks, characters that only steer. */
const DISPENSABLE = /^[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\p{M}\p{Cf}\p{Cc}]$/u;
const REPLACEMENT = '\ufffd';
/** Where Unicode knows no simpler form. */
const SIMPLER: Readonly<Record<string, string>> = {
  '\u202f': '\u00a0', '←': '<-', '→': '->', '↔': '<->', '⇐': '<=', '⇒': '=>', '⇔': '<=>', '⩽': '≤', '⩾': '≥',
};

/**
 * The text as Roboto can print it. A character without a shape gives way to its simpler form (`ﬁ` to `fi`, `→` to `->`);
 * emoji and invisible characters are left out; any other becomes `�`, so that the reader sees that something was there.
 */
export function printable(text: string): string {
  return text.normalize('NFC').replace(SHAPELESS, simpler);
}

/** A text of a single line: white space is one space, as browsers show it; only no-break spaces stay. */
export function singleLine(text: string): string {
  return printable(text).replace(/[ \n]+/g, ' ').trim();
}

function simpler(character: string): string {
  const known = SIMPLER[character];
  if (known !== undefined) return known;
  if (SPACE.test(character)) return ' ';
  const form = character.normalize('NFKD').replace(SHAPELESS, '');
  if (form !== '') return form;
  return DISPENSABLE.test(character) ? '' : REPLACEMENT;
}
