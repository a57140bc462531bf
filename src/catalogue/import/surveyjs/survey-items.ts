import type { Localized } from '../../../kernel/localized.js';
import { definitionLimits } from '../fields.js';
import { isObject, type JsonObject } from '../json.js';
import { isAbsent, scalarText } from './scalars.js';
import type { SurveyContext, SurveyElement, SurveyOption } from './survey-question.js';
import { tellUnapplied } from './unapplied.js';

/** One of the things that a question lists: a choice, a row, a column, a value of a scale. */
export interface SurveyItem {
  readonly value: string;
  /** The value itself for want of a text. */
  readonly text: Localized;
  readonly image: string | null;
  readonly place: string;
}

/**
 * Reads a list of items; an absent one is empty. Null when it is not a list, or a longer one than may be: that is told.
 *
 * @param most how many items there may be
 */
export function readItems(
  element: SurveyElement,
  property: string,
  most: number,
  context: SurveyContext,
): readonly SurveyItem[] | null {
  const list = element.json[property];
  if (isAbsent(list)) return [];
  if (!Array.isArray(list) || list.length > most) {
    context.findings.problem(
      element.place(property),
      Array.isArray(list) ? `has ${list.length} items; at most ${most} are allowed` : 'must be a list',
    );
    return null;
  }
  return list.flatMap((json: unknown, index) => readItem(json, element.place(`${property}[${index}]`), context));
}

/** Reads a list of items as options, none of them right so far; null when there is nothing to choose: that is told. */
export function readOptions(
  element: SurveyElement,
  property: string,
  context: SurveyContext,
): readonly SurveyOption[] | null {
  const items = readItems(element, property, definitionLimits.optionsPerQuestion, context);
  if (items?.length === 0) {
    context.findings.problem(element.place(), `needs "${property}" that stand here: none are fetched from elsewhere`);
  }
  return items && items.length > 0 ? items.map(optionOf) : null;
}

export function optionOf({ value, text, image, place }: SurveyItem): SurveyOption {
  return { value, label: text, image, correct: false, place };
}

function readItem(json: unknown, place: string, context: SurveyContext): readonly SurveyItem[] {
  const fields = isObject(json) ? json : { value: json };
  // SurveyJS takes the text of an item that has nothing else for its value.
  const value = scalarText(fields.value ?? fields.text);
  if (value === null) {
    context.findings.problem(place, 'must be a text, a number, or an object with such a "value"');
    return [];
  }
  tellUnapplied(fields, place, context.findings);
  if (Array.isArray(fields.elements)) context.findings.warning(place, 'questions within it are left out');
  // SurveyJS writes both in one as `value|text`.
  const [own = value, ...text] = value.split('|');
  return [{
    value: own,
    text: context.texts.read(fields.text, place) ?? context.texts.plain(text.join('|') || own),
    image: readImage(fields, place, context),
    place,
  }];
}

function readImage({ imageLink }: JsonObject, place: string, { findings }: SurveyContext): string | null {
  if (isAbsent(imageLink)) return null;
  const addresses = isObject(imageLink) ? [imageLink.default, ...Object.values(imageLink)] : [imageLink];
  const address = addresses.find((candidate) => typeof candidate === 'string' && candidate !== '');
  if (typeof address !== 'string') {
    findings.problem(place, 'its "imageLink" must be an address');
    return null;
  }
  if (isObject(imageLink)) findings.warning(place, 'an image is the same in all languages: the others are left out');
  return address;
}
