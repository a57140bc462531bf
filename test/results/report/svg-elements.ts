import { parseXml, XmlElement } from '@rgrove/parse-xml';

/** The element that holds all others. */
export function rootOf(svg: string): XmlElement {
  const { root } = parseXml(svg);
  if (!root) throw new Error('No element.');
  return root;
}

/** The element and all within it, in order. */
export function elementsOf(element: XmlElement): readonly XmlElement[] {
  return [element, ...element.children.filter((child) => child instanceof XmlElement).flatMap(elementsOf)];
}

/** The elements of an image that have this name and these attributes. */
export function find(
  svg: string, name: string, attributes: Readonly<Record<string, string>> = {},
): readonly XmlElement[] {
  return elementsOf(rootOf(svg)).filter((element) => element.name === name
    && Object.entries(attributes).every(([attribute, value]) => element.attributes[attribute] === value));
}

/** Attributes as numbers; not a number when there is none. */
export function numbers(element: XmlElement | undefined, ...names: readonly string[]): number[] {
  return names.map((name) => Number(element?.attributes[name]));
}
