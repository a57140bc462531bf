import { describe, expect, it } from '@jest/globals';
import { configOf, inputOf, meta, OPTION, quizOf, read } from './builders.js';

const item = (id: string, name: string): string => `<item id="${id}"><name>${name}</name>${OPTION}</item>`;

describe('the languages of a test', () => {
  const russian = item('1', 'Вопрос');
  const english = item('1', '<en>Question</en>');
  const cases: readonly [what: string, about: object, items: string, config: string | null, locales: string[]][] = [
    ['Russian texts', { name: { ru: 'Тест' } }, russian, null, ['ru']],
    ['an English question', { name: { ru: 'Тест' } }, english, null, ['ru', 'en']],
    ['an English placeholder', { name: { ru: 'Тест' } },
      '<item id="1" method="text"><name>Вопрос</name><fields><field placeholder-en="Number"/></fields></item>', null,
      ['ru', 'en']],
    ['an English right answer', { name: { ru: 'Тест' } },
      '<item id="1" method="text"><name>Вопрос</name><fields><field correct="дом" correct-en="house"/></fields></item>',
      null, ['ru', 'en']],
    ['an English text of the report', { name: { ru: 'Тест' } }, russian, '<texts><intro><en>Intro</en></intro></texts>',
      ['ru', 'en']],
    ['an English name', { name: { en: 'Test', ru: 'Тест' } }, russian, null, ['ru', 'en']],
    ['an English description', { name: { ru: 'Тест' }, description: { en: 'About' } }, russian, null, ['ru', 'en']],
    ['an English name only', { name: { en: 'Test' }, description: { en: 'About' } },
      english.replace(OPTION, '<options/>'), null, ['en']],
    ['an English name of a Russian test', { name: { en: 'Test' } }, russian, null, ['en', 'ru']],
    ['more languages of the name', { name: { de: 'Test', ru: 'Тест' } }, english, null, ['ru', 'en', 'de']],
    ['a name in none of the two languages', { name: { de: 'Test' }, description: { de: 'Test' } }, russian, null,
      ['de', 'ru']],
    ['the name of an author', { name: { ru: 'Тест' }, authors: [{ slug: 'a', name: { 'pt-BR': 'A' } }] }, russian, null,
      ['ru', 'pt-BR']],
  ];

  it.each(cases)('are all that a text is in, its own first: %s', (_what, about, items, config, locales) => {
    expect(inputOf(read(quizOf(items), config && configOf(config), { ...meta, ...about })).locales).toEqual(locales);
  });

  it('decide which right answer of a text question is the first one', () => {
    const fields = '<fields><field correct="дом" correct-en="house"/><field correct-ru="кот"/></fields>';
    const quiz = quizOf(`<item id="1" method="text"><name>Вопрос</name>${fields}</item>`);
    expect(inputOf(read(quiz, null, { ...meta, name: { en: 'Test' } })).questions[0]?.options).toEqual([
      { value: 'house', translations: { ru: 'дом' }, correct: false }, { value: 'кот', correct: false },
    ]);
  });
});
