import { describe, expect, it } from '@jest/globals';
import { QuestionKind } from '../../../src/catalogue/index.js';
import { inputOf, lines, OPTION, quizOf, read } from './builders.js';

const NAME = '<name>Вопрос</name>';
const item = (attributes: string, content = NAME + OPTION): string => `<item id="1" ${attributes}>${content}</item>`;
const options = (...attributes: string[]): string =>
  `${NAME}<options>${attributes.map((given) => `<option ${given}>Да</option>`).join('')}</options>`;
const checkbox = (count: string, ...values: string[]): string =>
  item(`method="checkbox" count="${count}"`, options(...values.map((value) => `value="${value}"`)));
const boxes = (...values: string[]): object =>
  ({ kind: QuestionKind.CHECKBOX, options: values.map((value) => ({ value, text: { ru: 'Да' }, correct: false })) });
const field = (attributes: string): string => item('method="text"', `${NAME}<fields><field ${attributes}/></fields>`);

const plain = {
  id: '1', kind: QuestionKind.OPTION, name: { ru: 'Вопрос' },
  timerSeconds: 0, backAllowed: true, forwardAllowed: false, answerShown: false,
  options: [{ value: '1', text: { ru: 'Да' }, correct: false }],
};

const fields = (...list: object[]): object => ({ kind: QuestionKind.TEXT, options: list });

function questionsOf(items: string): unknown[] {
  return inputOf(read(quizOf(items))).questions;
}

it('a question with nothing but its name and options has the defaults, and nothing for what is absent', () => {
  expect(questionsOf(item(''))).toStrictEqual([plain]);
});

