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
const attributes: ReadonlyMap<string, string[]> = new Map([
  ['a', ['href']],
  ['img', ['src', 'alt', 'width', 'height']],
  ['th', ['colspan', 'rowspan', 'scope']],
  ['td', ['colspan', 'rowspan']],
  ['ol', ['start']],
]);
/** A report has headings of its own above those of its texts. */
const lowered: ReadonlyMap<string, string> = new Map([['h1', 'h3'], ['h2', 'h3']]);

/** What sanitize-html lets through, to tell what it does not. */
const ADDRESS = /^(?:https?:|mailto:|(?!\/\/)[^:]*(?:[/?#]|$))/i;

/** Plain text as HTML that shows it to the letter. */
export function plainToHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Reduces an author's HTML to elements that shape a text. Doing it again changes nothing. */
export function sanitizeRichText(html: string): RichText {
  // Without an element there is nothing to leave out, and the text is kept to the letter.
  if (!html.includes('<')) return { html, dropped: [] };
  const dropped = new Set<string>();
  if (endsWithinTag(html)) dropped.add('an unfinished tag');
  const clean = sanitizeHtml(html, {
    allowedTags: [...elements],
    allowedAttributes: Object.fromEntries(attributes),
    allowedSchemes: ['http', 'https', 'mailto'],
    allowProtocolRelative: false,
    transformTags: {
      '*': (element, given) => {
        const name = lowered.get(element) ?? element;
        if (elements.includes(name)) lostAttributes(name, given).forEach((lost) => dropped.add(lost));
        else dropped.add(name);
        // A picture without words for it is decoration to those who do not see it.
        return { tagName: name, attribs: name === 'img' ? { alt: '', ...given } : given };
      },
    },
    exclusiveFilter: ({ tag, attribs }) => tag === 'img' && !attribs['src'],
  });
  return { html: clean, dropped: [...dropped] };
}

/** A browser would take what follows the text for a part of the tag. */
function endsWithinTag(html: string): boolean {
  const opening = html.lastIndexOf('<');
  return opening > html.lastIndexOf('>') && /[a-z/!]/i.test(html.charAt(opening + 1));
}

function lostAttributes(element: string, given: Readonly<Record<string, string>>): string[] {
  const lost = Object.entries(given).filter(([name, value]) =>
    !attributes.get(element)?.includes(name) || ((name === 'href' || name === 'src') && !ADDRESS.test(value.trim())));
  return lost.map(([name]) => `${element} ${name}`);
}
