import type { TestDefinitionInput } from '../import/test-definition.js';
import { QuestionKind } from '../question-kind.js';
import type { Text } from './texts.js';
import type { ValueId } from './work-values-advice.js';
import { workValuesReport } from './work-values-report.js';

type QuestionInput = TestDefinitionInput['questions'][number];

/** The values that the test tells apart, each of them a group of questions and a scale. */
const values: readonly (readonly [id: ValueId, name: Text])[] = [
  ['independence', { ru: 'Самостоятельность', en: 'Independence' }],
  ['stability', { ru: 'Стабильность', en: 'Stability' }],
  ['income', { ru: 'Доход', en: 'Income' }],
  ['growth', { ru: 'Развитие', en: 'Growth' }],
  ['team', { ru: 'Коллектив', en: 'Team' }],
  ['meaning', { ru: 'Смысл', en: 'Meaning' }],
  ['creativity', { ru: 'Творчество', en: 'Creativity' }],
  ['balance', { ru: 'Равновесие работы и личной жизни', en: 'Work-Life Balance' }],
];

type Statement = readonly [value: ValueId, ru: string, en: string];

const statements: readonly Statement[] = [
  ['independence', 'Самостоятельно решать, как выполнять работу', 'Deciding for yourself how to do your work'],
  ['stability', 'Знать, что место сохранится и в трудные времена', 'Knowing that your job is safe even in hard times'],
  ['income', 'Зарабатывать больше, чем в среднем по профессии', 'Earning more than is usual in your profession'],
  ['growth', 'Постоянно осваивать новые навыки', 'Learning new skills all the time'],
  ['team', 'Работать с людьми, с которыми приятно общаться', 'Working with people whose company you enjoy'],
  ['meaning', 'Видеть, что ваша работа полезна другим людям', 'Seeing that your work is useful to other people'],
  ['creativity', 'Придумывать новые идеи', 'Coming up with new ideas'],
  ['balance', 'Иметь достаточно времени для близких и увлечений', 'Having enough time for loved ones and hobbies'],
  ['growth', 'Со временем браться за более сложные задачи', 'Moving on to more challenging tasks over time'],
  ['team', 'Рассчитывать на поддержку коллег', 'Being able to rely on the support of colleagues'],
  ['income', 'Получать прибавку за хорошие результаты', 'Being paid more for good results'],
  ['creativity', 'Пробовать необычные подходы', 'Trying out unusual approaches'],
  ['stability', 'Работать по постоянному договору', 'Having a permanent contract'],
  ['meaning', 'Заниматься делом, в которое вы верите', 'Doing work that you believe in'],
  ['balance', 'Проводить выходные без рабочих звонков и писем', 'Spending days off without work calls or emails'],
  ['independence', 'Планировать рабочий день по своему усмотрению', 'Planning your working day as you see fit'],
];

const importance: QuestionInput['options'] = [
  { value: '1', text: { ru: 'Совсем не важно', en: 'Not important at all' } },
  { value: '2', text: { ru: 'Не очень важно', en: 'Not very important' } },
  { value: '3', text: { ru: 'Умеренно важно', en: 'Moderately important' } },
  { value: '4', text: { ru: 'Важно', en: 'Important' } },
  { value: '5', text: { ru: 'Очень важно', en: 'Very important' } },
];

const questions: readonly QuestionInput[] = statements.map(([value, ru, en], index) => ({
  id: String(index + 1), kind: QuestionKind.OPTION, name: { ru, en }, group: value, options: importance,
}));

/** A short bonus test of what matters at work: eight values, two statements each, rated by importance. */
export const workValues: TestDefinitionInput = {
  slug: 'work-values',
  locales: ['ru', 'en'],
  name: { ru: 'Ценности в работе', en: 'Work Values' },
  description: {
    ru: [
      '<p>Короткий тест о том, что для вас важно в работе. Он рассматривает восемь ценностей: самостоятельность, ',
      'стабильность, доход, развитие, коллектив, смысл, творчество, равновесие работы и личной жизни.</p>',
      '<p>Результат покажет, чем вам было бы труднее поступиться, а в чем вы готовы к компромиссам. ',
      'Он пригодится, если вы выбираете профессию, сравниваете предложения о работе ',
      'или хотите понять, чего недостает на нынешнем месте.</p>',
      '<p>На каждую ценность приходится всего два утверждения, поэтому небольшая разница в баллах ',
      'мало о чем говорит. Тест не оценивает вас как работника. ',
      'Ответы могут меняться вместе с вашей жизнью.</p>',
    ].join(''),
    en: [
      '<p>A short test about what matters to you at work. It looks at eight values: independence, stability, income, ',
      'growth, team, meaning, creativity and work-life balance.</p>',
      '<p>The result shows what you would find harder to give up and where you are open to compromise. ',
      'It can help if you are choosing a profession, comparing job offers ',
      'or trying to understand what your present job lacks.</p>',
      '<p>There are only two statements for each value, so a small difference in scores says little. ',
      'The test does not assess you as an employee. ',
      'Your answers may change as your life does.</p>',
    ].join(''),
  },
  instruction: {
    ru: [
      '<p>Представьте работу, которую вам хотелось бы иметь. Отметьте, насколько для вас важно каждое условие. ',
      'Старайтесь отличать приятное от действительно необходимого. Правильных и неправильных ответов нет.</p>',
    ].join(''),
    en: [
      '<p>Imagine the job you would like to have. Mark how important each condition is to you. ',
      'Try to distinguish what would be nice to have from what you really need. ',
      'There are no right or wrong answers.</p>',
    ].join(''),
  },
  authors: [{ slug: 'testodrom', name: { ru: 'Тестодром', en: 'Testodrom' } }],
  duration: 4,
  paid: true,
  bonus: true,
  questions: [...questions],
  scales: values.map(([id, name]) => ({
    id, name, items: questions.filter(({ group }) => group === id).map((question) => ({ question: question.id })),
  })),
  report: workValuesReport(values),
};
