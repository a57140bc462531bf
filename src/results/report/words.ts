/** What a report says of itself, in one language. */
export interface Words {
  readonly completed: (date: string) => string;
  readonly scales: string;
  readonly scale: string;
  readonly sum: string;
  readonly range: string;
  readonly percentage: string;
  readonly tScore: string;
  readonly percentile: string;
  readonly scores: string;
  readonly allScales: string;
  readonly total: string;
  readonly groups: string;
  readonly answers: string;
  readonly howOften: string;
  readonly answer: string;
  readonly skipped: string;
  readonly count: string;
  /** How much there is of what there can be, such as `3 of 6`. */
  readonly outOf: (value: string, max: string) => string;
  readonly facetsOf: (scale: string) => string;
  readonly inPercent: string;
  readonly inTScores: string;
  readonly norm: (norm: string, group: string) => string;
  readonly interpretation: string;
}

const en: Words = {
  completed: (date) => `Completed on ${date}`,
  scales: 'Scales',
  scale: 'Scale',
  sum: 'Score',
  range: 'Possible',
  percentage: '%',
  tScore: 'T-score',
  percentile: 'Percentile',
  scores: 'Scores',
  allScales: 'All scales',
  total: 'Total',
  groups: 'Groups of questions',
  answers: 'Answers',
  howOften: 'How often each answer was given',
  answer: 'Answer',
  skipped: '(no answer)',
  count: 'Times',
  outOf: (value, max) => `${value} of ${max}`,
  facetsOf: (scale) => `Facets: ${scale}`,
  inPercent: 'in percent of the possible range',
  inTScores: 'in T-scores, 50 being the average',
  norm: (norm, group) =>
    `T-scores and percentiles compare the result with the norm “${norm}”, group “${group}”. ` +
    'The average T-score of the group is 50, the standard deviation 10; the percentile tells how many percent of the ' +
    'group have a lower score.',
  interpretation: 'What the result means',
};

const ru: Words = {
  completed: (date) => `Тест пройден ${date}`,
  scales: 'Шкалы',
  scale: 'Шкала',
  sum: 'Баллы',
  range: 'Возможно',
  percentage: '%',
  tScore: 'T-балл',
  percentile: 'Процентиль',
  scores: 'Баллы',
  allScales: 'Все шкалы',
  total: 'Всего',
  groups: 'Группы вопросов',
  answers: 'Ответы',
  howOften: 'Сколько раз дан каждый ответ',
  answer: 'Ответ',
  skipped: '(без ответа)',
  count: 'Раз',
  outOf: (value, max) => `${value} из ${max}`,
  facetsOf: (scale) => `Грани: ${scale}`,
  inPercent: 'в процентах возможного диапазона',
  inTScores: 'в T-баллах, 50 — среднее',
  norm: (norm, group) =>
    `T-баллы и процентили показывают результат в сравнении с нормой «${norm}», группа «${group}». ` +
    'Средний T-балл группы равен 50, стандартное отклонение — 10; процентиль говорит, у скольких процентов группы ' +
    'балл ниже.',
  interpretation: 'Что означает результат',
};

const byLanguage: Readonly<Record<string, Words>> = { en, ru };

/** The words of a language; English for those that have none yet. */
export function wordsIn(locale: string): Words {
  const language = locale.split('-', 1)[0]!;
  return Object.hasOwn(byLanguage, language) ? byLanguage[language]! : en;
}
