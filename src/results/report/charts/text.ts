/** A text broken into lines. */
export interface WrappedText {
  readonly lines: readonly string[];
  /** Some of the text had no room; the last line ends with an ellipsis. */
  readonly cut: boolean;
}

/** Widths in units of the font size: those of the widest fonts that may have to stand in for Roboto. */
const widths: readonly (readonly [characters: RegExp, width: number])[] = [
  [/[\p{M}\p{Cf}]/u, 0],
  [/[ iljI.,:;'`|!]/, 0.32],
  [/[frt()[\]"/\\-]/, 0.42],
  [/[mwMWЖДМФШЩЫЮжмфшщыю№&%@…—+=<>~]/, 0.95],
  [/[\p{Extended_Pictographic}\p{Regional_Indicator}\p{Script=Han}\p{Script=Hangul}\ufffd]/u, 1.2],
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, 1.2],
  [/\p{Lu}/u, 0.72],
];
const USUAL_WIDTH = 0.63;

const ELLIPSIS = '…';
/** After a space, though not one that holds words together, and after a hyphen within a word. */
const BREAK = /(?<=[ \t\r\n]|\p{L}-)/u;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** About how wide a text is in a font of this size; rather too wide than too narrow. */
export function textWidth(text: string, size: number): number {
  return Array.from(text).reduce((width, character) => width + characterWidth(character), 0) * size;
}

/** Breaks a text into lines of at most the width: between words, and within a word that is wider than a line. */
export function wrapText(text: string, width: number, size: number, maxLines: number): WrappedText {
  const fits = (line: string): boolean => textWidth(line.trimEnd(), size) <= width;
  const pieces = text.trim().split(BREAK).flatMap((word) => fits(word) ? [word] : letters(word));
  const lines = [''];
  for (const piece of pieces) {
    const line = (lines.at(-1) ?? '') + piece;
    if (fits(line)) lines[lines.length - 1] = line;
    else lines.push(piece);
  }
  const trimmed = lines.map((line) => line.trim()).filter((line) => line !== '');
  if (trimmed.length <= maxLines) return { lines: trimmed, cut: false };
  const last = shortened(trimmed[maxLines - 1] ?? '', fits);
  return { lines: [...trimmed.slice(0, maxLines - 1), last], cut: true };
}

function characterWidth(character: string): number {
  return widths.find(([characters]) => characters.test(character))?.[1] ?? USUAL_WIDTH;
}

/** What a reader takes for one letter, an accent or the parts of an emoji included. */
function letters(text: string): string[] {
  return Array.from(graphemes.segment(text), ({ segment }) => segment);
}

/** The beginning of a line, so much of it as has room beside an ellipsis. */
function shortened(line: string, fits: (line: string) => boolean): string {
  const kept = letters(line);
  while (kept.length > 0 && !fits(kept.join('') + ELLIPSIS)) kept.pop();
  return kept.join('').trimEnd() + ELLIPSIS;
}
