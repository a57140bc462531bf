import type { PublishedTest } from '../../catalogue/index.js';
import { localize, type Localized, readerLocale } from '../../kernel/localized.js';
import { fillPlaceholders } from '../../kernel/placeholders.js';
import { sanitizeRichText } from '../../kernel/rich-text.js';
import { type Calculation, toPlatformJson, valueAt } from '../../scoring/index.js';
import { type Format, formatIn } from './format.js';
import { plainText } from './plain-text.js';
import { type Words, wordsIn } from './words.js';

/** What a report is made from. */
export interface ReportSource {
  /** The edition that was answered. */
  readonly edition: PublishedTest;
  readonly calculation: Calculation;
  readonly savedAt: Date;
}

/** A source in the reader's language. */
export interface Reading extends ReportSource {
  readonly locale: string;
  readonly words: Words;
  readonly format: Format;
  /** The calculation in the platform's shape, to which the author's paths refer. */
  readonly result: Readonly<Record<string, unknown>>;
  /** A plain text. */
  readonly text: ReadText;
  /** A plain text with its placeholders filled in, as plain text too. */
  readonly filledText: ReadText;
  /** A rich text, as clean HTML. */
  readonly html: ReadText;
  /** A rich text with its placeholders filled in, as clean HTML. */
  readonly filledHtml: ReadText;
}

/** Gives a text of the author's in the reader's language; null when there is none. */
type ReadText = (text: Localized | null | undefined) => string | null;

/** Begins the paths of the author's own texts, which are simple HTML. */
const CONFIG = 'config.';

/** Prepares a source for a reader who asked for a language, or for none. */
export function readingOf(source: ReportSource, requested: string | null): Reading {
  const { edition, calculation } = source;
  const locale = readerLocale(requested, edition.locales);
  const format = formatIn(locale);
  const result = toPlatformJson(calculation);
  const text: ReadText = (localized) => localize(localized ?? null, locale, edition.locales);
  const valueOf = (path: string, ofConfig: (html: string) => string): string => {
    if (path.startsWith(CONFIG)) {
      const config = edition.report?.texts ?? {};
      const key = path.slice(CONFIG.length);
      return Object.hasOwn(config, key) ? ofConfig(text(config[key]) ?? '') : '';
    }
    const number = valueAt(result, path);
    return number === null ? '' : format.number(number);
  };
  const filled = (localized: Localized | null | undefined, ofConfig: (html: string) => string): string | null => {
    const content = text(localized);
    return content === null ? null : fillPlaceholders(content, (path) => valueOf(path, ofConfig));
  };
  return {
    ...source, locale, words: wordsIn(locale), format, result, text,
    filledText: (localized) => filled(localized, plainText),
    html: (localized) => cleaned(text(localized)),
    // Cleaned after filling: two clean texts can make one that is not.
    filledHtml: (localized) => cleaned(filled(localized, (html) => html)),
  };
}

function cleaned(html: string | null): string | null {
  return html === null ? null : sanitizeRichText(html).html;
}
