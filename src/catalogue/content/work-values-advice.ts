import { paragraph, type Text } from './texts.js';

/** A value that the test tells apart. */
export type ValueId =
  | 'independence' | 'stability' | 'income' | 'growth' | 'team' | 'meaning' | 'creativity' | 'balance';

/** For somebody to whom a value is important: what to ask an employer, and what to look at. */
export const advice: Readonly<Record<ValueId, Text>> = {
  independence: paragraph(
    'Вам хочется решать, как и когда делать работу. На собеседовании спросите, как здесь ставят задачи, кто ' +
    'утверждает решения и как часто проверяют промежуточные результаты. Уточните и то, насколько свободен график.',
    'You want to decide how and when your work is done. At an interview, ask how tasks are set, who approves ' +
    'decisions and how often interim results are checked. Find out, too, how flexible the hours are.',
  ),
  stability: paragraph(
    'Вам спокойнее, когда место сохранится и завтра. Спросите, какой договор предлагают, на какой срок и почему ' +
    'открылась вакансия. Узнайте, давно ли работают будущие коллеги и как организация прошла последние трудные ' +
    'времена.',
    'You feel easier when the job will still be there tomorrow. Ask what contract is offered, for how long, and why ' +
    'the post is vacant. Find out how long your future colleagues have stayed and how the organisation came through ' +
    'its last hard times.',
  ),
  income: paragraph(
    'Вы смотрите на то, сколько платят и растет ли доход вместе с результатами. Спросите, из чего складывается ' +
    'оплата, как часто ее пересматривают и от чего зависят прибавки. Сравнивая предложения, учитывайте все вместе: ' +
    'оклад, премии, страховку, расходы на дорогу.',
    'You look at how well a job pays and whether pay grows with results. Ask what the pay consists of, how often it ' +
    'is reviewed and what a rise depends on. When comparing offers, take everything together: salary, bonuses, ' +
    'insurance, the cost of commuting.',
  ),
  growth: paragraph(
    'Вы хотите узнавать новое и браться за более сложные задачи. Спросите, чему сотрудники научились за последний ' +
    'год, кто помогает новичкам и кем стали те, кто занимал эту должность раньше.',
    'You want to learn and to take on more challenging tasks. Ask what the staff have learnt in the past year, who ' +
    'helps newcomers and what those who held this post before do now.',
  ),
  team: paragraph(
    'Для вас много значит, кто работает рядом и можно ли рассчитывать на поддержку. Попросите познакомить вас с ' +
    'будущими коллегами: по одному разговору с руководителем о них судить трудно. Спросите, как в команде решают ' +
    'споры и что делают, когда кто-то не успевает.',
    'It means a lot to you who works beside you and whether you can count on support. Ask to meet your future ' +
    'colleagues: one talk with the manager says little about them. Ask how the team settles disagreements and what ' +
    'happens when someone cannot keep up.',
  ),
  meaning: paragraph(
    'Вам хочется верить в свое дело и видеть, кому оно помогает. Спросите, кто пользуется результатами работы и как ' +
    'здесь понимают, что она удалась. Обратите внимание, чем люди в этой организации гордятся: близко ли это вам.',
    'You want to believe in your work and to see whom it helps. Ask who uses its results and how people here tell ' +
    'that it went well. Notice what people in the organisation are proud of, and whether it is close to you.',
  ),
  creativity: paragraph(
    'Вам хочется придумывать и пробовать необычное. Спросите, откуда здесь берутся новые идеи, кто решает, какие из ' +
    'них воплощать, и что бывает, если попытка не удалась. Попросите вспомнить недавнюю идею, которую предложил ' +
    'рядовой сотрудник.',
    'You want to come up with ideas and to try the unusual. Ask where new ideas come from here, who decides which of ' +
    'them to carry out and what happens when an attempt fails. Ask for a recent idea that came from an ordinary ' +
    'member of staff.',
  ),
  balance: paragraph(
    'Вы хотите, чтобы оставалось время на близких и увлечения. Спросите, когда здесь обычно заканчивают работу, ' +
    'часто ли задерживаются и ждут ли ответа на письма в выходные. Узнайте, как планируют отпуск и учитывают ли при ' +
    'этом пожелания сотрудников.',
    'You want to have time left for loved ones and hobbies. Ask when people usually finish work here, how often they ' +
    'stay late and whether they are expected to answer emails on days off. Find out how holidays are planned and ' +
    'whether the staff’s wishes are taken into account.',
  ),
};
