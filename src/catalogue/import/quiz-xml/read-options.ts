import type { XmlElement } from '@rgrove/parse-xml';
import type { Localized } from '../../../kernel/localized.js';
import type { TestDefinition } from '../test-definition.js';
import { languages, plainText } from './localized-text.js';
import type { Notes } from './notes.js';
import { flag } from './read-settings.js';
import { attribute, checkAttributes, listIn, partsOf } from './structure.js';

/** An option as the native format has it. */
export type Option = TestDefinition['questions'][number]['options'][number];

/** The choices of a question. */
export function readOptions(list: XmlElement | undefined, notes: Notes): Option[] {
  return readList(list, 'option', (option) => readOption(option, notes), notes);
}

function readOption(option: XmlElement, notes: Notes): Option {
  const image = attribute(option, 'img');
  const text = plainText(option, notes, ['value', 'img', 'correct']);
  return {
    value: attribute(option, 'value'),
    ...(text && { text }),
    ...(image !== '' && { image }),
    correct: flag(option, 'correct', { absent: false }, notes),
  };
}

/** The fields of a text question: each has the right answer as its value, in the test's own language if it can. */
export function readFields(list: XmlElement | undefined, own: string, notes: Notes): Option[] {
  return readList(list, 'field', (field) => readField(field, own, notes), notes);
}

const fieldAttributes = ['correct', 'placeholder'].flatMap((name) => [name, `${name}-ru`, `${name}-en`]).concat('type');

function readField(field: XmlElement, own: string, notes: Notes): Option {
  checkAttributes(field, fieldAttributes, notes);
  partsOf(field, [], notes);
  const right = byLanguage(field, 'correct');
  const value = right[own] ?? Object.values(right)[0] ?? '';
  const translations = Object.entries(right).filter(([language, text]) => language !== own && text !== value);
  const { ru, en } = byLanguage(field, 'placeholder');
  const placeholder = { ...(ru && { ru }), ...(en && en !== ru && { en }) };
  return {
    value,
    ...(translations.length > 0 && { translations: Object.fromEntries(translations) }),
    ...(Object.keys(placeholder).length > 0 && { text: placeholder }),
    correct: false,
  };
}

/** What an attribute says in each language: the one of the language if it is not empty, else the general one. */
function byLanguage(field: XmlElement, name: string): Localized {
  const general = attribute(field, name);
  const texts = languages.map((language) => [language, attribute(field, `${name}-${language}`) || general] as const);
  return Object.fromEntries(texts.filter(([, text]) => text !== ''));
}

function readList(
  list: XmlElement | undefined,
  name: string,
  read: (element: XmlElement) => Option,
  notes: Notes,
): Option[] {
  const options = listIn(list, name, notes).map((element) => notes.made(read(element), element));
  return list ? notes.made(options, list) : options;
}
