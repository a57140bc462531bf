import type { TestDefinitionInput } from '../../src/catalogue/import/index.js';
import { QuestionKind } from '../../src/catalogue/index.js';
import { smallTest } from './small-tests.js';

/** A small test with all that a report can have: right answers, scales of every kind, a norm, and the author's own words. */
export function reportTest(slug: string): TestDefinitionInput {
  // By way of JSON, because the questions of a small test share their options.
  const test: TestDefinitionInput = JSON.parse(JSON.stringify(smallTest(slug, { paid: false })));
  test.questions[2]!.options[1]!.correct = true;
  test.questions.push({
    id: '9', kind: QuestionKind.TEXT, name: { ru: 'Где живут?', en: 'Where do people live?' },
    options: [{ value: 'дом', translations: { en: 'house' } }],
  });
  test.scales!.push(
    {
      id: 'calm', name: { ru: 'Покой', en: 'Calm' }, parent: 'mood', minimumAnswered: 0.5,
      items: [{ question: '11', points: { 1: 2 } }],
    },
    {
      id: 'wit', name: { ru: 'Ум' }, description: { ru: '<p>О том, сколько <b>верно</b>.</p>', en: '<p>How much is <b>right</b>.</p>' },
      items: [{ question: '7', correct: true }, { question: '9', correct: true }],
    },
  );
  return {
    ...test,
    norm: {
      id: 'norm-2020', name: { ru: 'Норма 2020', en: 'Norm of 2020' }, percentile: { coefficients: [0, 1], from: 20, to: 80 },
      groups: [{
        id: 'men', name: { ru: 'Мужчины 18–60 лет', en: 'Men of 18 to 60' }, sex: 'MALE', ageFrom: 18, ageTo: 60,
        scales: { mood: { mean: 2, sd: 1 } },
      }],
    },
    report: {
      chart: 'bars',
      intro: { ru: '<p>Сумма: {{ SUM }}</p>', en: '<p>Sum: {{ SUM }}</p>' },
      texts: { 'min.text': { ru: 'немного', en: 'a little' } },
      interpretations: [
        {
          when: [{ path: 'SCALES.mood.percentage', operator: '>=', value: 50 }, { path: 'GROUPS.alpha.SUM', operator: '<', value: 9 }],
          name: { ru: 'Настроение: {{ config.min.text }}', en: 'Mood: {{ config.min.text }}' },
          bar: {
            percent: 'SCALE', value: 'SUM', max: 6, label: { ru: 'Уровень', en: 'Level' },
            levels: [{ upTo: 25, color: 'danger' }, { upTo: 100, color: 'success' }],
          },
          text: { ru: '<p>Единиц: {{ VALUES.1.sum }}</p>', en: '<p>Ones: {{ VALUES.1.sum }}</p>' },
        },
        { when: [{ path: 'SUM', operator: '>', value: 100 }], name: { ru: 'Не бывает', en: 'Never' } },
      ],
      outro: { ru: '<p>Конец</p>', en: '<p>The end</p>' },
    },
  };
}
