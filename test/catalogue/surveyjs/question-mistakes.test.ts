import { describe, expect, it } from '@jest/globals';
import { element, inputOf, lines, metaIn, read, surveyOf } from './builders.js';

function problems(json: object): string[] {
  return lines(read(surveyOf({ name: 'q', ...json })).problems);
}

const list = (length: number): number[] => Array.from({ length }, (_, index) => index);
const matrix = (more: object): object => ({ type: 'matrix', rows: ['r'], columns: ['c'], ...more });

const badQuestions: readonly (readonly [what: string, json: object, place: string])[] = [
  ...[
    'paneldynamic', 'matrixdropdown', 'matrixdynamic', 'multipletext', 'file', 'signaturepad', 'expression', 'slider',
    'constructor', '__proto__',
  ].map((type) => [`type ${type}`, { type }, ''] as const),
  ['no type', {}, ''],
  ['a type that is no text', { type: ['radiogroup'] }, ''],
  ['no choices', { type: 'radiogroup' }, ''],
  ['choices from an address', { type: 'dropdown', choicesByUrl: { url: 'https://example.org' } }, ''],
  ['choices that are no list', { type: 'checkbox', choices: { a: 1 } }, '.choices'],
  ['too many choices', { type: 'checkbox', choices: list(101) }, '.choices'],
  ['a choice that is a list', { type: 'ranking', choices: ['a', ['b']] }, '.choices[1]'],
  ['a choice without a value', { type: 'radiogroup', choices: ['a', { imageLink: '/a.png' }] }, '.choices[1]'],
  ['a choice whose text is a list', { type: 'radiogroup', choices: [{ value: 'a', text: [] }] }, '.choices[0]'],
  ['an image that is no address', { type: 'imagepicker', choices: [{ value: 'a', imageLink: 5 }] }, '.choices[0]'],
  ['pictures that are videos', { type: 'imagepicker', contentMode: 'video', choices: ['a'] }, '.contentMode'],
  ['a right choice that is not offered', { type: 'radiogroup', choices: ['a'], correctAnswer: 'c' }, '.correctAnswer'],
  ['a right choice named like a method', { type: 'radiogroup', choices: ['a'], correctAnswer: 'toString' },
    '.correctAnswer'],
  ['two right choices of one', { type: 'dropdown', choices: ['a', 'b'], correctAnswer: ['a', 'b'] }, '.correctAnswer'],
  ['a right choice that is an object', { type: 'dropdown', choices: ['a'], correctAnswer: { a: 1 } }, '.correctAnswer'],
  ['one of the right choices not offered', { type: 'checkbox', choices: ['a', 'b'], correctAnswer: ['a', 'c'] },
    '.correctAnswer'],
  ['a right answer that is neither true nor false', { type: 'boolean', correctAnswer: 'maybe' }, '.correctAnswer'],
  ['a right rate that is not offered', { type: 'rating', correctAnswer: 6 }, '.correctAnswer'],
  ['a right text that is a list', { type: 'text', correctAnswer: ['a', 'b'] }, '.correctAnswer'],
  ['a value for true that is an object', { type: 'boolean', valueTrue: {} }, '.valueTrue'],
  ['a date', { type: 'text', inputType: 'date' }, '.inputType'],
  ['a scale without values', { type: 'rating', rateMin: 5, rateMax: 4 }, ''],
  ['a scale by steps too small to tell its values apart', { type: 'rating', rateMax: 1.5, rateStep: 6e-10 }, ''],
  ['a scale of values too large to be told apart', { type: 'rating', rateMin: 1e300, rateMax: 2e300 }, ''],
  ['a scale without steps', { type: 'rating', rateStep: 0 }, '.rateStep'],
  ['an end of a scale that is a text', { type: 'rating', rateMax: 'ten' }, '.rateMax'],
  ['an endless scale', { type: 'rating', rateValues: list(101) }, '.rateValues'],
  ['a matrix without rows', matrix({ rows: [] }), ''],
  ['a matrix without columns', matrix({ columns: null }), ''],
  ['a matrix of checkboxes', matrix({ cellType: 'checkbox' }), '.cellType'],
  ['a matrix with texts in its cells', matrix({ cells: { r: { c: 'Text' } } }), '.cells'],
  ['a row twice', matrix({ rows: ['r', { value: 'r' }] }), '.rows[1]'],
  ['too many rows', matrix({ rows: list(1001) }), '.rows'],
  ['a right answer for the matrix as a whole', matrix({ correctAnswer: 'c' }), '.correctAnswer'],
  ['a right answer for no row', matrix({ correctAnswer: { toString: 'c' } }), '.correctAnswer'],
  ['a right column that there is not', matrix({ correctAnswer: { r: 'd' } }), '.correctAnswer'],
  ['a title that is a list', { type: 'comment', title: ['a'] }, '.title'],
  ['a title that is true', { type: 'comment', title: { default: true } }, '.title'],
];