describe('an item that is read without a word', () => {
  const cases: readonly [what: string, item: string, question: object][] = [
    ['an element of any name', `<question id="1">${NAME}${OPTION}</question>`, {}],
    ['an id with zeros before it', `<item id="007">${NAME}${OPTION}</item>`, { id: '7' }],
    ['an id with a sign', `<item id="-7">${NAME}${OPTION}</item>`, { id: '-7' }],
    ['an id with a plus', `<item id="+7">${NAME}${OPTION}</item>`, { id: '7' }],
    ...Object.values(QuestionKind).filter((kind) => kind !== QuestionKind.TEXT).flatMap((kind) =>
      [kind, kind.toLowerCase(), kind.charAt(0) + kind.slice(1).toLowerCase()].map((method): [string, string, object] =>
        [`the method ${method}`, item(`method="${method}"`), { kind }])),
    ['an empty method', item('method=""'), { kind: 'OPTION' }],
    ['a group', item('group="iq-1"'), { group: 'iq-1' }],
    ['an empty group', item('group=""'), { group: undefined }],
    ['the group 0', item('group="0"'), { group: undefined }],
    ['an empty count', item('count=""'), { count: undefined }],
    ['a count', checkbox('02', '1', '2'), { ...boxes('1', '2'), count: 2 }],
    ['a count of 1 for a gradient without options', item('method="gradient" count="1"', NAME),
      { kind: QuestionKind.GRADIENT, count: 1, options: [] }],
    ['a timer', item('timer="30"'), { timerSeconds: 30 }],
    ['an empty timer', item('timer=""'), { timerSeconds: 0 }],
    ['a timer of a day', item('timer="86400"'), { timerSeconds: 86_400 }],
    ['flags that are true', item('showAnswer="true" enabledForward="true" enabledBack="true"'),
      { answerShown: true, forwardAllowed: true, backAllowed: true }],
    ['flags that are false', item('showAnswer="false" enabledForward="false" enabledBack="false"'),
      { answerShown: false, forwardAllowed: false, backAllowed: false }],
    ['an empty enabledBack', item('enabledBack=""'), { backAllowed: false }],
    ['the attribute for sorting', item('qtype="top"'), {}],
    ['a text with spaces and line breaks', item('', `${NAME}<text>\n  Один \t два\n</text>${OPTION}`),
      { text: { ru: 'Один два' } }],
    ['a text in both languages', item('', `${NAME}<text><ru>Да</ru> <en>Yes</en></text>${OPTION}`),
      { text: { ru: 'Да', en: 'Yes' } }],
    ['a text in English only', item('', `${NAME}<text><en>Yes</en></text>${OPTION}`), { text: { en: 'Yes' } }],
    ['a text with an empty language', item('', `${NAME}<text><ru>Да</ru><en> </en></text>${OPTION}`),
      { text: { ru: 'Да' } }],
    ['a text that is empty in all languages', item('', `${NAME}<text><ru/><en></en></text>${OPTION}`),
      { text: undefined }],
    ['escaped markup', item('', `${NAME}<text>&lt;b&gt;Да&lt;/b&gt; &amp;amp; &#1044;</text>${OPTION}`),
      { text: { ru: '<b>Да</b> &amp; Д' } }],
    ['markup in a CDATA section', item('', `${NAME}<text><ru>a <![CDATA[<b>Да</b>]]></ru></text>${OPTION}`),
      { text: { ru: 'a <b>Да</b>' } }],
    ['comments and instructions', item('', `<name>Во<!-- x --><?y z?>прос</name>${OPTION}`),
      { name: { ru: 'Вопрос' } }],
    ['feedback', item('', `${NAME}${OPTION}<right>Верно</right><wrong><ru>Нет</ru><en>No</en></wrong>`),
      { correctFeedback: { ru: 'Верно' }, wrongFeedback: { ru: 'Нет', en: 'No' } }],
    ['an image', item('', `${NAME}<img> pics/one.png </img>${OPTION}`), { image: 'pics/one.png' }],
    ['an empty image', item('', `${NAME}<img/>${OPTION}`), { image: undefined }],
    ['a name that JavaScript knows', item('group="__proto__"', options('value="__proto__"')),
      { group: '__proto__', options: [{ value: '__proto__', text: { ru: 'Да' }, correct: false }] }],
    ['options of all sorts',
      item('', options('value="a" img="b.png"', 'img="" correct="true"', 'value=" 2 " correct=""')), {
        options: [
          { value: 'a', text: { ru: 'Да' }, image: 'b.png', correct: false },
          { value: '', text: { ru: 'Да' }, correct: true },
          { value: ' 2 ', text: { ru: 'Да' }, correct: false },
        ],
      }],
    ['an option without a text', item('', `${NAME}<options><option value="a" img="a.png"/></options>`),
      { options: [{ value: 'a', image: 'a.png', correct: false }] }],
    ['a field with one right answer', field('correct=" Дом " type="text"'), fields({ value: ' Дом ', correct: false })],
    ['a field without anything', field(''), fields({ value: '', correct: false })],
    ['a field with a right answer for English', field('correct="дом" correct-en="house"'),
      fields({ value: 'дом', translations: { en: 'house' }, correct: false })],
    ['a field with a right answer for Russian', field('correct="house" correct-ru="дом"'),
      fields({ value: 'дом', translations: { en: 'house' }, correct: false })],
    ['a field with right answers that are equal', field('correct="1" correct-ru="1" correct-en="1"'),
      fields({ value: '1', correct: false })],
    ['a field with a right answer in Russian only', field('correct-ru="дом" correct-en=""'),
      fields({ value: 'дом', correct: false })],
    ['a field with a right answer in English only', field('correct-en="house"'),
      fields({ value: 'house', correct: false })],
    ['a field with a placeholder', field('placeholder="N"'), fields({ value: '', text: { ru: 'N' }, correct: false })],
    ['a field with placeholders', field('placeholder="N" placeholder-ru="Число" placeholder-en="Number"'),
      fields({ value: '', text: { ru: 'Число', en: 'Number' }, correct: false })],
    ['a field with a placeholder for Russian and one for all', field('placeholder="N" placeholder-ru="Число"'),
      fields({ value: '', text: { ru: 'Число', en: 'N' }, correct: false })],
    ['a field with an English placeholder', field('placeholder-en="Number"'),
      fields({ value: '', text: { en: 'Number' }, correct: false })],
  ];

  it.each(cases)('%s', (_what, xml, question) => {
    const imported = read(quizOf(xml));
    expect(imported.warnings).toEqual([]);
    expect(inputOf(imported).questions).toEqual([{ ...plain, ...question }]);
  });
});

