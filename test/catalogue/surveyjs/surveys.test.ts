import { describe, expect, it } from '@jest/globals';
import type { TestDefinition } from '../../../src/catalogue/import/test-definition.js';
import { type Calculation, compileScoring } from '../../../src/scoring/index.js';
import { checked, lines, meta, metaIn, read, readFixture } from './builders.js';

type Sheet = readonly (readonly [question: string, ...values: string[]])[];

function score({ questions }: TestDefinition, sheet: Sheet): Calculation {
  const scorable = questions.map(({ id, kind, count = null, options }) => ({ id, kind, group: null, count, options }));
  return compileScoring({ questions: scorable, scales: [] })(new Map(sheet.map(([id, ...values]) => [id, values])));
}

describe('a quiz in two languages with right answers', () => {
  const imported = read(readFixture('career-quiz'));
  const test = checked(imported);

  it('becomes a test with a question for each of its own, and one for each row of a matrix', () => {
    expect(test.questions.map(({ id, kind, timerSeconds }) => [id, kind, timerSeconds])).toEqual([
      ['letter-length', 'OPTION', 40],
      ['before', 'CHECKBOX', 90],
      ['ask-back', 'OPTION', 0],
      ['early', 'OPTION', 0],
      ['nerabochii-opyt', 'OPTION', 0],
      ['said-why', 'OPTION', 0],
      ['said-bored', 'OPTION', 0],
      ['cv', 'TEXT', 0],
    ]);
  });

  it('keeps all its texts in both languages, its own first', () => {
    expect(test.locales).toEqual(['ru', 'en']);
    expect(test.questions[0]).toMatchObject({
      name: { ru: 'Какой длины бывает сопроводительное письмо?', en: 'How long is a cover letter?' },
      text: { ru: 'Выберите <b>один</b> ответ.', en: 'Choose <b>one</b> answer.' },
    });
    expect(test.questions[0]?.options.map(({ text }) => text?.en)).toEqual(
      ['One line', 'A page at most', 'As long as it gets'],
    );
    expect(test.questions[5]?.name).toEqual({
      ru: 'Уместно ли сказать: «Почему ушёл прежний сотрудник?»',
      en: 'Is it fitting to say: “Why did the last one leave?”',
    });
    for (const { name } of test.questions) expect(Object.keys(name).sort()).toEqual(['en', 'ru']);
  });

  const right: Sheet = [
    ['letter-length', 'page'], ['before', '1', '2'], ['ask-back', 'true'], ['early', '10'], ['nerabochii-opyt', 'yes'],
    ['said-why', 'fit'], ['said-bored', 'unfit'], ['cv', 'CV'],
  ];
  it('gives a point for every question to who answers all of them rightly', () => {
    expect(score(test, right)).toMatchObject({ sum: 8, max: 8 });
  });

  it.each(right)('gives one point less when %s is left out', (id) => {
    expect(score(test, right.filter(([question]) => question !== id)).sum).toBe(7);
  });

  const wrong: Sheet = [
    ['letter-length', 'book'], ['before', '1', '3'], ['ask-back', 'false'], ['early', '0'], ['nerabochii-opyt', 'no'],
    ['said-why', 'unfit'], ['said-bored', 'fit'], ['cv', 'cv'],
  ];
  it('gives no point for wrong answers', () => {
    expect(score(test, wrong).sum).toBe(0);
  });

  it('tells what did not come along, and where', () => {
    const about = (message: string): unknown => expect.stringContaining(message);
    expect(imported.warnings).toEqual([
      { path: 'survey.json: pages[0].elements[0] "hello"', message: about('html') },
      { path: 'survey.json: pages[1].elements[0] "letter-length"', message: about('choicesOrder') },
      { path: 'survey.json: pages[3].elements[0] "manners"', message: about('title') },
      { path: 'survey.json: pages[3].elements[2].correctAnswer "cv"', message: about('exactly') },
      { path: 'survey.json: pages[3]', message: about('40 seconds for 6 questions') },
      {
        path: 'survey.json: pages[3].elements[0].elements[2] "нерабочий опыт"',
        message: about('"нерабочий опыт" becomes "nerabochii-opyt"'),
      },
    ]);
  });
});

describe('a questionnaire of a matrix and scales', () => {
  const imported = read(readFixture('work-values'), metaIn('ru'));
  const test = checked(imported);

  it('becomes a test in the language of its name, which it is told', () => {
    expect(test.locales).toEqual(['ru']);
    expect(lines(imported.warnings)[0]).toBe(
      'survey.json: does not tell its language: "ru", that of the test\'s name, is taken; if it is another, '
      + 'set "locale"',
    );
  });

  it('asks for every row of the matrix by the columns', () => {
    const [first] = test.questions;
    expect(test.questions.map(({ id }) => id)).toEqual(
      ['vazhno-pay', 'vazhno-learn', 'vazhno-help', 'vazhno-calm', 'satisfied', 'order', 'why'],
    );
    expect(first).toMatchObject({ kind: 'OPTION', name: { ru: 'Насколько для вас важно: хорошо зарабатывать' } });
    expect(first?.options).toEqual([
      { value: '1', text: { ru: 'Совсем не важно' }, correct: false },
      { value: '2', text: { ru: 'Скорее не важно' }, correct: false },
      { value: '3', text: { ru: 'Трудно сказать' }, correct: false },
      { value: '4', text: { ru: 'Скорее важно' }, correct: false },
      { value: '5', text: { ru: 'Очень важно' }, correct: false },
    ]);
  });

  it('says at the ends of a scale what they mean', () => {
    expect(test.questions[4]?.options.map(({ text }) => text?.ru)).toEqual(
      ['1 – совсем не доволен', '2', '3', '4', '5', '6', '7 – вполне доволен'],
    );
  });

  it('is scored by the numbers of the answers', () => {
    const sheet: Sheet = [
      ['vazhno-pay', '5'], ['vazhno-learn', '4'], ['vazhno-help', '1'], ['vazhno-calm', '2'], ['satisfied', '6'],
    ];
    expect(score(test, sheet)).toMatchObject({ sum: 18, max: 27 });
  });

  it('takes its metadata from the metadata alone', () => {
    const { slug, name, description, duration, paid, bonus } = test;
    expect({ slug, name, description, authors: test.authors, duration, paid, bonus }).toEqual(metaIn('ru'));
    expect(meta.name).not.toEqual(name);
  });
});
