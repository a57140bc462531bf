import type { XmlElement } from '@rgrove/parse-xml';
import type { Localized } from '../../../kernel/localized.js';
import { definitionLimits } from '../fields.js';
import type { TestDefinition } from '../test-definition.js';
import { configHtml } from './config-text.js';
import { isLanguage, NO_LANGUAGE } from './localized-text.js';
import type { Notes } from './notes.js';
import { checkAttributes, elementsIn, warnOfText } from './structure.js';

/** What the native format says of a report. */
export type Report = NonNullable<TestDefinition['report']>;

/** The texts of a config file: `intro` and `outro` have places of their own, the others are found by their paths. */
export function readTexts(element: XmlElement | undefined, notes: Notes): Pick<Report, 'intro' | 'outro' | 'texts'> {
  if (!element) return {};
  const found = new Map<string, Localized>();
  for (const [path, leaf] of leavesIn(element, '', notes)) {
    const text = configHtml(leaf, notes);
    if (text && found.has(path)) notes.problem(leaf, `is a second text at the path "${path}"`);
    if (text) found.set(path, text);
  }
  const { intro, outro, ...texts } = Object.fromEntries(found);
  return {
    ...(intro && { intro }),
    ...(outro && { outro }),
    ...(Object.keys(texts).length > 0 && { texts: notes.made(texts, element) }),
  };
}

type Leaf = readonly [path: string, element: XmlElement];

/** The elements with languages in them by their dotted paths; siblings of one name are numbered. */
function leavesIn(element: XmlElement, path: string, notes: Notes): Leaf[] {
  checkAttributes(element, [], notes);
  warnOfText(element, notes);
  const siblings = [...Map.groupBy(elementsIn(element), ({ name }) => name)];
  return siblings.flatMap(([name, alike]) => alike.flatMap((child, index) => {
    const key = alike.length > 1 ? `${name}.${index}` : name;
    return leavesOf(child, path === '' ? key : `${path}.${key}`, notes);
  }));
}

function leavesOf(element: XmlElement, path: string, notes: Notes): Leaf[] {
  const children = elementsIn(element);
  if (path.length > definitionLimits.pathLength) {
    notes.problem(element, `has a path of more than ${definitionLimits.pathLength} characters`);
    return [];
  }
  if (children.some(isLanguage)) return [[path, element]];
  if (children.length === 0) notes.problem(element, NO_LANGUAGE);
  return leavesIn(element, path, notes);
}
