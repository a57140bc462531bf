import type { Block, ChartPoint, ReportDocument } from '../../../src/results/report/document.js';
import { unrulyReport } from './unruly-document.js';

const richText = (html: string): Block => ({ kind: 'richText', html });
const heading = (level: 2 | 3, text: string): Block => ({ kind: 'heading', level, text });
const point = (label: string, value: number, text = String(value)): ChartPoint => ({ label, value, text });

type Scored = readonly [name: string, score: number];

/** Domains of an inventory and their facets, with T-scores. */
const inventory: readonly (readonly [...Scored, facets: readonly Scored[]])[] = [
  ['Нейротизм', 41, [
    ['Тревожность', 44], ['Гневливость', 38], ['Подавленность', 40],
    ['Застенчивость', 47], ['Неумеренность', 42], ['Уязвимость', 39],
  ]],
  ['Экстраверсия', 56, [
    ['Дружелюбие', 60], ['Общительность', 52], ['Ассертивность', 57],
    ['Активность', 63], ['Поиск острых ощущений', 45], ['Жизнерадостность', 55],
  ]],
  ['Открытость опыту', 63, [
    ['Воображение', 58], ['Художественные интересы', 66], ['Эмоциональность', 54],
    ['Тяга к новому', 61], ['Интеллектуальные интересы', 68], ['Либерализм', 51],
  ]],
  ['Доброжелательность', 48, [
    ['Доверие', 50], ['Нравственность', 53], ['Альтруизм', 49],
    ['Сотрудничество', 46], ['Скромность', 36], ['Сочувствие', 52],
  ]],
  ['Добросовестность', 71, [
    ['Самоэффективность', 69], ['Любовь к порядку', 58], ['Чувство долга', 64],
    ['Стремление к достижениям', 74], ['Самодисциплина', 70], ['Осмотрительность', 62],
  ]],
];
const scales = inventory.flatMap(([name, score, facets]) => [
  { name, score, indented: false },
  ...facets.map(([facet, facetScore]) => ({ name: facet, score: facetScore, indented: true })),
]);
const percentile = (score: number): number => Math.round(100 / (1 + Math.exp(-1.702 * (score - 50) / 10)));
const sum = (score: number, facet: boolean): number => Math.round(facet ? score / 4 : score * 1.4);

/** A personality inventory in Russian: bars of 5 domains, a profile of 35 scales, a table of as many rows. */
const inventoryReport: ReportDocument = {
  locale: 'ru',
  title: 'Личностный опросник IPIP-NEO-120',
  savedAt: '2026-03-14T09:26:53.000Z',
  subtitle: 'Результат от 14 марта 2026 года',
  blocks: [
    richText('<p>Опросник описывает <strong>пять главных черт личности</strong> и по шесть граней каждой из них. '
      + 'Ваши ответы сравнили с ответами людей вашего пола и возраста.</p>'
      + '<p>Подробнее о том, как устроен опросник, — на <a href="https://ipip.ori.org/">сайте его авторов</a>.</p>'),
    heading(2, 'Главные черты'),
    { kind: 'chart', chart: {
      type: 'bars', title: 'Пять главных черт в процентилях', min: 0, max: 100,
      points: inventory.map(([name, score]) => point(name, percentile(score), `${percentile(score)} %`)),
    } },
    richText('<p>Процентиль говорит, у какой доли людей показатель ниже вашего:</p>'
      + '<ul><li>до 30 — ниже, чем у большинства;</li><li>от 30 до 70 — как у большинства;</li>'
      + '<li>выше 70 — выше, чем у большинства.</li></ul>'),
    heading(2, 'Все шкалы'),
    { kind: 'chart', chart: {
      type: 'profile', title: 'Профиль: T-баллы черт и их граней', min: 20, max: 80,
      points: scales.map(({ name, score }) => point(name, score)),
    } },
    { kind: 'table', caption: 'Баллы по всем шкалам',
      columns: [
        { label: 'Шкала', numeric: false }, { label: 'Сумма', numeric: true },
        { label: 'T-балл', numeric: true }, { label: 'Процентиль', numeric: true },
      ],
      rows: scales.map(({ name, score, indented }) => ({
        cells: [name, ...[sum(score, indented), score, percentile(score)].map(String)], indented,
      })) },
    ...inventory.flatMap(([name, score]): readonly Block[] => [
      heading(3, name),
      { kind: 'bar', text: `${name}: ${percentile(score)} из 100`, percentage: percentile(score), color: 'primary' },
      richText('<p>Вы чаще полагаетесь на себя, чем на обстоятельства, и <em>спокойно</em> относитесь к переменам. '
        + 'В работе вам важно видеть смысл того, что вы делаете, а не только его итог.</p>'
        + '<ol><li>Что помогает: ясная цель и время на подготовку.</li><li>Что мешает: частая смена задач.</li></ol>'),
    ]),
    heading(2, 'О результате'),
    { kind: 'list', items: [
      { term: 'Группа сравнения', html: '<p>Мужчины <em>от 21 до 40 лет</em>.</p><p>Других групп нет.</p>' },
      { term: 'Отвечено', html: '120 вопросов из&nbsp;120' },
    ] },
  ],
};

