import { describe, expect, it } from '@jest/globals';
import { element, inputOf, read, surveyOf } from './builders.js';

/** What is read of one question of a survey in English. */
function questions(json: object): unknown[] {
  return inputOf(read({ ...surveyOf({ name: 'q', ...json }), locale: 'en' })).questions;
}

const option = (value: string, text = value, more: object = {}): object => ({ value, text: { en: text }, ...more });
const right = (value: string, text = value): object => option(value, text, { correct: true });

type Case = readonly [what: string, json: object, expected: object];

const choiceCases: readonly Case[] = [
  ['radiogroup', { type: 'radiogroup', choices: ['a', 'b'] }, { kind: 'OPTION', options: [option('a'), option('b')] }],
  ['dropdown', { type: 'dropdown', choices: ['a', 'b'] }, { kind: 'OPTION', options: [option('a'), option('b')] }],
  ['checkbox', { type: 'checkbox', choices: ['a', 'b'] }, { kind: 'CHECKBOX', options: [option('a'), option('b')] }],
  ['tagbox', { type: 'tagbox', choices: ['a', 'b'] }, { kind: 'CHECKBOX', options: [option('a'), option('b')] }],
  ['ranking', { type: 'ranking', choices: ['a', 'b'] }, { kind: 'RATING', options: [option('a'), option('b')] }],
  ['choices of any plain values', { type: 'radiogroup', choices: [1, -2.5, true, 'x'] },
    { kind: 'OPTION', options: [option('1'), option('-2.5'), option('true'), option('x')] }],
  ['choices with texts',
    { type: 'radiogroup', choices: [{ value: 1, text: 'One' }, { value: 2, text: 2 }, { value: 3, text: ' ' }] },
    { kind: 'OPTION', options: [option('1', 'One'), option('2'), option('3')] }],
  ['a choice that is only a text', { type: 'radiogroup', choices: [{ text: 'Yes' }] },
    { kind: 'OPTION', options: [option('Yes')] }],
  ['a choice with value and text in one',
    { type: 'radiogroup', choices: ['1|One', 'a|b|c', { value: '2|two', text: 'Two' }, 'x|'] },
    { kind: 'OPTION', options: [option('1', 'One'), option('a', 'b|c'), option('2', 'Two'), option('x')] }],
  ['a choice with an image', { type: 'radiogroup', choices: [{ value: 'a', imageLink: '/a.png' }] },
    { kind: 'OPTION', options: [option('a', 'a', { image: '/a.png' })] }],
  ['imagepicker', { type: 'imagepicker', choices: [{ value: 'lion', text: 'Lion', imageLink: '/lion.png' }, 'none'] },
    { kind: 'OPTION', options: [{ value: 'lion', image: '/lion.png' }, option('none')] }],
  ['imagepicker with labels',
    { type: 'imagepicker', showLabel: true, choices: [{ value: 'lion', text: 'Lion', imageLink: '/lion.png' }] },
    { kind: 'OPTION', options: [option('lion', 'Lion', { image: '/lion.png' })] }],
  ['imagepicker of several',
    { type: 'imagepicker', multiSelect: true, choices: [{ value: 'lion', imageLink: '/lion.png' }] },
    { kind: 'CHECKBOX', options: [{ value: 'lion', image: '/lion.png' }] }],
];

