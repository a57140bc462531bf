/**
 * A text in several languages, keyed by locale (`ru`, `en`, `pt-BR`).
 * A locale without a text is absent: never null, never an empty string.
 */
export type Localized = Readonly<Record<string, string>>;

/**
 * The text to show: in the requested locale, else in the first of the test's own locales that has one, else in any.
 * The one place that decides the fallback; null only when there is no text at all.
 *
 * @param text the translations, or null when the author wrote none
 * @param requested the reader's locale; null asks for the test's own first language
 * @param own the test's locales, the author's language first
 */
export function localize(text: Localized | null, requested: string | null, own: readonly string[]): string | null {
  if (text === null) return null;
  for (const locale of candidates(requested, own)) {
    // An own text: a locale may be called like a method of every object.
    if (Object.hasOwn(text, locale) && text[locale]) return text[locale];
  }
  return Object.values(text).find((translation) => translation !== '') ?? null;
}

/** The locales to try in order: `pt-BR` and `PT` are satisfied by `pt` before the next locale is asked. */
function candidates(requested: string | null, own: readonly string[]): readonly string[] {
  const wanted = requested === null ? own : [spelt(requested), ...own];
  return wanted.flatMap((locale) => [locale, locale.split('-', 1)[0]!]);
}

/** As texts are keyed: `pt-br` is `pt-BR`. Whatever else a reader's locale says is not asked for. */
function spelt(requested: string): string {
  const [language = '', region = ''] = requested.split('-', 2);
  return region.length === 2 ? `${language.toLowerCase()}-${region.toUpperCase()}` : language.toLowerCase();
}

const LOCALE = /^[a-z\d]{1,8}(?:-[a-z\d]{1,8}){0,7}$/i;

/** Whether a text has the form of a locale, such as `ru` or `en-GB`; whether anybody speaks it is another matter. */
export function isLocale(text: string): boolean {
  return LOCALE.test(text);
}

/** The language in which a reader sees something whole: the requested one when it is among its own, else its first. */
export function readerLocale(requested: string | null, own: readonly string[]): string {
  const found = requested === null ? undefined : candidates(requested, []).find((locale) => own.includes(locale));
  return found ?? own[0] ?? 'en';
}
