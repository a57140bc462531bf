import numberToWords from 'number-to-words-ru';
import { roublesOf } from '../../kernel/money.js';

const whole = new Intl.NumberFormat('ru');
const hundredths = new Intl.NumberFormat('ru', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** A whole number as Russian documents show it: `1 000`, with a space that does not break. */
export function shownNumber(number: number): string {
  return whole.format(number);
}

/** Kopecks as Russian documents show roubles: `1 500,00`. */
export function shownAmount(kopecks: number): string {
  return hundredths.format(kopecks / 100);
}

/** Kopecks as roubles in words, with the kopecks in digits: `Одна тысяча пятьсот рублей 00 копеек`. */
export function amountInWords(kopecks: number): string {
  return numberToWords.convert(roublesOf(kopecks));
}

/** The day of a moment in a time zone, in one line: `22 ноября 2026 г.`, or `22.11.2026` where it has to be short. */
export function shownDate(moment: Date, timeZone: string, dateStyle: 'long' | 'short' = 'long'): string {
  return new Intl.DateTimeFormat('ru', { dateStyle, timeZone }).format(moment).replaceAll(' ', '\u00a0');
}

/** An ISO date in words: `22 ноября 2026 г.` */
export function shownDay(day: string): string {
  return shownDate(new Date(day), 'UTC');
}
