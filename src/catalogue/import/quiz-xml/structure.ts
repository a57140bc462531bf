import { XmlElement, XmlText } from '@rgrove/parse-xml';
import { shortened } from '../quoted-text.js';
import type { Notes } from './notes.js';

/** The elements that stand directly in another. */
export function elementsIn({ children }: XmlElement): XmlElement[] {
  return children.filter((child) => child instanceof XmlElement);
}

/** The text of the element itself, without that of elements in it: spaces and line breaks in a row are one space. */
export function ownText({ children }: XmlElement): string {
  const text = children.map((child) => (child instanceof XmlText ? child.text : '')).join('');
  return text.replace(/[ \t\r\n]+/g, ' ').trim();
}

/** An attribute's value; an absent attribute is an empty one. */
export function attribute({ attributes }: XmlElement, name: string): string {
  return attributes[name] ?? '';
}

/** Warns of attributes that mean nothing here. */
export function checkAttributes(element: XmlElement, known: readonly string[], notes: Notes): void {
  const unknown = Object.keys(element.attributes).filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    notes.warning(element, `has attributes of no known meaning, which are left out: ${shortened(unknown.join(', '))}`);
  }
}

/** The elements that stand in another by their names, the first of each. Warns of everything else in it. */
export function partsOf<Name extends string>(
  element: XmlElement,
  names: readonly Name[],
  notes: Notes,
): ReadonlyMap<Name, XmlElement> {
  warnOfText(element, notes);
  const parts = new Map<Name, XmlElement>();
  for (const child of elementsIn(element)) {
    const name = names.find((known) => known === child.name);
    if (name === undefined) notes.warning(child, 'has no known meaning here and is left out');
    else if (parts.has(name)) notes.warning(child, 'stands here a second time and is left out');
    else parts.set(name, child);
  }
  return parts;
}

/** The elements of one name in a list of them; none when there is no list. Warns of everything else in it. */
export function listIn(list: XmlElement | undefined, name: string, notes: Notes): XmlElement[] {
  if (!list) return [];
  checkAttributes(list, [], notes);
  warnOfText(list, notes);
  return elementsIn(list).filter((child) => {
    if (child.name !== name) notes.warning(child, `is left out: only ${name} may stand here`);
    return child.name === name;
  });
}

/** Warns of text where only elements are looked for. */
export function warnOfText(element: XmlElement, notes: Notes): void {
  if (ownText(element) !== '') notes.warning(element, 'has text between its elements, which is left out');
}
