import type { TestDefinitionInput } from '../../src/catalogue/import/index.js';
import { QuestionKind } from '../../src/catalogue/index.js';

type Kind = { paid: boolean; bonus?: boolean };

/** A test of three questions with three options each, two of them in a group, one scale. */
export function smallTest(slug: string, { paid, bonus = false }: Kind): TestDefinitionInput {
  const options = ['0', '1', '2'].map((value) => ({ value, text: { ru: `Вариант ${value}`, en: `Option ${value}` } }));
  const question = (id: string, group: string) => ({
    id, group, kind: QuestionKind.OPTION, name: { ru: `Вопрос ${id}`, en: `Question ${id}` }, options,
  });
  return {
    slug, paid, bonus,
    locales: ['ru', 'en'],
    name: { ru: `Тест ${slug}`, en: `Test ${slug}` },
    description: { ru: `<p>О тесте ${slug}</p>`, en: `<p>About ${slug}</p>` },
    authors: [{ slug: 'author', name: { ru: 'Автор', en: 'Author' } }],
    duration: 3,
    questions: [question('11', 'alpha'), question('3', 'alpha'), question('7', 'beta')],
    scales: [{
      id: 'mood',
      name: { ru: 'Настроение', en: 'Mood' },
      items: [{ question: '11' }, { question: '3', reversed: true }],
    }],
  };
}

/** Answers to a small test. */
export const smallAnswers = [
  { questionId: '11', values: ['1'] },
  { questionId: '3', values: ['2'] },
  { questionId: '7', values: ['0'] },
];

/** The small tests of every test server, by slug: one of each kind, and a second one of each where policies count. */
export const smallTests = [
  smallTest('free', { paid: false }),
  smallTest('paid', { paid: true }),
  smallTest('paid-2', { paid: true }),
  smallTest('bonus', { paid: true, bonus: true }),
  smallTest('bonus-2', { paid: true, bonus: true }),
];
