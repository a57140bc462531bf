import { describe, expect, it } from '@jest/globals';
import { checked, element, inputOf, lines, read, surveyOf } from './builders.js';

const ids = (survey: unknown): string[] => inputOf(read(survey)).questions.map(({ id }) => id);

describe('the id of a question', () => {
  const names: readonly (readonly [what: string, name: unknown, id: string])[] = [
    ['its name', 'Question_1-b', 'Question_1-b'],
    ['its name without the spaces around', ' a ', 'a'],
    ['a number', 17, '17'],
    ['a name named like a method', 'constructor', 'constructor'],
    ['a name at the limit', 'x'.repeat(32), 'x'.repeat(32)],
    ['a longer name, cut', 'x'.repeat(33), 'x'.repeat(32)],
    ['what is left at the cut', `${'x'.repeat(31)} yz`, 'x'.repeat(31)],
    ['a name with other characters, replaced', '  My question, part 2! ', 'My-question-part-2'],
    ['a name with accents, without them', 'Élan à l’été', 'Elan-a-l-ete'],
    ['a Russian name in Latin letters', 'Вопрос: объём щей', 'vopros-obem-shchei'],
    ['a Ukrainian name in Latin letters', 'Їжа', 'izha'],
    ['its number, when nothing is left', '问题', 'q1'],
    ['its number for a name of dashes and spaces', '- -', 'q1'],
    ['its number for half a surrogate pair', '\ud800', 'q1'],
  ];
  it.each(names)('is %s', (_what, name, id) => {
    const imported = read({ ...surveyOf(element('x', { name, title: 'T' })), locale: 'en' });
    expect(checked(imported).questions.map((question) => question.id)).toEqual([id]);
    const told = String(name).trim() === id ? [] : [expect.stringMatching(new RegExp(` becomes "${id}": `))];
    expect(lines(imported.warnings)).toEqual(told);
  });

  it('is never that of another question', () => {
    const names = ['q3', 'a b', 'a?b', 'a-b', 'q4', '!', 'ж', 'zh'];
    const survey = surveyOf(...names.map((name) => element(name)));
    expect(ids(survey)).toEqual(['q3', 'q2', 'q5', 'a-b', 'q4', 'q6', 'q7', 'zh']);
  });

  it('is that of the question where a row of a matrix would have the same', () => {
    const matrix = { type: 'matrix', name: 'm', rows: ['1', '2'], columns: ['c'] };
    expect(ids(surveyOf(element('m-1'), matrix))).toEqual(['m-1', 'q2', 'm-2']);
  });

  it('is told together with the name that it was made of', () => {
    const { warnings } = read({ ...surveyOf(element('a b')), locale: 'en' });
    expect(lines(warnings)).toEqual([
      'survey.json: pages[0].elements[0] "a b": "a b" becomes "a-b": '
      + 'ids are of 1 to 32 letters, digits, "-" or "_", and each stands for one question',
    ]);
  });
});
