import { describe, expect, it } from '@jest/globals';
import { lines, OPTION, quizOf, read } from './builders.js';

const NAME = '<name>Вопрос</name>';
const item = (attributes: string, content = NAME + OPTION): string => `<item id="1" ${attributes}>${content}</item>`;

describe('an item that is refused', () => {
  const NO_MARKUP = 'is markup, which must be escaped or in a CDATA section; only ru and en may stand in a plain text';
  const ITEM = 'quiz.xml:2 item id="1"';
  const cases: readonly [what: string, item: string, problems: string[]][] = [
    ['without an id', `<item>${NAME}${OPTION}</item>`,
      ['quiz.xml:2 item: must have an id that is an integer of at most 15 digits']],
    ['an id that is no integer', `<item id="1.5">${NAME}</item>`,
      ['quiz.xml:2 item id="1.5": must have an id that is an integer of at most 15 digits']],
    ['an id of too many digits', `<item id="1234567890123456">${NAME}</item>`,
      ['quiz.xml:2 item id="1234567890123456": must have an id that is an integer of at most 15 digits']],
    ['an unknown method', item('method="slider"'),
      [`${ITEM}: has the unknown method "slider"; known are option, checkbox, text, rating, gradient`]],
    ['a method that every object has', item('method="constructor"'),
      [`${ITEM}: has the unknown method "constructor"; known are option, checkbox, text, rating, gradient`]],
    ['without a name', item('', OPTION), [`${ITEM}: must have a name that is not empty`]],
    ['a name that is empty in all languages', item('', `<name><ru> </ru></name>${OPTION}`),
      [`${ITEM}: must have a name that is not empty`]],
    ['markup in a name', item('', `\n<name>a <b>c</b></name>${OPTION}`),
      [`quiz.xml:3 b: ${NO_MARKUP}`]],
    ['markup in a language', item('', `${NAME}<text><ru>a <b>c</b></ru></text>${OPTION}`),
      [`quiz.xml:2 b: ${NO_MARKUP}`]],
    ['another language', item('', `${NAME}<text><ru>a</ru><de>b</de></text>${OPTION}`),
      [`quiz.xml:2 de: ${NO_MARKUP}`]],
    ['text beside languages', item('', `${NAME}<text>Да <en>Yes</en></text>${OPTION}`),
      ['quiz.xml:2 text: has text beside its languages: write it into ru and en']],
    ['everything at once, and another item', `<item method="x">${OPTION}</item>\n<item id="b">${OPTION}</item>`, [
      'quiz.xml:2 item: must have an id that is an integer of at most 15 digits',
      'quiz.xml:2 item: has the unknown method "x"; known are option, checkbox, text, rating, gradient',
      'quiz.xml:2 item: must have a name that is not empty',
      'quiz.xml:3 item id="b": must have an id that is an integer of at most 15 digits',
      'quiz.xml:3 item id="b": must have a name that is not empty',
    ]],
  ];

  it.each(cases)('%s', (_what, xml, problems) => {
    const imported = read(quizOf(xml));
    expect(lines(imported.problems)).toEqual(problems);
    expect(imported.input).toBeNull();
  });
});
