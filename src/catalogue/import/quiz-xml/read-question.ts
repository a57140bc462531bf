import type { XmlElement } from '@rgrove/parse-xml';
import { QuestionKind } from '../../question-kind.js';
import { quoted } from '../quoted-text.js';
import type { TestDefinition } from '../test-definition.js';
import { plainText } from './localized-text.js';
import type { Notes } from './notes.js';
import { integer } from './numbers.js';
import { type Option, readFields, readOptions } from './read-options.js';
import { flag, readCount, readTimer } from './read-settings.js';
import { attribute, checkAttributes, elementsIn, ownText, partsOf } from './structure.js';

/** A question as the native format has it. */
export type Question = TestDefinition['questions'][number];

const attributes = ['id', 'method', 'group', 'count', 'timer', 'showAnswer', 'enabledBack', 'enabledForward', 'qtype'];
const parts = ['name', 'text', 'img', 'right', 'wrong', 'options', 'fields'] as const;

/** An element of `items`, whatever its name; null when it has a problem that leaves no question. */
export function readQuestion(item: XmlElement, own: string, notes: Notes): Question | null {
  checkAttributes(item, attributes, notes);
  const found = partsOf(item, parts, notes);
  const id = readId(item, notes);
  const kind = readKind(item, notes);
  const name = plainText(found.get('name'), notes) ?? notes.problem(item, 'must have a name that is not empty');
  const group = attribute(item, 'group');
  const image = readImage(found.get('img'), notes);
  const text = plainText(found.get('text'), notes);
  const correctFeedback = plainText(found.get('right'), notes);
  const wrongFeedback = plainText(found.get('wrong'), notes);
  const options = readChoices(found, kind, own, notes);
  if (id === null || kind === null || name === null) return null;
  const count = readCount(item, kind, options.length, notes);
  const question: Question = {
    id,
    kind,
    name,
    ...(text && { text }),
    ...(image !== '' && { image }),
    ...(group !== '' && group !== '0' && { group }),
    ...(count !== null && { count }),
    timerSeconds: readTimer(item, notes),
    ...(correctFeedback && { correctFeedback }),
    ...(wrongFeedback && { wrongFeedback }),
    backAllowed: flag(item, 'enabledBack', { absent: true }, notes),
    forwardAllowed: flag(item, 'enabledForward', { absent: false }, notes),
    answerShown: flag(item, 'showAnswer', { absent: false }, notes),
    options,
  };
  return notes.made(question, item);
}

function readId(item: XmlElement, notes: Notes): string | null {
  const id = integer(attribute(item, 'id'));
  return id === null ? notes.problem(item, 'must have an id that is an integer of at most 15 digits') : String(id);
}

function readKind(item: XmlElement, notes: Notes): QuestionKind | null {
  const method = attribute(item, 'method');
  if (method === '') return QuestionKind.OPTION;
  const kinds = new Map(Object.entries(QuestionKind));
  const known = [...kinds.keys()].join(', ').toLowerCase();
  return kinds.get(method.toUpperCase()) ?? notes.problem(item, `has the unknown method ${quoted(method)}; known are ${known}`);
}

function readImage(img: XmlElement | undefined, notes: Notes): string {
  if (!img) return '';
  checkAttributes(img, [], notes);
  for (const child of elementsIn(img)) notes.warning(child, 'has no known meaning here and is left out');
  return ownText(img);
}

function readChoices(
  found: ReadonlyMap<(typeof parts)[number], XmlElement>,
  kind: QuestionKind | null,
  own: string,
  notes: Notes,
): Option[] {
  const isText = kind === QuestionKind.TEXT;
  const unused = found.get(isText ? 'options' : 'fields');
  if (unused && kind) notes.warning(unused, `has no meaning for the method ${kind.toLowerCase()} and is left out`);
  return isText ? readFields(found.get('fields'), own, notes) : readOptions(found.get('options'), notes);
}