describe('a question with a mistake', () => {
  it.each(badQuestions)('is refused at its place: %s', (_what, json, place) => {
    const path = `survey.json: pages[0].elements[0]${place} "q"`;
    expect(read(surveyOf({ name: 'q', ...json }))).toMatchObject({
      input: null, problems: [{ path, message: expect.stringMatching(/\S/) }],
    });
  });

  it('is told what makes the values of a scale differ', () => {
    expect(problems({ type: 'rating', rateMax: 2, rateStep: 1e-10 })).toEqual([
      'survey.json: pages[0].elements[0] "q": a scale from 1 to 2 by 1e-10 has equal values; '
      + 'choose a larger "rateStep": values have 9 decimals',
    ]);
  });

  it('is told which types are supported', () => {
    expect(problems({ type: 'file' })).toEqual([
      'survey.json: pages[0].elements[0] "q": type "file" cannot be read; supported are radiogroup, dropdown, '
      + 'checkbox, tagbox, imagepicker, ranking, rating, boolean, matrix, text, comment',
    ]);
  });

  it.each([
    ['no name', { type: 'comment', name: null }],
    ['an empty name', { type: 'comment', name: ' ' }],
    ['a name that is a list', { type: 'comment', name: ['q'] }],
  ])('is refused for %s', (_what, json) => {
    expect(problems(json)).toEqual(['survey.json: pages[0].elements[0]: needs a "name": answers refer to it']);
  });

  it('is refused when the name stands there already, wherever that is', () => {
    const panel = { type: 'panel', elements: [element('a')] };
    expect(lines(read({ pages: [{ elements: [element('a')] }, { elements: [panel] }] }).problems)).toEqual([
      'survey.json: pages[1].elements[0].elements[0] "a": its name stands here a second time',
    ]);
  });
});

const noticed: readonly (readonly [what: string, json: object, place: string, message: RegExp])[] = [
  ...([
    ['visibleIf', '{a} = 1'], ['enableIf', '{a} = 1'], ['requiredIf', '{a} = 1'], ['readOnly', true],
    ['choicesOrder', 'random'], ['choicesVisibleIf', '{item} = 1'], ['choicesEnableIf', '{item} = 1'],
    ['choicesByUrl', { url: 'https://example.org' }], ['validators', [{ type: 'numeric' }]],
    ['hasOther', true], ['showOtherItem', true], ['hasNone', true], ['showNoneItem', true],
    ['hasSelectAll', true], ['showSelectAllItem', true], ['showDontKnowItem', true], ['showRefuseItem', true],
    ['maxSelectedChoices', 2], ['minSelectedChoices', 1], ['defaultValue', 'a'],
  ] as const).map(([property, value]) =>
    [property, element('q', { [property]: value }), '', new RegExp(`"${property}"$`)] as const),
  ['several at once', element('q', { visibleIf: 'x', hasNone: true }), '', /"visibleIf", "hasNone"$/],
  ['a question that is not shown', element('q', { visible: false }), '', /"visible"$/],
  ['a choice under a condition', element('q', { choices: ['a', { value: 'b', visibleIf: 'x' }] }), '.choices[1]',
    /"visibleIf"$/],
  ['questions within a choice', element('q', { choices: ['a', { value: 'b', elements: [{}] }] }), '.choices[1]',
    /questions within/],
  ['images by language', element('q', { choices: [{ value: 'a', imageLink: { ru: '/a.png' } }] }), '.choices[0]',
    /image/],
  ['a right order', element('q', { type: 'ranking', correctAnswer: ['b', 'a'] }), '.correctAnswer', /order/],
  ['a right text', { type: 'text', name: 'q', correctAnswer: 'x' }, '.correctAnswer', /exactly/],
  ['a number to be typed', { type: 'text', name: 'q', inputType: 'number' }, '', /"inputType"$/],
  ['a long scale', { type: 'rating', name: 'q', rateMax: 100 }, '', /first 20/],
  ['html', { type: 'html', name: 'q' }, '', /"html"/],
  ['an image', { type: 'image', name: 'q' }, '', /"image"/],
];

describe('what does not come along', () => {
  it.each(noticed)('is told in a warning: %s', (_what, json, place, message) => {
    const { input, warnings } = read({ ...surveyOf(json, element('other')), locale: 'en' });
    expect(input).not.toBeNull();
    const path = `survey.json: pages[0].elements[0]${place} "q"`;
    expect(warnings).toEqual([{ path, message: expect.stringMatching(message) }]);
  });

  it('is told of words that SurveyJS has in other languages', () => {
    const survey = { ...surveyOf({ type: 'boolean', name: 'q', labelFalse: 'Nein' }), locale: 'de' };
    const imported = read(survey, metaIn('de'));
    expect(inputOf(imported).questions[0]?.options.map(({ text }) => text)).toEqual([{ de: 'Yes' }, { de: 'Nein' }]);
    expect(imported.warnings).toEqual([
      { path: 'survey.json: pages[0].elements[0] "q"', message: expect.stringMatching(/^has no "labelTrue"/) },
    ]);
  });
});
