import type { DomainId } from './ipip-neo-120-domains.js';
import { paragraph, type Text } from './texts.js';

/** How a domain's score stands to those of the comparison group. */
export type Level = 'low' | 'average' | 'high';

/** What each level of each domain can mean for the person who answered. */
export const levelTexts: Readonly<Record<DomainId, Readonly<Record<Level, Text>>>> = {
  N: {
    low: paragraph(
      'Судя по ответам, тревога и досада возникают у вас реже, чем у большинства людей в группе сравнения. В ' +
      'напряженной обстановке вам обычно нетрудно сохранять спокойствие, а неприятности быстро отходят на второй ' +
      'план. Другие могут переживать то же самое острее; бывает полезно спросить, каково им.',
      'Your answers suggest that worry and annoyance come to you less often than to most people in the comparison ' +
      'group. You usually stay calm in tense situations without much effort, and troubles soon fade into the ' +
      'background. Others may feel the same events more sharply; it can help to ask how they are doing.',
    ),
    average: paragraph(
      'Вы тревожитесь и сердитесь примерно так же часто, как большинство людей. Трудный день может вас задеть, но ' +
      'вряд ли надолго выведет из равновесия. Посмотрите на грани этой черты: среди них могут быть и более высокие, ' +
      'и более низкие.',
      'You worry and get annoyed about as often as most people do. A difficult day may affect you but is unlikely to ' +
      'upset your balance for long. Look at the facets of this trait: some of them may be higher and some lower.',
    ),
    high: paragraph(
      'Тревогу, досаду и грусть вы, похоже, чувствуете чаще или сильнее, чем большинство людей в группе сравнения. ' +
      'Такая чуткость помогает рано заметить, что что-то идет не так, и основательно готовиться к важному. Она ' +
      'требует и сил, поэтому стоит заранее оставлять время на отдых и на разговоры с теми, кому вы доверяете.',
      'You seem to feel worry, annoyance and sadness more often or more strongly than most people in the comparison ' +
      'group. Such sensitivity helps to notice early that something is going wrong and to prepare thoroughly for ' +
      'what matters. It also takes energy, so it is worth leaving time in advance for rest and for talking to people ' +
      'you trust.',
    ),
  },
  E: {
    low: paragraph(
      'Общения и шума вам, похоже, нужно меньше, чем большинству людей в группе сравнения. Силы вам чаще возвращают ' +
      'спокойная обстановка, несколько близких людей и время наедине с собой. В большой компании это могут принять ' +
      'за отстраненность, хотя дело обычно в предпочтениях, а не в отношении к людям.',
      'You seem to need less company and noise than most people in the comparison group. Calm surroundings, a few ' +
      'close people and time to yourself are what more often restores your energy. In a large gathering this may be ' +
      'taken for distance, although it is usually a matter of preference and not of how you feel about people.',
    ),
    average: paragraph(
      'Общения и впечатлений вам нужно примерно столько же, сколько большинству людей. Вам может быть хорошо и в ' +
      'компании, и в тишине, смотря по настроению и собеседникам. Когда одного становится слишком много, вам, скорее ' +
      'всего, хочется другого.',
      'You need about as much company and excitement as most people do. You can enjoy both an evening among people ' +
      'and an evening in quiet, depending on your mood and the company. When there is too much of one, you probably ' +
      'start wanting the other.',
    ),
    high: paragraph(
      'К людям, движению и ярким событиям вас, похоже, тянет сильнее, чем большинство в группе сравнения. Вам обычно ' +
      'легко начать разговор и взять слово, а общие дела придают вам сил. Тем, кто рядом, может быть нужно больше ' +
      'тишины, чем вам; об этом проще договориться вслух.',
      'You seem to be drawn to people, activity and lively events more than most people in the comparison group. You ' +
      'usually find it easy to start a conversation and to speak up, and doing things together gives you energy. ' +
      'Those around you may need more quiet than you do; this is easier to settle by talking about it.',
    ),
  },
  O: {
    low: paragraph(
      'Знакомое и проверенное вам, похоже, ближе, чем большинству людей в группе сравнения. Вы, скорее всего, цените ' +
      'ясность, практическую пользу и сложившийся порядок; на этом держится многое из того, чему нужно постоянство. ' +
      'К переменам вам может быть удобнее идти небольшими шагами, когда понятно, зачем они.',
      'The familiar and the proven seem to be closer to you than to most people in the comparison group. You ' +
      'probably value clarity, practical use and established ways; much that needs continuity rests on them. You may ' +
      'find it more comfortable to approach change in small steps, once it is clear what it is for.',
    ),
    average: paragraph(
      'Новое привлекает вас примерно так же, как большинство людей. Вы можете увлечься свежей идеей, но и привычное ' +
      'вряд ли станете менять без причины. Посмотрите на грани этой черты: нередко одни виды опыта привлекают ' +
      'заметно больше, чем другие.',
      'New things attract you about as much as they attract most people. A fresh idea can carry you away, but you ' +
      'are unlikely to change what you are used to without a reason. Look at the facets of this trait: some kinds of ' +
      'experience often attract noticeably more than others.',
    ),
    high: paragraph(
      'Идеи, искусство и непривычный опыт привлекают вас, похоже, сильнее, чем большинство людей в группе сравнения. ' +
      'Любопытство и воображение могут подсказывать вам связи и возможности, которые легко пропустить. Однообразие ' +
      'может утомлять вас быстрее, чем других, поэтому стоит находить место для нового и в обычных делах.',
      'Ideas, art and unfamiliar experience seem to attract you more than most people in the comparison group. ' +
      'Curiosity and imagination may suggest connections and possibilities that are easy to miss. Sameness may tire ' +
      'you sooner than others, so it is worth finding room for something new in everyday things too.',
    ),
  },
  A: {
    low: paragraph(
      'В отношениях с людьми вы, похоже, больше полагаетесь на собственное суждение, чем большинство в группе ' +
      'сравнения. Вам обычно проще возразить, поторговаться или сказать неудобную правду, и это ценно там, где нужен ' +
      'независимый взгляд. Если важно сохранить теплоту, может помочь сначала показать, что вы услышали собеседника.',
      'In dealings with people you seem to rely on your own judgement more than most of the comparison group. You ' +
      'usually find it easier to object, to bargain or to say an awkward truth, which is valuable where an ' +
      'independent view is needed. When it matters to keep things warm, it may help to show first that you have ' +
      'heard the other person.',
    ),
    average: paragraph(
      'Забота о других и внимание к своим интересам сочетаются у вас примерно так же, как у большинства людей. Вы ' +
      'можете пойти навстречу, но уступаете не всегда. Что возьмет верх, скорее всего, зависит от человека и от ' +
      'того, о чем идет речь.',
      'You combine care for others with attention to your own interests about as most people do. You can meet others ' +
      'halfway but do not always give in. Which of the two prevails probably depends on the person and on what is at ' +
      'stake.',
    ),
    high: paragraph(
      'Согласие с людьми и забота о них значат для вас, похоже, больше, чем для большинства в группе сравнения. Вы ' +
      'обычно верите в добрые намерения, охотно помогаете и ищете мирное решение. На собственные желания при этом ' +
      'может оставаться мало места, поэтому полезно время от времени спрашивать себя, чего хочется вам.',
      'Harmony with people and care for them seem to mean more to you than to most of the comparison group. You ' +
      'usually believe in good intentions, help willingly and look for a peaceful solution. Your own wishes may then ' +
      'be left with little room, so it is useful to ask yourself from time to time what you want.',
    ),
  },
  C: {
    low: paragraph(
      'Вы, похоже, чаще действуете по обстоятельствам, а не по плану, чем большинство людей в группе сравнения. Вам ' +
      'обычно нетрудно переключиться, начать без долгой подготовки и ужиться с некоторым беспорядком. Когда важны ' +
      'сроки и точность, могут выручить внешние опоры: напоминания, короткие списки, уговор сделать дело вместе.',
      'You seem to go by circumstances rather than by a plan more often than most people in the comparison group. ' +
      'You usually find it easy to switch, to start without long preparation and to live with some disorder. When ' +
      'deadlines and precision matter, outside support can help: reminders, short lists, an agreement to do the ' +
      'thing together.',
    ),
    average: paragraph(
      'План и импровизация уживаются у вас примерно так же, как у большинства людей. Важное вы, скорее всего, ' +
      'доводите до конца, а с остальным обходитесь свободнее. Посмотрите на грани этой черты: одно дело любить ' +
      'порядок, другое — стремиться к цели или взвешивать решения.',
      'You mix planning and improvising about as most people do. You probably see important things through and take ' +
      'the rest more freely. Look at the facets of this trait: it is one thing to love order and another to strive ' +
      'for a goal or to weigh decisions.',
    ),
    high: paragraph(
      'Порядок, точность и данное слово значат для вас, похоже, больше, чем для большинства людей в группе ' +
      'сравнения. Вы обычно ставите цель, планируете и доводите дело до конца. Другим может хватать меньшей ' +
      'определенности, а вам бывает полезно оставлять часть времени без плана.',
      'Order, precision and keeping your word seem to mean more to you than to most people in the comparison group. ' +
      'You usually set a goal, plan and see things through. Others may be content with less certainty, and it can do ' +
      'you good to leave some time unplanned.',
    ),
  },
};
