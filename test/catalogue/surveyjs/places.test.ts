import { describe, expect, it } from '@jest/globals';
import { checkDefinition } from '../../../src/catalogue/import/check-definition.js';
import type { ImportedTest } from '../../../src/catalogue/import/imported-test.js';
import { element, inputOf, read, surveyOf } from './builders.js';

const panel = (...elements: readonly unknown[]): object => ({ type: 'panel', name: 'p', elements });

describe('a place in the test', () => {
  const { placeOf } = read(surveyOf(
    element('a', { choices: ['x', { value: 'y', imageLink: 'data:,' }] }),
    panel({ type: 'matrix', name: 'm', rows: ['r', 's'], columns: ['c'] }, { type: 'rating', name: 'rate' }),
  ));

  const places: readonly (readonly [path: string, place: string])[] = [
    ['', 'survey.json'],
    ['locales[1]', 'survey.json'],
    ['questions', 'survey.json'],
    ['questions[9].name.ru', 'survey.json'],
    ['questions[0]', 'survey.json: pages[0].elements[0] "a"'],
    ['questions[0].name.ru', 'survey.json: pages[0].elements[0] "a"'],
    ['questions[0].options', 'survey.json: pages[0].elements[0] "a"'],
    ['questions[0].options[1].text.ru', 'survey.json: pages[0].elements[0].choices[1] "a"'],
    ['questions[2].name.ru', 'survey.json: pages[0].elements[1].elements[0].rows[1] "m"'],
    ['questions[2].options[0].value', 'survey.json: pages[0].elements[1].elements[0].columns[0] "m"'],
    ['questions[3].options[4].value', 'survey.json: pages[0].elements[1].elements[1] "rate"'],
  ];
  it.each(places)('%p is said to be %p', (path, place) => {
    expect(placeOf(path)).toBe(place);
  });

  const faults: readonly (readonly [what: string, imported: ImportedTest, place: string])[] = [
    ['an image that must not be shown',
      read(surveyOf(element('a', { choices: ['x', { value: 'y', imageLink: 'data:,' }] }))),
      'survey.json: pages[0].elements[0].choices[1] "a"'],
    ['a value twice', read(surveyOf({ type: 'checkbox', name: 'a', choices: ['x', 'y', 'x'] })),
      'survey.json: pages[0].elements[0].choices[2] "a"'],
    ['a title that is too long', read(surveyOf(element('a', { title: 'x'.repeat(1001) }))),
      'survey.json: pages[0].elements[0] "a"'],
  ];
  it.each(faults)('is found for what only the check of the test shows: %s', (_what, imported, place) => {
    expect(checkDefinition(inputOf(imported)).problems.map(({ path }) => imported.placeOf(path))).toEqual([place]);
  });

  it('names a long or unprintable name in short', () => {
    const { problems } = read(surveyOf({ type: 'file', name: `\u001b[31m\u009b${'x'.repeat(100)}` }));
    expect(problems[0]?.path).toBe(`survey.json: pages[0].elements[0] "\\u001b[31m\\u009b${'x'.repeat(54)}…"`);
  });
});
