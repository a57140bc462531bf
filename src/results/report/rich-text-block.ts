import type { RichTextBlock } from './document.js';

/** A block for a text; none for a text that nobody wrote. */
export function richText(html: string | null): RichTextBlock[] {
  return html === null || html === '' ? [] : [{ kind: 'richText', html }];
}
