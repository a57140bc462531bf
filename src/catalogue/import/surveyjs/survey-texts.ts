import { localize, type Localized } from '../../../kernel/localized.js';
import { isObject } from '../json.js';
import { quoted } from '../quoted-text.js';
import type { Findings } from './findings.js';
import { localeOf, SURVEYJS_LANGUAGE } from './languages.js';

/** Reads the texts of a survey. */
export class SurveyTexts {
  /** What was told to be no locale. */
  private readonly unknown = new Set<string>();

  /** @param language the language of texts for which the survey names none */
  constructor(readonly language: string, private readonly findings: Findings) {}

  /** Reads a text, or texts by locale; null when there is none. */
  read(value: unknown, place: string): Localized | null {
    const text = isObject(value) ? this.byLocale(value, place) : this.single(value, place);
    return text.size === 0 ? null : Object.fromEntries(text);
  }

  /** A name or a value that is shown for want of a text. */
  plain(text: string): Localized {
    return { [this.language]: text };
  }

  /** Two texts as one line, in every language that either of them has. */
  joined(first: Localized, separator: string, second: Localized): Localized {
    const locales = new Set([...Object.keys(first), ...Object.keys(second)]);
    const inLocale = (text: Localized, locale: string): string => localize(text, locale, [this.language]) ?? '';
    return Object.fromEntries(
      Array.from(locales, (locale) => [locale, `${inLocale(first, locale)}${separator}${inLocale(second, locale)}`]),
    );
  }

  private single(value: unknown, place: string): Map<string, string> {
    const text = this.line(value, place);
    return new Map(text === null ? [] : [[this.language, text]]);
  }

  private byLocale({ default: unnamed, ...named }: Record<string, unknown>, place: string): Map<string, string> {
    const texts = new Map<string, string>();
    for (const [name, value] of Object.entries(named)) {
      const text = this.line(value, place);
      const locale = localeOf(name);
      if (locale === null) this.tellUnknown(name, place);
      else if (text !== null && !texts.has(locale)) texts.set(locale, text);
    }
    const text = this.line(unnamed, place);
    if (text !== null) this.placeDefault(text, texts, place);
    return texts;
  }

  /** A survey made in SurveyJS' own language may be set to show a translation first, which is then given by name. */
  private placeDefault(text: string, texts: Map<string, string>, place: string): void {
    const locale = [this.language, SURVEYJS_LANGUAGE].find((candidate) => !texts.has(candidate));
    if (locale !== undefined) {
      texts.set(locale, text);
    } else if (![...texts.values()].includes(text)) {
      const reason = `there is a text in "${this.language}" already`;
      this.findings.warning(place, `"default" is left out: ${reason}; tell its language by the survey's "locale"`);
    }
  }

  private line(value: unknown, place: string): string | null {
    if (value === undefined || value === null) return null;
    if (typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value))) {
      return String(value).trim() === '' ? null : String(value);
    }
    this.findings.problem(place, 'must be a text, or texts by locale');
    return null;
  }

  private tellUnknown(name: string, place: string): void {
    if (this.unknown.has(name)) return;
    this.unknown.add(name);
    const reason = 'it is no locale such as "ru" or "pt-br"';
    this.findings.warning(place, `texts in ${quoted(name)} are left out, here and everywhere: ${reason}`);
  }
}