describe('an item that is read with a warning', () => {
  const ITEM = 'quiz.xml:2 item id="1"';
  const cases: readonly [what: string, item: string, warning: string, question: object][] = [
    ['an unknown attribute', item('level="2" color="red"'),
      `${ITEM}: has attributes of no known meaning, which are left out: level, color`, {}],
    ['an unknown element', item('', `${NAME}${OPTION}\n<hint>x</hint>`),
      'quiz.xml:3 hint: has no known meaning here and is left out', {}],
    ['a second name', item('', `${NAME}<name>x</name>${OPTION}`),
      'quiz.xml:2 name: stands here a second time and is left out', {}],
    ['a second Russian text', item('', `<name><ru>Вопрос</ru><ru>x</ru></name>${OPTION}`),
      'quiz.xml:2 ru: stands here a second time and is left out', {}],
    ['text between elements', item('', `${NAME}x${OPTION}`),
      `${ITEM}: has text between its elements, which is left out`, {}],
    ['an attribute of a text', item('', `<name lang="ru">Вопрос</name>${OPTION}`),
      'quiz.xml:2 name: has attributes of no known meaning, which are left out: lang', {}],
    ['an attribute of a language', item('', `<name><ru b="c">Вопрос</ru></name>${OPTION}`),
      'quiz.xml:2 ru: has attributes of no known meaning, which are left out: b', {}],
    ['an element in an image', item('', `${NAME}<img>a.png<ru>b.png</ru></img>${OPTION}`),
      'quiz.xml:2 ru: has no known meaning here and is left out', { image: 'a.png' }],
    ['an attribute of an option', item('', options('value="1" score="2"')),
      'quiz.xml:2 option: has attributes of no known meaning, which are left out: score', {}],
    ['something else among options', item('', `${NAME}<options><choice/><option value="1">Да</option></options>`),
      'quiz.xml:2 choice: is left out: only option may stand here', {}],
    ['an attribute of a field', field('value="1"'),
      'quiz.xml:2 field: has attributes of no known meaning, which are left out: value',
      fields({ value: '', correct: false })],
    ['text in a field', item('method="text"', `${NAME}<fields><field>дом</field></fields>`),
      'quiz.xml:2 field: has text between its elements, which is left out', fields({ value: '', correct: false })],
    ['options of a text question', item('method="text"', `${NAME}${OPTION}`),
      'quiz.xml:2 options: has no meaning for the method text and is left out', fields()],
    ['fields of a question with options', item('', `${NAME}${OPTION}<fields/>`),
      'quiz.xml:2 fields: has no meaning for the method option and is left out', {}],
    ['a count of 0', checkbox('0', '1'), `${ITEM}: has the count "0", which is left out: it must be a positive integer`,
      boxes('1')],
    ['a count that is no number', checkbox('two', '1'),
      `${ITEM}: has the count "two", which is left out: it must be a positive integer`, boxes('1')],
    ['a count beyond the options', checkbox('2', '1'),
      `${ITEM}: has a count of 2, which is left out: an answer has at most 1`, boxes('1')],
    ['a count of a gradient', item('method="gradient" count="2"', options('value="1"', 'value="2"')),
      `${ITEM}: has a count of 2, which is left out: an answer has at most 1`,
      { ...boxes('1', '2'), kind: QuestionKind.GRADIENT }],
    ['a count of a text question', item('method="text" count="1"', `${NAME}<fields><field correct="a"/></fields>`),
      `${ITEM}: has a count of 1, which is left out: its fields are the count`, fields({ value: 'a', correct: false })],
    ['a timer that is no number', item('timer="5s"'),
      `${ITEM}: has the timer "5s", which is left out: it must be a number of seconds`, { timerSeconds: 0 }],
    ['a timer below 0', item('timer="-5"'),
      `${ITEM}: has the timer "-5", which is left out: it must be a number of seconds`, { timerSeconds: 0 }],
    ['a timer of more than a day', item('timer="86401"'), `${ITEM}: has a timer of 86401 seconds, set to a day, 86400`,
      { timerSeconds: 86_400 }],
    ['another word for true', item('showAnswer="True"'),
      `${ITEM}: has showAnswer="True", which is understood as "false": only "true" is true`, { answerShown: false }],
    ['another word for allowed', item('enabledBack="1"'),
      `${ITEM}: has enabledBack="1", which is understood as "false": only "true" is true`, { backAllowed: false }],
    ['a correct option marked by a number', item('', options('value="1" correct="1"')),
      'quiz.xml:2 option: has correct="1", which is understood as "false": only "true" is true', {}],
    ['an id that was there', `<item id="01"><name>Прежний</name></item>\n${item('')}`,
      'quiz.xml:3 item id="1": replaces an earlier question of the same id, at the place of that', {}],
  ];

  it.each(cases)('%s', (_what, xml, warning, question) => {
    const imported = read(quizOf(xml));
    expect(lines(imported.warnings)).toEqual([warning]);
    expect(inputOf(imported).questions).toEqual([{ ...plain, ...question }]);
  });
});

it('a repeated id keeps the place of the first item and the content of the last', () => {
  const items = ['1', '2', '1'].map((id, index) => `<item id="${id}"><name>${index}</name>${OPTION}</item>`);
  expect(questionsOf(items.join(''))).toEqual([
    expect.objectContaining({ id: '1', name: { ru: '2' } }), expect.objectContaining({ id: '2', name: { ru: '1' } }),
  ]);
});

it('items keep their order, whatever their ids are', () => {
  const items = ['11', '3', '-7'].map((id) => `<item id="${id}">${NAME}${OPTION}</item>`);
  expect(questionsOf(items.join(''))).toEqual(['11', '3', '-7'].map((id) => expect.objectContaining({ id })));
});