const scaleCases: readonly Case[] = [
  ['rating', { type: 'rating' }, { kind: 'OPTION', options: ['1', '2', '3', '4', '5'].map((value) => option(value)) }],
  ['rating in a range', { type: 'rating', rateMin: 0, rateMax: 6, rateStep: 3 },
    { kind: 'OPTION', options: [option('0'), option('3'), option('6')] }],
  ['rating in steps that end before the range does', { type: 'rating', rateMin: 0, rateMax: 5, rateStep: 2 },
    { kind: 'OPTION', options: [option('0'), option('2'), option('4')] }],
  ['rating in parts of one', { type: 'rating', rateMin: 0, rateMax: 0.3, rateStep: 0.1 },
    { kind: 'OPTION', options: ['0', '0.1', '0.2', '0.3'].map((value) => option(value)) }],
  ['rating of a count', { type: 'rating', rateCount: 3 },
    { kind: 'OPTION', options: [option('1'), option('2'), option('3')] }],
  ['rating of a count from the smallest', { type: 'rating', rateCount: 2, rateMin: 4, rateStep: 5 },
    { kind: 'OPTION', options: [option('4'), option('9')] }],
  ['rating of a count to the largest', { type: 'rating', rateCount: 3, rateMax: 1 },
    { kind: 'OPTION', options: [option('-1'), option('0'), option('1')] }],
  ['rating by both ends whatever the count', { type: 'rating', rateCount: 9, rateMin: 1, rateMax: 2 },
    { kind: 'OPTION', options: [option('1'), option('2')] }],
  ['rating of listed values', { type: 'rating', rateMax: 9, rateValues: [1, { value: 5, text: 'many' }] },
    { kind: 'OPTION', options: [option('1'), option('5', 'many')] }],
  ['rating whose listed values are not used', { type: 'rating', rateMax: 2, autoGenerate: true, rateValues: [7, 8, 9] },
    { kind: 'OPTION', options: [option('1'), option('2')] }],
  ['rating with described ends',
    { type: 'rating', rateMax: 3, minRateDescription: 'not at all', maxRateDescription: 'very' },
    { kind: 'OPTION', options: [option('1', '1 – not at all'), option('2'), option('3', '3 – very')] }],
  ['rating with one value at both ends',
    { type: 'rating', rateMax: 1, minRateDescription: 'least', maxRateDescription: 'most' },
    { kind: 'OPTION', options: [option('1', '1 – least – most')] }],
  ['boolean', { type: 'boolean' }, {
    kind: 'OPTION',
    options: [{ value: 'true', text: { ru: 'Да', en: 'Yes' } }, { value: 'false', text: { ru: 'Нет', en: 'No' } }],
  }],
  ['boolean with its own values and labels',
    { type: 'boolean', valueTrue: 1, valueFalse: 0, labelTrue: 'Agree', labelFalse: 'Disagree' },
    { kind: 'OPTION', options: [option('1', 'Agree'), option('0', 'Disagree')] }],
  ['text', { type: 'text' }, { kind: 'TEXT', options: [{ value: '' }] }],
  ['text with a placeholder', { type: 'text', inputType: 'text', placeHolder: 'a number' },
    { kind: 'TEXT', options: [option('', 'a number')] }],
  ['comment', { type: 'comment' }, { kind: 'TEXT', options: [{ value: '' }] }],
];

