import type { TestDefinitionInput } from '../import/test-definition.js';
import { fields } from './career-interests-fields.js';
import { careerInterestsQuestions as questions } from './career-interests-questions.js';
import { careerInterestsReport } from './career-interests-report.js';

/** The share of a field's pairs to decide; the choice of a few could make any interest look strong. */
const minimumAnswered = 0.75;

/**
 * A forced-choice test of interest in eight fields of work. An answer names the field that was chosen; a field's scale
 * tells in how many of its pairs that was.
 */
export const careerInterests: TestDefinitionInput = {
  slug: 'career-interests',
  locales: ['ru', 'en'],
  name: { ru: 'Профессиональные интересы', en: 'Career Interests' },
  description: {
    ru: [
      '<p>Тест помогает увидеть, какие занятия привлекают вас больше других. Он охватывает восемь областей: ',
      'информационные технологии, дизайн, инженерное дело, науку, медицину, образование, бизнес и медиа.</p>',
      '<p>В каждом вопросе предложены два занятия из разных областей, и выбрать нужно одно. Все области встречаются ',
      'одинаково часто, и каждая дважды сравнивается с каждой из остальных. Поэтому по результату видно, ',
      'какие области вы выбираете чаще, а какие реже.</p>',
      '<p>Тест говорит об интересах, но не измеряет способности, знания или готовность к профессии. ',
      'Результат показывает только порядок ваших предпочтений. Если область оказалась в конце списка, ',
      'это не значит, что она вам не подходит: просто другие занятия вы выбирали чаще. ',
      'Сравнивать свои результаты с чужими не стоит. Некоторые области, например право, спорт ',
      'и сельское хозяйство, отдельно не рассматриваются. Пусть результат будет поводом для размышлений ',
      'и разговора, а не готовым ответом на вопрос о профессии.</p>',
    ].join(''),
    en: [
      '<p>This test helps you see which activities appeal to you more than others. It covers eight fields: ',
      'information technology, design, engineering, science, medicine, education, business and media.</p>',
      '<p>Each question offers two activities from different fields, and you choose one. All fields appear equally ',
      'often, and each is compared twice with every other, so the result shows which fields you choose ',
      'more often and which less.</p>',
      '<p>The test is about interests. It does not measure abilities, knowledge or readiness for a profession. ',
      'The result shows only the order of your own preferences. A field at the end of the list is not ',
      'necessarily wrong for you: you simply chose other activities more often. ',
      'It is not meant for comparison with other people’s results. Some fields, such as law, sport and agriculture, ',
      'are not covered separately. Take the result as something to think about and discuss ',
      'rather than a ready-made answer to the question of which profession to choose.</p>',
    ].join(''),
  },
  instruction: {
    ru: [
      '<p>В каждом вопросе выберите вариант, который вам ближе. Думайте о том, что вам интересно, ',
      'а не о том, что вы уже умеете, что престижнее или лучше оплачивается.</p>',
      '<p>Если нравятся оба варианта, отметьте тот, который привлекает чуть больше. Если не нравится ни один, ',
      'отметьте тот, который вы бы все же предпочли. Правильных и неправильных ответов нет.</p>',
    ].join(''),
    en: [
      '<p>In each question, choose the option that appeals to you more. Think about what interests you, ',
      'not about what you can already do or what brings more prestige or money.</p>',
      '<p>If you like both options, mark the one that attracts you slightly more. If you like neither, ',
      'mark the one you would still prefer. There are no right or wrong answers.</p>',
    ].join(''),
  },
  authors: [{ slug: 'testodrom', name: { ru: 'Тестодром', en: 'Testodrom' } }],
  duration: 12,
  paid: true,
  questions: [...questions],
  scales: fields.map(({ id, name, description }) => ({
    id, name, description, minimumAnswered,
    items: questions.filter(({ options }) => options.some(({ value }) => value === id))
      .map((question) => ({ question: question.id, points: { [id]: 1 } })),
  })),
  report: careerInterestsReport,
};
