import type { XmlElement } from '@rgrove/parse-xml';
import { QuestionKind } from '../../question-kind.js';
import { quoted } from '../quoted-text.js';
import type { Notes } from './notes.js';
import { integer } from './numbers.js';
import { attribute } from './structure.js';

const DAY_SECONDS = 86_400;

/** How many values an answer is expected to have; null when the file says nothing that could be meant. */
export function readCount(item: XmlElement, kind: QuestionKind, options: number, notes: Notes): number | null {
  const text = attribute(item, 'count');
  if (text === '') return null;
  const count = integer(text);
  if (count === null || count < 1) {
    notes.warning(item, `has the count ${quoted(text)}, which is left out: it must be a positive integer`);
    return null;
  }
  const largest = mostValues(kind, options);
  if (count <= largest) return count;
  const reason = kind === QuestionKind.TEXT ? 'its fields are the count' : `an answer has at most ${largest}`;
  notes.warning(item, `has a count of ${count}, which is left out: ${reason}`);
  return null;
}

/** The largest count that means something. */
function mostValues(kind: QuestionKind, options: number): number {
  switch (kind) {
    case QuestionKind.TEXT:
      return 0;
    case QuestionKind.GRADIENT:
      return 1;
    case QuestionKind.OPTION:
    case QuestionKind.CHECKBOX:
    case QuestionKind.RATING:
      return options;
  }
}

/** Seconds to answer, 0 for no limit. */
export function readTimer(item: XmlElement, notes: Notes): number {
  const text = attribute(item, 'timer');
  if (text === '') return 0;
  const seconds = integer(text);
  if (seconds === null || seconds < 0) {
    notes.warning(item, `has the timer ${quoted(text)}, which is left out: it must be a number of seconds`);
    return 0;
  }
  if (seconds > DAY_SECONDS) notes.warning(item, `has a timer of ${seconds} seconds, set to a day, ${DAY_SECONDS}`);
  return Math.min(seconds, DAY_SECONDS);
}

/** Whether an attribute is the text `true`. Warns of a value that looks like another word for it. */
export function flag(
  element: XmlElement,
  name: string,
  { absent }: { readonly absent: boolean },
  notes: Notes,
): boolean {
  const text = element.attributes[name];
  if (text === undefined) return absent;
  if (text !== 'true' && text !== 'false' && text !== '') {
    notes.warning(element, `has ${name}=${quoted(text)}, which is understood as "false": only "true" is true`);
  }
  return text === 'true';
}
