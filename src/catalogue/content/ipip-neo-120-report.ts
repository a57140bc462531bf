import type { TestDefinitionInput } from '../import/test-definition.js';
import { domains } from './ipip-neo-120-domains.js';
import { type Level, levelTexts } from './ipip-neo-120-levels.js';
import { paragraph, type Text } from './texts.js';

type Report = NonNullable<TestDefinitionInput['report']>;
type Interpretation = NonNullable<Report['interpretations']>[number];
type Comparison = Omit<NonNullable<Interpretation['when']>[number], 'path'>;

/** T-scores by level: half a standard deviation to either side of the average is not told from it. */
const bands: readonly { readonly level: Level; readonly name: Text; readonly tScore: readonly Comparison[] }[] = [
  {
    level: 'low',
    name: { ru: 'ниже среднего', en: 'below average' },
    tScore: [{ operator: '<', value: 45 }],
  },
  {
    level: 'average',
    name: { ru: 'около среднего', en: 'about average' },
    tScore: [{ operator: '>=', value: 45 }, { operator: '<', value: 55 }],
  },
  {
    level: 'high',
    name: { ru: 'выше среднего', en: 'above average' },
    tScore: [{ operator: '>=', value: 55 }],
  },
];

const lowerScores: Text = {
  ru: 'Доля людей с более низким баллом в группе сравнения',
  en: 'Share of the comparison group with a lower score',
};

/**
 * Words for each domain seen against the norm. A percentage of the possible range says nothing about other people,
 * so without a standard score nothing is said.
 */
const interpretations: readonly Interpretation[] = domains.flatMap(({ id, name }) =>
  bands.map((band): Interpretation => ({
    when: band.tScore.map((comparison) => ({ path: `SCALES.${id}.tScore`, ...comparison })),
    name: { ru: `${name.ru}: ${band.name.ru}`, en: `${name.en}: ${band.name.en}` },
    bar: { percent: `SCALES.${id}.percentile`, label: lowerScores },
    text: levelTexts[id][band.level],
  })),
);

/** What the report of the IPIP-NEO-120 says. */
export const ipipNeo120Report: Report = {
  intro: paragraph(
    'В отчете пять черт личности и по шесть граней каждой из них. Процент показывает, где ваш балл стоит между самым ' +
    'низким (0%) и самым высоким (100%) из возможных; с другими людьми он вас не сравнивает. Если при прохождении ' +
    'указаны пол и возраст, черты и грани без пропущенных утверждений сравниваются и с ответами других: T-балл 50 — ' +
    'среднее для людей того же пола и возраста, примерно от 45 до 55 — около среднего.',
    'This report shows five traits and six facets of each. A percentage tells where your score stands between the ' +
    'lowest (0%) and the highest (100%) possible; it does not compare you with other people. If sex and age were ' +
    'given with the answers, traits and facets without skipped statements are also compared with the answers of ' +
    'others: a T-score of 50 is the average for people of the same sex and age, and roughly 45 to 55 is about ' +
    'average.',
  ),
  interpretations: [...interpretations],
  outro: paragraph(
    'Высокий балл не лучше низкого. На каждую грань приходится всего четыре утверждения, поэтому небольшая разница ' +
    'между гранями мало о чем говорит. Нормы для сравнения получены по ответам на английскую версию опросника; для ' +
    'русской версии сравнение приблизительное. Если описание вам не подходит, доверяйте своему опыту: результат — ' +
    'повод подумать о себе, а не диагноз и не оценка способностей.',
    'A high score is no better than a low one. There are only four statements for each facet, so a small difference ' +
    'between facets says little. The norms come from answers to the English version of the inventory; for the ' +
    'Russian version the comparison is approximate. If a description does not fit, trust your own experience: the ' +
    'result is something to think about, and neither a diagnosis nor an assessment of abilities.',
  ),
};
