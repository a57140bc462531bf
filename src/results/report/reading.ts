import type { PublishedTest } from '../../catalogue/index.js';
import { localize, type Localized, readerLocale } from '../../kernel/localized.js';
import { fillPlaceholders } from '../../kernel/placeholders.js';
import { sanitizeRichText } from '../../kernel/rich-text.js';
import { type Calculation, toPlatformJson, valueAt } from '../../scoring/index.js';
import { type Format, formatIn } from './format.js';
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
  /** The text to show; null when the author wrote none. */
  readonly text: (text: Localized | null | undefined) => string | null;
  /** The same with its placeholders filled in. */
  readonly filled: (text: Localized | null | undefined) => string | null;
  /** The same as clean HTML. */
  readonly rich: (text: Localized | null | undefined) => string | null;
}

/** Prepares a source for a reader who asked for a language, or for none. */
export function readingOf(source: ReportSource, requested: string | null): Reading {
  const { edition, calculation } = source;
  const locale = readerLocale(requested, edition.locales);
  const format = formatIn(locale);
  const result = toPlatformJson(calculation);
  const text = (localized: Localized | null | undefined): string | null =>
    localize(localized ?? null, locale, edition.locales);
  const valueOf = (path: string): string => {
    const config = edition.report?.texts ?? {};
    const key = path.startsWith('config.') ? path.slice('config.'.length) : null;
    if (key !== null) return Object.hasOwn(config, key) ? (text(config[key]) ?? '') : '';
    const number = valueAt(result, path);
    return number === null ? '' : format.number(number);
  };
  const filled = (localized: Localized | null | undefined): string | null => {
    const content = text(localized);
    return content === null ? null : fillPlaceholders(content, valueOf);
  };
  const rich = (localized: Localized | null | undefined): string | null => {
    const content = filled(localized);
    // Cleaned after filling: two clean texts can make one that is not.
    return content === null ? null : sanitizeRichText(content).html;
  };
  return { ...source, locale, words: wordsIn(locale), format, result, text, filled, rich };
}
