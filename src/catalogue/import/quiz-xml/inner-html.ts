import { XmlCdata, XmlElement, XmlText } from '@rgrove/parse-xml';

type Node = XmlElement['children'][number];

/** The elements of HTML that have no end tag; to all others an XML author's `<p/>` gives one. */
const endless: readonly string[] = [
  'area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'source', 'track', 'wbr',
];

/** What stands in an element, as HTML. A CDATA section is HTML already; comments are left out. */
export function innerHtml({ children }: XmlElement): string {
  return children.map(html).join('');
}

function html(node: Node): string {
  if (node instanceof XmlCdata) return node.text;
  if (node instanceof XmlText) return escaped(node.text);
  return node instanceof XmlElement ? elementHtml(node) : '';
}

function elementHtml(element: XmlElement): string {
  const { name, attributes } = element;
  const given = Object.entries(attributes).map(([key, value]) => ` ${key}="${quotable(value)}"`);
  const end = endless.includes(name.toLowerCase()) ? '' : `</${name}>`;
  return `<${name}${given.join('')}>${innerHtml(element)}${end}`;
}

function quotable(value: string): string {
  return escaped(value).replaceAll('"', '&quot;');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
