import type { Content } from 'pdfmake/interfaces.js';
import { textWidth } from '../charts/text.js';
import { page } from './theme.js';

/** pdfmake cuts off what must not be broken and is taller than a page, so this much at most is kept together. */
const LIMIT = page.textHeight - 16;
/** About six lines. */
const SHORT = 200;
/** The height of a line of Roboto, in font sizes. */
const LINE = 1.55;

/**
 * Content that moves to the next page unless there is room beneath it, so that a heading is not left alone. pdfmake has
 * no such rule: the room is taken up together with the content, then given back.
 *
 * @param height the content is not taller than this
 */
export function keepWithNext(content: Content, height: number, room: number): Content {
  if (height + room > LIMIT) return content;
  return { stack: [{ unbreakable: true, stack: [content, space(room)] }, space(-room)] };
}

/** Content that the end of a page does not part, unless it is tall. */
export function keepTogether(content: Content, height: number): Content {
  return height > SHORT ? content : { unbreakable: true, stack: [content] };
}

/** The height of a text or a little more: half of each line may be left empty where there are several. */
export function tallest(text: string, fontSize: number, width: number = page.textWidth): number {
  const lengths = text.split('\n').map((line) => textWidth(line, fontSize));
  const lines = lengths.map((length) => (length <= width ? 1 : Math.ceil((2 * length) / width)));
  return lines.reduce((total, count) => total + count, 0) * LINE * fontSize;
}

/** Contents one below the other, with a gap between any two. */
export function spaced(contents: readonly Content[], gap: number): Content[] {
  return contents.map((content, index) => (index === 0 ? content : { stack: [content], marginTop: gap }));
}

function space(height: number): Content {
  return { stack: [], marginTop: height };
}
