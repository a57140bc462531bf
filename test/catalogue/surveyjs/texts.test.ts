import { describe, expect, it } from '@jest/globals';
import type { TestMetadata } from '../../../src/catalogue/import/test-metadata.js';
import { checked, element, lines, metaIn, read, surveyOf } from './builders.js';

const titled = (title: unknown, locale?: unknown): object =>
  ({ ...surveyOf(element('q', { title, choices: [1] })), locale });

describe('a text of a survey', () => {
  const texts: readonly (readonly [what: string, locale: string | undefined, title: unknown, expected: object])[] = [
    ['English without a word on it', undefined, 'Why?', { en: 'Why?' }],
    ['in the language of the survey', 'ru', 'Почему?', { ru: 'Почему?' }],
    ['in the languages that it names', undefined,
      { default: 'Why?', ru: 'Почему?', 'pt-br': 'Por quê?', 'zh-CN': '为什么？' },
      { en: 'Why?', ru: 'Почему?', 'pt-BR': 'Por quê?', 'zh-CN': '为什么？' }],
    ['in the language of the survey by default', 'ru',
      { default: 'Почему?', en: 'Why?' }, { ru: 'Почему?', en: 'Why?' }],
    ["in SurveyJS' own language by default where that of the survey is given", 'ru',
      { default: 'Why?', ru: 'Почему?' }, { ru: 'Почему?', en: 'Why?' }],
    ['in the languages that it names, without a default', 'ru', { en: 'Why?' }, { en: 'Why?' }],
    ['in the standard name of a language', undefined, { ua: 'Чому?' }, { uk: 'Чому?' }],
    ['in the first of two names of a language', undefined,
      { 'pt-br': 'Por quê?', 'pt-BR': 'Porque?' }, { 'pt-BR': 'Por quê?' }],
    ['in languages with a text only', undefined, { default: 'Why?', ru: '', de: '  ', fr: null }, { en: 'Why?' }],
    ['a number', undefined, { default: 5 }, { en: '5' }],
    ['the name, where there is no text', 'ru', { default: '', en: ' ' }, { ru: 'q' }],
    ['the name, where there is nothing', 'ru', null, { ru: 'q' }],
    ['the name, where it is empty', undefined, {}, { en: 'q' }],
  ];
  it.each(texts)('is %s', (_what, locale, title, expected) => {
    expect(checked(read(titled(title, locale))).questions[0]?.name).toEqual(expected);
  });

  const unknown = ['russian', 'zh-hans-cn', '', 'e', '__proto__', 'constructor'];
  it.each(unknown)('in the language %p is left out, which is told once', (locale) => {
    const text = JSON.parse(`{ "default": "Why?", ${JSON.stringify(locale)}: "?" }`);
    const { input, warnings } = read({ ...surveyOf(element('a', { title: text, description: text })), locale: 'en' });
    expect(input?.questions[0]).toMatchObject({ name: { en: 'Why?' }, text: { en: 'Why?' } });
    expect(lines(warnings)).toEqual([
      `survey.json: pages[0].elements[0].title "a": texts in ${JSON.stringify(locale)} are left out, `
      + 'here and everywhere: it is no locale such as "ru" or "pt-br"',
    ]);
  });

  it('is left out by default where nobody knows its language, which is told', () => {
    const { warnings, input } = read(titled({ default: 'Warum?', en: 'Why?' }));
    expect(input?.questions[0]?.name).toEqual({ en: 'Why?' });
    expect(lines(warnings)).toEqual([expect.stringMatching(/title "q": "default" is left out: .* "locale"$/)]);
    expect(read(titled({ default: 'Why?', en: 'Why?' })).warnings).toEqual([]);
  });
});

describe('the languages of a test', () => {
  const german = { ...metaIn('de', 'fr'), description: { it: 'Test' }, authors: [{ slug: 'a', name: { es: 'A' } }] };
  type Case = readonly [what: string, about: TestMetadata, locale: unknown, title: unknown, locales: readonly string[]];
  const cases: readonly Case[] = [
    ["begin with the survey's own", metaIn('ru', 'en'), 'en', { default: 'Why?', fi: 'Miksi?' }, ['en', 'ru', 'fi']],
    ["begin with the name's first where it is not in the survey's own", metaIn('ru', 'fr'), 'en', 'Why?',
      ['ru', 'fr', 'en']],
    ["begin with the name's first where the survey names none", metaIn('ru'), undefined, 'Почему?', ['ru']],
    ['begin with English where the survey names none but the name is in it', metaIn('ru', 'en'), undefined, 'Why?',
      ['en', 'ru']],
    ['are those of all metadata and texts', german, 'de', { default: 'Warum?', 'pt-br': 'Por quê?' },
      ['de', 'fr', 'it', 'es', 'pt-BR']],
    ['have the form of ours', metaIn('pt-BR'), 'pt-br', 'Por quê?', ['pt-BR']],
  ];
  it.each(cases)('%s', (_what, about, locale, title, locales) => {
    expect(checked(read(titled(title, locale), about)).locales).toEqual(locales);
  });

  it('are not those of texts that are left out', () => {
    const html = { type: 'html', html: { fr: '<p>Texte</p>' } };
    const hidden = { value: 'a', text: { it: 'Leone' }, imageLink: '/a.png' };
    const image = { type: 'imagepicker', name: 'i', choices: [hidden] };
    const pages = [{ title: { de: 'Seite' }, elements: [html, image, element('q')] }];
    const survey = { locale: 'ru', title: { fi: 'Otsikko' }, pages };
    expect(checked(read(survey, metaIn('ru'))).locales).toEqual(['ru']);
  });

  it('are those in which the words of SurveyJS are given', () => {
    const words = (locale: string, ...more: readonly string[]): unknown => {
      const survey = { ...surveyOf({ type: 'boolean', name: 'q' }), locale };
      return checked(read(survey, metaIn(locale, ...more))).questions[0]?.options.map(({ text }) => text);
    };
    expect(words('en')).toEqual([{ en: 'Yes' }, { en: 'No' }]);
    expect(words('ru')).toEqual([{ ru: 'Да' }, { ru: 'Нет' }]);
    expect(words('ru', 'en', 'fi')).toEqual([{ en: 'Yes', ru: 'Да' }, { en: 'No', ru: 'Нет' }]);
    expect(words('fi')).toEqual([{ fi: 'Yes' }, { fi: 'No' }]);
  });

  it.each(['klingon', 5, {}, ['ru']])('are told to be others than the "locale" %j', (locale) => {
    const imported = read(titled('Почему?', locale), metaIn('ru'));
    expect(checked(imported).locales).toEqual(['ru']);
    expect(lines(imported.warnings)).toEqual([
      'survey.json: locale: is no locale such as "ru" or "pt-br"; "ru" is taken instead',
    ]);
  });
});
