import { describe, expect, it } from '@jest/globals';
import { localize, readerLocale } from '../../src/kernel/localized.js';

describe('the text to show', () => {
  const both = { ru: 'Имя', en: 'Name' };
  it.each([
    ['the requested language', both, 'en', ['ru', 'en'], 'Name'],
    ['the language of a requested region', both, 'en-GB', ['ru', 'en'], 'Name'],
    ["the test's own first language", both, 'de', ['ru', 'en'], 'Имя'],
    ["the test's own, when nothing is requested", both, null, ['en', 'ru'], 'Name'],
    ['any language', { de: 'Name' }, 'ru', ['en'], 'Name'],
    ['no empty text', { ru: '', en: 'Name' }, 'ru', ['ru'], 'Name'],
    ['nothing, when there is no text', {}, 'ru', ['ru'], null],
    ['nothing, when the author wrote none', null, 'ru', ['ru'], null],
    ['no method of every object', both, 'constructor', ['ru'], 'Имя'],
  ])('is %s', (_what, text, requested, own, shown) => {
    expect(localize(text, requested, own)).toBe(shown);
  });
});

describe('the language of a reader', () => {
  it.each([
    ['the requested one', 'en', ['ru', 'en'], 'en'],
    ['the language of a requested region', 'en-US', ['ru', 'en'], 'en'],
    ['a requested region', 'pt-BR', ['pt', 'pt-BR'], 'pt-BR'],
    ['a region in another spelling', 'PT-br', ['pt', 'pt-BR'], 'pt-BR'],
    ['the language of a longer tag', 'en-Latn-US', ['ru', 'en'], 'en'],
    ["the test's own first, when the test does not speak it", 'de', ['ru', 'en'], 'ru'],
    ["the test's own first, when nothing is requested", null, ['en', 'ru'], 'en'],
  ])('is %s', (_what, requested, own, locale) => {
    expect(readerLocale(requested, own)).toBe(locale);
  });
});
