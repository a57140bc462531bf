import sanitizeHtml from 'sanitize-html';

/** A tag that parts words: those of other elements stand within a line. */
const PARTING = /<(?!\/?(?:a|b|code|em|i|s|small|span|strong|sub|sup|u)\b)/gi;
/** What sanitize-html escapes in a text; it decodes all other entities. */
const ESCAPED = /&(?:amp|lt|gt);/g;
const characters: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

/** What simple HTML says, as one line of plain text. */
export function plainText(html: string): string {
  return sanitizeHtml(html.replace(PARTING, ' <'), { allowedTags: [] })
    .replace(ESCAPED, (entity) => characters[entity] ?? entity)
    .replace(/\s+/g, ' ')
    .trim();
}
