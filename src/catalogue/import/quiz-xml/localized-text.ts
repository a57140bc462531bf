import type { XmlElement } from '@rgrove/parse-xml';
import type { Localized } from '../../../kernel/localized.js';
import { innerHtml } from './inner-html.js';
import type { Notes } from './notes.js';
import { checkAttributes, elementsIn, ownText } from './structure.js';

/** The languages of the platform; a text without one is in the first. */
export const languages = ['ru', 'en'] as const;

/** Whether an element says what stands in it in one of the languages. */
export function isLanguage({ name }: XmlElement): boolean {
  return languages.some((language) => language === name);
}

/** What is wrong with an element where a text in some language is looked for. */
export const NO_LANGUAGE = 'is no language: every last node must be a language, ru or en';
const NO_MARKUP = 'is markup, which must be escaped or in a CDATA section; only ru and en may stand in a plain text';

/**
 * A plain text, line breaks being spaces; null when there is none in any language.
 *
 * @param attributes those of the element that are known where it stands
 */
export function plainText(
  element: XmlElement | undefined,
  notes: Notes,
  attributes: readonly string[] = [],
): Localized | null {
  if (!element) return null;
  checkAttributes(element, attributes, notes);
  const leaves = elementsIn(element).filter(isLanguage);
  for (const markup of leaves.flatMap(elementsIn)) notes.problem(markup, NO_MARKUP);
  return localized(element, ownText, NO_MARKUP, notes);
}

/** A text as HTML; null when there is none in any language. */
export function htmlText(element: XmlElement | undefined, notes: Notes): Localized | null {
  if (!element) return null;
  checkAttributes(element, [], notes);
  return localized(element, innerHtml, NO_LANGUAGE, notes);
}

/**
 * @param content what an element of one language says
 * @param foreign what is wrong with an element beside the languages
 */
function localized(
  element: XmlElement,
  content: (leaf: XmlElement) => string,
  foreign: string,
  notes: Notes,
): Localized | null {
  const children = elementsIn(element);
  const leaves = new Map<string, XmlElement>();
  for (const child of children) {
    if (!isLanguage(child)) notes.problem(child, foreign);
    else if (leaves.has(child.name)) notes.warning(child, 'stands here a second time and is left out');
    else leaves.set(child.name, child);
  }
  for (const leaf of leaves.values()) checkAttributes(leaf, [], notes);
  if (leaves.size === 0) leaves.set(languages[0], element);
  else if (ownText(element) !== '') notes.problem(element, 'has text beside its languages: write it into ru and en');
  const texts = [...leaves].map(([language, leaf]) => [language, content(leaf).trim()] as const);
  const written = texts.filter(([, text]) => text !== '');
  return written.length > 0 ? notes.made(Object.fromEntries(written), element) : null;
}
