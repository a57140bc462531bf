import { paragraph, type Text } from './texts.js';

/** A broad trait by the letter that the inventory gives it. */
export type DomainId = 'N' | 'E' | 'O' | 'A' | 'C';

type Domain = {
  readonly id: DomainId;
  readonly name: Text;
  readonly description: Text;
  /** In the order of their numbers. */
  readonly facets: readonly Text[];
};

const named = (ru: string, en: string): Text => ({ ru, en });

/** The five domains with what each is about, and their six facets. */
export const domains: readonly Domain[] = [
  {
    id: 'N',
    name: named('Нейротизм', 'Neuroticism'),
    description: paragraph(
      'Нейротизм показывает, как легко возникают тревога, досада и грусть и как сильно они переживаются. Чем выше ' +
      'балл, тем живее отклик на трудности; чем он ниже, тем реже они выводят из равновесия. Это обычная черта ' +
      'личности, а не мера здоровья: чуткость помогает вовремя заметить неладное, невозмутимость — действовать под ' +
      'давлением.',
      'Neuroticism is about how readily worry, annoyance and sadness arise and how strongly they are felt. The ' +
      'higher the score, the livelier the response to difficulties; the lower it is, the less often they upset one’s ' +
      'balance. It is an ordinary trait and not a measure of health: sensitivity helps to notice trouble in time, ' +
      'composure helps to act under pressure.',
    ),
    facets: [
      named('Тревожность', 'Anxiety'),
      named('Гневливость', 'Anger'),
      named('Подавленность', 'Depression'),
      named('Застенчивость', 'Self-Consciousness'),
      named('Неумеренность', 'Immoderation'),
      named('Уязвимость', 'Vulnerability'),
    ],
  },
  {
    id: 'E',
    name: named('Экстраверсия', 'Extraversion'),
    description: paragraph(
      'Экстраверсия показывает, сколько общения, движения и ярких впечатлений хочется человеку. При высоком балле ' +
      'сил чаще прибавляют люди и события, при низком — тишина и небольшой круг близких. Речь не об умении общаться: ' +
      'оно бывает разным при любом балле.',
      'Extraversion is about how much company, activity and excitement a person wants. With a high score, energy ' +
      'more often comes from people and events; with a low one, from quiet and a small circle of close people. It is ' +
      'not about social skill, which varies at any score.',
    ),
    facets: [
      named('Дружелюбие', 'Friendliness'),
      named('Общительность', 'Gregariousness'),
      named('Ассертивность', 'Assertiveness'),
      named('Активность', 'Activity Level'),
      named('Поиск острых ощущений', 'Excitement-Seeking'),
      named('Жизнерадостность', 'Cheerfulness'),
    ],
  },
  {
    id: 'O',
    name: named('Открытость опыту', 'Openness to Experience'),
    description: paragraph(
      'Открытость опыту показывает, насколько человека тянет к идеям, искусству и непривычным впечатлениям. При ' +
      'высоком балле привлекают новизна и игра воображения, при низком — знакомое, конкретное и проверенное. Ум и ' +
      'образованность эта черта не измеряет.',
      'Openness to experience is about how far a person is drawn to ideas, art and unfamiliar impressions. With a ' +
      'high score, novelty and the play of imagination attract; with a low one, the familiar, the concrete and the ' +
      'proven do. The trait does not measure intelligence or education.',
    ),
    facets: [
      named('Воображение', 'Imagination'),
      named('Художественные интересы', 'Artistic Interests'),
      named('Эмоциональность', 'Emotionality'),
      named('Тяга к новому', 'Adventurousness'),
      named('Интеллектуальные интересы', 'Intellect'),
      named('Либерализм', 'Liberalism'),
    ],
  },
  {
    id: 'A',
    name: named('Доброжелательность', 'Agreeableness'),
    description: paragraph(
      'Доброжелательность показывает, что в отношениях с людьми обычно выходит на первый план: согласие и забота о ' +
      'других или независимый взгляд и собственные интересы. При высоком балле человек чаще доверяет и идет ' +
      'навстречу, при низком — чаще проверяет, спорит и стоит на своем. Отношениям бывает нужно и то и другое.',
      'Agreeableness is about what usually comes first in dealings with people: harmony and care for others, or an ' +
      'independent view and one’s own interests. With a high score a person more often trusts and meets others ' +
      'halfway; with a low one, more often checks, argues and stands firm. Relationships need both at times.',
    ),
    facets: [
      named('Доверие', 'Trust'),
      named('Нравственность', 'Morality'),
      named('Альтруизм', 'Altruism'),
      named('Сотрудничество', 'Cooperation'),
      named('Скромность', 'Modesty'),
      named('Сочувствие', 'Sympathy'),
    ],
  },
  {
    id: 'C',
    name: named('Добросовестность', 'Conscientiousness'),
    description: paragraph(
      'Добросовестность показывает, как человек обращается с целями, порядком и обещаниями. При высоком балле ' +
      'привычнее планировать и доводить дело до конца, при низком — действовать по обстоятельствам и легко менять ' +
      'решения. Первое выручает там, где важна надежность, второе — там, где все быстро меняется.',
      'Conscientiousness is about how a person handles goals, order and promises. With a high score it is more ' +
      'natural to plan and to see things through; with a low one, to act as circumstances suggest and to change ' +
      'course easily. The first helps where reliability matters, the second where things change quickly.',
    ),
    facets: [
      named('Самоэффективность', 'Self-Efficacy'),
      named('Любовь к порядку', 'Orderliness'),
      named('Чувство долга', 'Dutifulness'),
      named('Стремление к достижениям', 'Achievement-Striving'),
      named('Самодисциплина', 'Self-Discipline'),
      named('Осмотрительность', 'Cautiousness'),
    ],
  },
];
