/** How a reader's language writes numbers and dates. The same value always gives the same text. */
export interface Format {
  /** With at most one digit after the decimal sign. */
  readonly number: (value: number) => string;
  /** Rounded to a whole number. */
  readonly whole: (value: number) => string;
  /** A whole percentage, such as `75%`, as the platform writes it. */
  readonly percent: (value: number) => string;
  /** The day in words, in Coordinated Universal Time. */
  readonly day: (moment: Date) => string;
}

const made = new Map<string, Format>();
/** Locales are the tests' own: there are few. */
const FORMATS_KEPT = 100;

/** The formats of a locale; those of English for one that is unknown. */
export function formatIn(locale: string): Format {
  const known = made.get(locale);
  if (known) return known;
  const format = makeFormat(Intl.NumberFormat.supportedLocalesOf(locale).length > 0 ? locale : 'en');
  if (made.size < FORMATS_KEPT) made.set(locale, format);
  return format;
}

function makeFormat(locale: string): Format {
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
  return {
    number: (value) => number.format(value),
    whole: (value) => whole.format(value),
    percent: (value) => `${whole.format(value)}%`,
    day: (moment) => day.format(moment),
  };
}