const rightCases: readonly Case[] = [
  ['radiogroup', { type: 'radiogroup', choices: ['a', 'b'], correctAnswer: 'b' },
    { kind: 'OPTION', options: [option('a'), right('b')] }],
  ['dropdown', { type: 'dropdown', choices: [1, 2], correctAnswer: 1 },
    { kind: 'OPTION', options: [right('1'), option('2')] }],
  ['radiogroup without regard to case and spaces, as SurveyJS compares',
    { type: 'radiogroup', choices: ['Paris', 'Rome'], correctAnswer: ' paris' },
    { kind: 'OPTION', options: [right('Paris'), option('Rome')] }],
  ['radiogroup that has the value as it is too', { type: 'radiogroup', choices: ['A', 'a'], correctAnswer: 'a' },
    { kind: 'OPTION', options: [option('A'), right('a')] }],
  ['checkbox', { type: 'checkbox', choices: ['a', 'b', 'c'], correctAnswer: ['c', 'a', 'c'] },
    { kind: 'CHECKBOX', count: 2, options: [right('a'), option('b'), right('c')] }],
  ['checkbox with one right choice', { type: 'checkbox', choices: ['a', 'b'], correctAnswer: 'a' },
    { kind: 'CHECKBOX', count: 1, options: [right('a'), option('b')] }],
  ['imagepicker of several', { type: 'imagepicker', multiSelect: true, choices: ['a', 'b'], correctAnswer: ['a', 'b'] },
    { kind: 'CHECKBOX', count: 2, options: [right('a'), right('b')] }],
  ['rating', { type: 'rating', rateMax: 2, correctAnswer: 2 }, { kind: 'OPTION', options: [option('1'), right('2')] }],
  ['boolean that is true', { type: 'boolean', labelTrue: 'T', labelFalse: 'F', correctAnswer: true },
    { kind: 'OPTION', options: [right('true', 'T'), option('false', 'F')] }],
  ['boolean that is false', { type: 'boolean', labelTrue: 'T', labelFalse: 'F', valueFalse: 'n', correctAnswer: false },
    { kind: 'OPTION', options: [option('true', 'T'), right('n', 'F')] }],
  ['boolean by its value', { type: 'boolean', labelTrue: 'T', labelFalse: 'F', valueTrue: 'y', correctAnswer: 'Y' },
    { kind: 'OPTION', options: [right('y', 'T'), option('false', 'F')] }],
  ['text', { type: 'text', correctAnswer: 42 }, { kind: 'TEXT', options: [{ value: '42' }] }],
  ...[null, '', []].map((correctAnswer): Case => [
    `checkbox that has none: ${JSON.stringify(correctAnswer)}`, { type: 'checkbox', choices: ['a'], correctAnswer },
    { kind: 'CHECKBOX', options: [option('a')] },
  ]),
];

describe('a question of SurveyJS', () => {
  it.each([...choiceCases, ...scaleCases])('comes along: %s', (_what, json, expected) => {
    expect(questions(json)).toEqual([{ id: 'q', name: { en: 'q' }, ...expected }]);
  });

  it.each(rightCases)('keeps its right answer: %s', (_what, json, expected) => {
    expect(questions(json)).toEqual([{ id: 'q', name: { en: 'q' }, ...expected }]);
  });

  it('has its title as name and its description as text', () => {
    expect(questions({ type: 'comment', title: 'Why <b>so</b>?', description: 'In *short*' })).toEqual([
      { id: 'q', kind: 'TEXT', name: { en: 'Why <b>so</b>?' }, text: { en: 'In *short*' }, options: [{ value: '' }] },
    ]);
  });

  it('may say how it looks without a word about it', () => {
    const look = { isRequired: true, showNumber: false, colCount: 3, width: '50%' };
    const usual = { choicesOrder: 'none', rowOrder: 'initial', hasOther: false, maxSelectedChoices: 0, validators: [] };
    const pages = [{ questionOrder: 'default', elements: [element('q', { ...look, ...usual })] }];
    expect(read({ locale: 'en', questionOrder: 'initial', pages }).warnings).toEqual([]);
  });
});

describe('a matrix', () => {
  const matrix = {
    type: 'matrix', title: { default: 'I like', ru: 'Мне нравится' }, description: 'Be honest',
    columns: ['no', { value: 'yes', text: 'Yes' }], rows: ['tea', { value: 2, text: { ru: 'кофе' } }],
  };

  it('becomes a question for each row with the columns as options', () => {
    const common = { kind: 'OPTION', text: { en: 'Be honest' }, options: [option('no'), option('yes', 'Yes')] };
    expect(questions(matrix)).toEqual([
      { id: 'q-tea', name: { en: 'I like: tea', ru: 'Мне нравится: tea' }, ...common },
      { id: 'q-2', name: { en: 'I like: кофе', ru: 'Мне нравится: кофе' }, ...common },
    ]);
  });

  it('keeps the right column of each row that has one', () => {
    expect(questions({ ...matrix, correctAnswer: { 2: 'YES' } })).toMatchObject([
      { id: 'q-tea', options: [option('no'), option('yes', 'Yes')] },
      { id: 'q-2', options: [option('no'), right('yes', 'Yes')] },
    ]);
  });

  it('may have cells that say nothing of their own', () => {
    expect(questions({ ...matrix, cellType: 'radio', cells: {} })).toHaveLength(2);
  });
});
