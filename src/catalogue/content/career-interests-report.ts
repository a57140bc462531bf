import type { TestDefinitionInput } from '../import/test-definition.js';
import { fields } from './career-interests-fields.js';
import { paragraph } from './texts.js';

type Report = NonNullable<TestDefinitionInput['report']>;
type Interpretation = NonNullable<Report['interpretations']>[number];

/**
 * The share of choices, in percent, from which an interest is called strong: 10 of 14. Chance alone gives a field as
 * many in one of eleven sheets; somebody who always prefers the same fields in the same order gives them to three.
 */
const strong = 70;

const interests: readonly Interpretation[] = fields.map(({ id, name, directions }) => ({
  when: [{ path: `SCALES.${id}.percentage`, operator: '>=', value: strong }],
  name: { ru: `${name.ru}: выраженный интерес`, en: `${name.en}: a strong interest` },
  text: directions,
}));

const evenProfile: Interpretation = {
  when: fields.map(({ id }) => ({ path: `SCALES.${id}.percentage`, operator: '<', value: strong })),
  name: { ru: 'Ровный профиль', en: 'An even profile' },
  text: paragraph(
    'Ни одну из областей вы не выбирали намного чаще остальных. Так бывает, когда интересно разное или когда ' +
    'интересы еще складываются. Если две-три области стоят немного выше, подумайте о занятиях на их стыке: например, ' +
    'дизайн и технологии встречаются в интерфейсах, а наука и медиа — в научной журналистике.',
    'You did not choose any field much more often than the rest. This happens when different things interest you or ' +
    'when interests are still taking shape. If two or three fields stand slightly higher, think of work where they ' +
    'meet: design and technology, for example, meet in interfaces, science and media in science journalism.',
  ),
};

/** What the report of the career interests says. */
export const careerInterestsReport: Report = {
  chart: 'radar',
  intro: paragraph(
    'Каждая область встретилась вам в 14 парах. Процент показывает, в какой доле этих пар вы выбрали именно ее. 50% ' +
    'значит, что область вы выбирали так же часто, как отказывались от нее. Выбирая одно, вы отказываетесь от ' +
    'другого, поэтому все интересы сразу высокими не бывают: если одни выше 50%, другие ниже.',
    'You met each field in 14 pairs. The percentage shows in what share of these pairs you chose it. 50% means that ' +
    'you chose the field as often as you passed it over. Choosing one activity means passing over another, so ' +
    'interests are never all high at once: if some are above 50%, others are below.',
  ),
  interpretations: [...interests, evenProfile],
  outro: paragraph(
    'Результат показывает только порядок ваших собственных предпочтений: сравнивать его с чужими не стоит. Он ' +
    'говорит об интересах, а не о способностях, и низкий процент не значит, что область вам не подходит. Разница в ' +
    'одну-две пары может быть случайной. Пусть результат будет поводом попробовать что-то на деле и поговорить с ' +
    'теми, кто этим занимается.',
    'The result shows only the order of your own preferences and is not meant for comparison with other people’s. It ' +
    'is about interests, not abilities, and a low percentage does not mean that a field is wrong for you. A ' +
    'difference of one or two pairs may be chance. Take the result as a reason to try something in practice and to ' +
    'talk to people who do it.',
  ),
};