/** A career test in English: a radar of 8 fields of work, interpretations with a bar of every color. */
const careerReport: ReportDocument = {
  locale: 'en',
  title: 'Career Interests',
  savedAt: '2026-05-02T17:00:00.000Z',
  subtitle: 'Result of May 2, 2026',
  blocks: [
    { kind: 'chart', chart: {
      type: 'radar', title: 'Interest in eight fields of work', min: 0, max: 14,
      points: [
        point('Information technology', 12, '12 of 14'), point('Design', 9, '9 of 14'),
        point('Engineering', 7, '7 of 14'), point('Science', 10, '10 of 14'),
        point('Medicine and health care', 3, '3 of 14'), point('Education', 5, '5 of 14'),
        point('Business and management', 8, '8 of 14'), point('Media', 2, '2 of 14'),
      ],
    } },
    heading(2, 'What the result means'),
    heading(3, 'Information technology'),
    { kind: 'bar', text: 'Interest: 12 of 14', percentage: 86, color: 'success' },
    richText('<p>You like to work out how things behave and to make them behave better.</p><h4>Where to look</h4>'
      + '<ul><li>Software development</li><li>Data analysis</li><li>Information security</li></ul>'),
    heading(3, 'Science'),
    { kind: 'bar', text: 'Interest: 10 of 14', percentage: 71, color: 'primary' },
    richText('<p>Questions that have no answer yet attract you. '
      + '<a href="https://example.org/science">Read about research</a>.</p>'),
    heading(3, 'Education'),
    { kind: 'bar', text: 'Interest: 5 of 14', percentage: 36, color: 'warning' },
    richText('<p>Explaining is not a burden to you, but it is not what you would do every day.</p>'),
    heading(3, 'Media'),
    { kind: 'bar', text: 'Interest: 2 of 14', percentage: 14, color: 'danger' },
    richText('<blockquote>Speaking in public is work for others.</blockquote>'),
    { kind: 'table', caption: 'Points by field',
      columns: [
        { label: 'Field', numeric: false }, { label: 'Points', numeric: true }, { label: 'Percentage', numeric: true },
      ],
      rows: [
        { cells: ['Information technology', '12', '86%'], indented: false },
        { cells: ['Science', '10', '71%'], indented: false },
        { cells: ['Design', '9', '64%'], indented: false },
        { cells: ['Media', '2', '14%'], indented: false },
      ] },
  ],
};

/** Reports that every face has to show well. */
export const sampleDocuments: Readonly<Record<string, ReportDocument>> = {
  'an inventory': inventoryReport,
  'a career test': careerReport,
  'an unruly report': unrulyReport,
};

/** The rich texts of a report in their order. */
export function richTextsOf({ blocks }: ReportDocument): string[] {
  return blocks.flatMap((block) => {
    if (block.kind === 'richText') return [block.html];
    return block.kind === 'list' ? block.items.map(({ html }) => html) : [];
  });
}
