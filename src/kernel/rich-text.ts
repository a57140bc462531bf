import sanitizeHtml from 'sanitize-html';

/** Simple HTML that cannot run anything, and what had to be left out of it. */
export interface RichText {
  readonly html: string;
  /** Elements and attributes that are not allowed, such as `script` or `p onclick`, each once. */
  readonly dropped: readonly string[];
}

const elements: readonly string[] = [
  'p', 'div', 'span', 'br', 'hr', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'li', 'dl', 'dt', 'dd', 'blockquote', 'pre', 'code',
  'b', 'strong', 'i', 'em', 'u', 's', 'small', 'sub', 'sup', 'a', 'img',
  'table', 'caption', 'thead', 'tbody', 'tfoot', 'tr', 'th', 'td',
];
const attributes: Readonly<Record<string, string[]>> = {
  a: ['href'],
  img: ['src', 'alt', 'width', 'height'],
  th: ['colspan', 'rowspan', 'scope'],
  td: ['colspan', 'rowspan'],
  ol: ['start'],
};
/** A report has headings of its own above those of its texts. */
const lowered: Readonly<Record<string, string>> = { h1: 'h3', h2: 'h3' };

const ADDRESS = /^(?:https?:|mailto:|(?!\/\/)[^:]*(?:[/?#]|$))/i;
const UNFINISHED_TAG = /<[a-z/!][^>]*$/i;

/** Plain text as HTML that shows it to the letter. */
export function plainToHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Reduces an author's HTML to elements that shape a text. Doing it again changes nothing. */
export function sanitizeRichText(html: string): RichText {
  // Without an element there is nothing to leave out, and the text is kept to the letter.
  if (!html.includes('<')) return { html, dropped: [] };
  const dropped = new Set<string>();
  if (UNFINISHED_TAG.test(html)) dropped.add('an unfinished tag');
  const clean = sanitizeHtml(html, {
    allowedTags: [...elements],
    allowedAttributes: { ...attributes },
    allowedSchemes: ['http', 'https', 'mailto'],
    allowProtocolRelative: false,
    transformTags: {
      '*': (element, given) => {
        const name = lowered[element] ?? element;
        if (elements.includes(name)) lostAttributes(name, given).forEach((lost) => dropped.add(lost));
        else dropped.add(name);
        return { tagName: name, attribs: given };
      },
    },
    exclusiveFilter: ({ tag, attribs }) => tag === 'img' && !attribs['src'],
  });
  return { html: clean, dropped: [...dropped] };
}

function lostAttributes(element: string, given: Readonly<Record<string, string>>): string[] {
  const lost = Object.entries(given).filter(([name, value]) =>
    !attributes[element]?.includes(name) || ((name === 'href' || name === 'src') && !ADDRESS.test(value.trim())));
  return lost.map(([name]) => `${element} ${name}`);
}
