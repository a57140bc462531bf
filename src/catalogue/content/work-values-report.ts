import type { TestDefinitionInput } from '../import/test-definition.js';
import { paragraph, type Text } from './texts.js';
import { advice, type ValueId } from './work-values-advice.js';

type Report = NonNullable<TestDefinitionInput['report']>;
type Interpretation = NonNullable<Report['interpretations']>[number];
type NamedValue = readonly [id: ValueId, name: Text];

/** The percentage of a value whose statements are, on average, "important". */
const important = 75;

/** What the report of the work values says, value by value in the order given. */
export function workValuesReport(values: readonly NamedValue[]): Report {
  return {
    chart: 'bars',
    intro: paragraph(
      'Процент показывает, насколько важной вы сочли каждую ценность: 0% — оба условия совсем не важны, 100% — оба ' +
      'очень важны. О ценностях, которые набрали 75% и больше, отчет говорит подробнее: на что смотреть и о чем ' +
      'спрашивать при выборе работы.',
      'The percentage shows how important you rated each value: 0% means that both conditions are not important at ' +
      'all, 100% that both are very important. The report says more about the values that reach 75%: what to look at ' +
      'and what to ask when choosing a job.',
    ),
    interpretations: [...values.map(importantValue), noneImportant(values)],
    outro: paragraph(
      'Если важным оказалось почти все, выберите две-три ценности, без которых работа вряд ли бы вас радовала, и ' +
      'спрашивайте прежде всего о них. На каждую ценность приходится всего два утверждения, поэтому небольшая ' +
      'разница мало о чем говорит, а со временем ответы могут измениться.',
      'If almost everything turned out to be important, choose two or three values without which a job would hardly ' +
      'please you, and ask about these first. There are only two statements for each value, so a small difference ' +
      'says little, and your answers may change with time.',
    ),
  };
}

function importantValue([id, name]: NamedValue): Interpretation {
  return {
    when: [{ path: `SCALES.${id}.percentage`, operator: '>=', value: important }],
    name: { ru: `Важно для вас: ${name.ru.toLowerCase()}`, en: `Important to you: ${name.en.toLowerCase()}` },
    text: advice[id],
  };
}

function noneImportant(values: readonly NamedValue[]): Interpretation {
  return {
    when: values.map(([id]) => ({ path: `SCALES.${id}.percentage`, operator: '<', value: important })),
    name: { ru: 'Ни одна ценность не набрала 75%', en: 'No value reaches 75%' },
    text: paragraph(
      'Возможно, вам подойдут очень разные места работы, а выбор решит другое: сама профессия, руководитель, дорога. ' +
      'Посмотрите, какие две-три ценности стоят выше остальных: с них удобно начать сравнение предложений.',
      'Very different jobs may suit you, and something else may decide the choice: the profession itself, the ' +
      'manager, the journey to work. See which two or three values stand above the rest: they are a good place to ' +
      'start when comparing offers.',
    ),
  };
}
