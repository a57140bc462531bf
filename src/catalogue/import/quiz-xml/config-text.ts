import type { XmlElement } from '@rgrove/parse-xml';
import type { Localized } from '../../../kernel/localized.js';
import { fillPlaceholders } from '../../../kernel/placeholders.js';
import { htmlText, plainText } from './localized-text.js';
import type { Notes } from './notes.js';

const EXPRESSION = /\{[{%#]/;
const EXPRESSION_LEFT =
  'has a template expression, which is shown as it stands: only {{ dotted.path }} placeholders are filled in';

/** A text of a report as HTML; null when there is none in any language. */
export function configHtml(element: XmlElement | undefined, notes: Notes): Localized | null {
  return withoutTemplates(element, htmlText(element, notes), notes);
}

/** A plain text of a report; null when there is none in any language. */
export function configPlain(element: XmlElement | undefined, notes: Notes): Localized | null {
  return withoutTemplates(element, plainText(element, notes), notes);
}

/** The platform evaluates the texts of reports as templates. */
function withoutTemplates(element: XmlElement | undefined, text: Localized | null, notes: Notes): Localized | null {
  const rest = Object.values(text ?? {}).map((translation) => fillPlaceholders(translation, () => ''));
  if (element && rest.some((translation) => EXPRESSION.test(translation))) notes.warning(element, EXPRESSION_LEFT);
  return text;
}
