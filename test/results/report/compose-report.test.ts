import { describe, expect, it } from '@jest/globals';
import type { TestDefinitionInput } from '../../../src/catalogue/import/index.js';
import { QuestionKind } from '../../../src/catalogue/index.js';
import { composeReport } from '../../../src/results/report/compose-report.js';
import type { Block, ReportDocument } from '../../../src/results/report/document.js';
import { VALUE_LENGTH, VALUES_LISTED } from '../../../src/results/report/score-blocks.js';
import type { Respondent } from '../../../src/scoring/index.js';
import { published } from '../../setup/published.js';
import { reportTest } from '../../setup/report-test.js';
import { smallTest } from '../../setup/small-tests.js';

type Given = Readonly<Record<string, readonly string[]>>;

const savedAt = new Date('2026-11-21T22:30:00Z');
const given: Given = { 11: ['1'], 3: ['0'], 7: ['1'], 9: ['house'] };

function reportOf(
  input: TestDefinitionInput, answers: Given = given, locale: string | null = 'ru', respondent: Respondent | null = null,
): ReportDocument {
  const edition = published(input);
  const calculation = edition.score(new Map(Object.entries(answers)), respondent);
  return composeReport({ edition, calculation, savedAt }, locale);
}

const texts = (blocks: readonly Block[]): string => JSON.stringify(blocks);
const headings = ({ blocks }: ReportDocument): string[] =>
  blocks.flatMap((block) => (block.kind === 'heading' ? [`${block.level} ${block.text}`] : []));

describe('a report', () => {
  it("has the test's name, the day, the author's texts, the scales, the interpretations that hold, and all figures", () => {
    expect(reportOf(reportTest('report'))).toEqual({
      locale: 'ru',
      title: 'Тест report',
      savedAt: '2026-11-21T22:30:00.000Z',
      subtitle: 'Тест пройден 21 ноября 2026 г.',
      blocks: [
        { kind: 'richText', html: '<p>Сумма: 3</p>' },
        { kind: 'heading', level: 2, text: 'Шкалы' },
        {
          kind: 'chart',
          chart: {
            type: 'bars', title: 'Шкалы, в процентах возможного диапазона', min: 0, max: 100,
            points: [{ label: 'Настроение', value: 75, text: '75%' }, { label: 'Ум', value: 100, text: '100%' }],
          },
        },
        { kind: 'heading', level: 3, text: 'Настроение' },
        {
          kind: 'chart',
          chart: {
            type: 'bars', title: 'Грани: Настроение, в процентах возможного диапазона', min: 0, max: 100,
            points: [{ label: 'Покой', value: 100, text: '100%' }],
          },
        },
        { kind: 'heading', level: 3, text: 'Ум' },
        { kind: 'richText', html: '<p>О том, сколько <b>верно</b>.</p>' },
        { kind: 'heading', level: 2, text: 'Что означает результат' },
        { kind: 'heading', level: 3, text: 'Настроение: немного' },
        { kind: 'bar', text: 'Уровень: 3 из 6', percentage: 60, color: 'success' },
        { kind: 'richText', html: '<p>Единиц: 2</p>' },
        { kind: 'heading', level: 2, text: 'Баллы' },
        {
          kind: 'table', caption: 'Все шкалы',
          columns: ['Шкала', 'Баллы', 'Возможно', '%'].map((label, index) => ({ label, numeric: index > 0 })),
          rows: [
            { cells: ['Настроение', '3', '0–4', '75'], indented: false },
            { cells: ['Покой', '2', '0–2', '100'], indented: true },
            { cells: ['Ум', '2', '0–2', '100'], indented: false },
          ],
        },
        { kind: 'richText', html: '<p>Конец</p>' },
      ],
    });
  });

  it('speaks the requested language, and that of the test where it has no text in it', () => {
    const report = reportOf(reportTest('report'), given, 'en-GB');
    expect(report).toMatchObject({ locale: 'en', title: 'Test report', subtitle: 'Completed on November 21, 2026' });
    expect(headings(report))
      .toEqual(['2 Scales', '3 Mood', '3 Ум', '2 What the result means', '3 Mood: a little', '2 Scores']);
    expect(reportOf(reportTest('report'), given, 'de').locale).toBe('ru');
    expect(reportOf(reportTest('report'), given, null).locale).toBe('ru');
    expect(texts(report.blocks)).toContain('Level: 3 of 6');
  });

  it('compares with a norm, names it, and draws T-scores when every scale of the report has one', () => {
    const man = { sex: 'MALE', age: 30 } as const;
    const { blocks } = reportOf({ ...reportTest('report'), scales: [reportTest('report').scales![0]!] }, given, 'en', man);
    expect(blocks.find(({ kind }) => kind === 'chart')).toEqual({
      kind: 'chart',
      chart: {
        type: 'bars', title: 'Scales, in T-scores, 50 being the average', min: 20, max: 80,
        points: [{ label: 'Mood', value: 60, text: '60' }],
      },
    });
    expect(texts(blocks)).toContain('"cells":["Mood","3","0–4","75","60","60"]');
    expect(texts(blocks)).toContain('“Norm of 2020”, group “Men of 18 to 60”');
    const woman = { sex: 'FEMALE', age: 30 } as const;
    expect(texts(reportOf(reportTest('report'), given, 'en', woman).blocks)).not.toContain('Norm of 2020');
  });

  it('draws percentages in all of its charts when a scale has no T-score', () => {
    const { blocks } = reportOf(reportTest('report'), given, 'en', { sex: 'MALE', age: 30 });
    const charts = blocks.flatMap((block) => (block.kind === 'chart' ? [block.chart] : []));
    expect(charts.map(({ min, max }) => [min, max])).toEqual([[0, 100], [0, 100]]);
    expect(texts(blocks)).toContain('"cells":["Mood","3","0–4","75","60","60"]');
    expect(texts(blocks)).toContain('"cells":["Calm","2","0–2","100","–","–"]');
  });

  it('draws a profile of many scales, unless the author chose a chart', () => {
    const scales = (count: number) => Array.from({ length: count }, (_, index) =>
      ({ id: `s${index}`, name: { ru: `Шкала ${index}` }, items: [{ question: '11' }] }));
    const typeOf = (test: Partial<TestDefinitionInput>) =>
      reportOf({ ...smallTest('test', { paid: false }), ...test }).blocks.flatMap((block) => (block.kind === 'chart' ? [block.chart.type] : []));
    expect(typeOf({ scales: scales(8) })).toEqual(['bars']);
    expect(typeOf({ scales: scales(9) })).toEqual(['profile']);
    expect(typeOf({ scales: scales(9), report: { chart: 'radar' } })).toEqual(['radar']);
  });

  it('tells what scales without parts are about in one list', () => {
    const [broad, , wit] = reportTest('report').scales!;
    const described = { ...reportTest('report'), scales: [broad!, { ...wit!, name: { ru: 'Ум & <ум>' } }] };
    expect(reportOf(described).blocks).toContainEqual(
      { kind: 'list', items: [{ term: 'Ум & <ум>', html: '<p>О том, сколько <b>верно</b>.</p>' }] });
  });

  it('has each scale followed by its parts, wherever the author declared them', () => {
    const [mood, calm, wit] = reportTest('report').scales!;
    const { blocks } = reportOf({ ...reportTest('report'), scales: [calm!, wit!, mood!] });
    const table = blocks.find((block) => block.kind === 'table');
    expect(table?.rows.map(({ cells, indented }) => [cells[0], indented]))
      .toEqual([['Ум', false], ['Настроение', false], ['Покой', true]]);
  });

  it('fills placeholders in as plain text where a plain text is shown, else as clean HTML', () => {
    const text = { ru: 'R&amp;D <b>team</b><script>alert(1)</script>: {{ config.team }}, {{ SUM }}' };
    const { blocks } = reportOf({
      ...reportTest('report'),
      report: {
        texts: { team: text },
        interpretations: [
          { name: { ru: 'О {{ config.team }}' }, bar: { percent: 'SCALE', label: { ru: '{{ config.team }}' } }, text },
        ],
      },
    });
    const plain = 'R&D team: {{ config.team }}, {{ SUM }}';
    const inHtml = 'R&amp;D <b>team</b>: R&amp;D <b>team</b>: {{ config.team }}, {{ SUM }}, 3';
    expect(blocks).toContainEqual({ kind: 'heading', level: 3, text: `О ${plain}` });
    expect(blocks).toContainEqual(expect.objectContaining({ kind: 'bar', text: `${plain}: 60%` }));
    expect(blocks).toContainEqual({ kind: 'richText', html: inHtml });
  });

  it.each([
    { parts: 'with parts', scales: (): TestDefinitionInput['scales'] => reportTest('report').scales },
    { parts: 'without parts', scales: () => reportTest('report').scales!.filter(({ parent }) => parent === undefined) },
  ])('fills nothing into the descriptions of scales $parts', ({ scales }) => {
    const described = scales()!.map((scale) => ({ ...scale, description: { ru: '<p>{{ SUM }} <i>как есть</i></p>' } }));
    const { blocks } = reportOf({ ...reportTest('report'), scales: described });
    expect(texts(blocks)).toContain('"html":"<p>{{ SUM }} <i>как есть</i></p>"');
  });

  it('leaves a scale open for which too little was answered', () => {
    const { blocks } = reportOf(reportTest('report'), { ...given, 11: [] });
    expect(texts(blocks)).toContain('{"label":"Покой","value":null,"text":"–"}');
    expect(texts(blocks)).toContain('"cells":["Покой","0","0–0","–"]');
  });

  it('of a test without scales and words of its author shows the plain scores', () => {
    const report = reportOf({ ...smallTest('plain', { paid: false }), scales: [] }, { 11: ['1'], 3: ['2'], 7: [] });
    expect(report.blocks).toEqual([
      { kind: 'heading', level: 2, text: 'Баллы' },
      { kind: 'bar', text: 'Всего: 3 из 6', percentage: 50, color: 'primary' },
      { kind: 'heading', level: 2, text: 'Группы вопросов' },
      { kind: 'bar', text: 'alpha: 3 из 4', percentage: 75, color: 'primary' },
      { kind: 'bar', text: 'beta: 0 из 2', percentage: 0, color: 'primary' },
      { kind: 'heading', level: 2, text: 'Ответы' },
      {
        kind: 'table', caption: 'Сколько раз дан каждый ответ',
        columns: [{ label: 'Ответ', numeric: false }, { label: 'Раз', numeric: true }, { label: '%', numeric: true }],
        rows: [
          { cells: ['Вариант 0', '0', '0'], indented: false },
          { cells: ['Вариант 1', '1', '33'], indented: false },
          { cells: ['Вариант 2', '1', '33'], indented: false },
          { cells: ['(без ответа)', '1', '33'], indented: false },
        ],
      },
    ]);
  });

  it('of scenarios of which none applies shows the plain scores as well', () => {
    const never = { when: [{ path: 'SUM', operator: '>' as const, value: 99 }], name: { ru: 'Никогда' } };
    const report = reportOf({ ...smallTest('plain', { paid: false }), scales: [], report: { interpretations: [never] } }, { 11: ['1'], 3: ['2'], 7: ['0'] });
    expect(headings(report)).toEqual(['2 Баллы', '2 Группы вопросов', '2 Ответы']);
  });

  it('never tells right texts that nobody gave, and lists no endless answers', () => {
    const questions = Array.from({ length: VALUES_LISTED + 5 }, (_, index) => ({
      id: `q${index}`, kind: QuestionKind.TEXT, name: { ru: 'Что?' }, options: [{ value: `тайна ${index}` }],
    }));
    const answers = Object.fromEntries(questions.map(({ id }, index) => [id, [index === 0 ? 'тайна 0' : `мимо ${index}`]]));
    const { blocks } = reportOf({ ...smallTest('text', { paid: false }), questions, scales: [] }, answers);
    const table = blocks.find((block) => block.kind === 'table');
    expect(table?.rows).toHaveLength(VALUES_LISTED);
    expect(table?.rows[0]?.cells).toEqual(['тайна 0', '1', '1']);
    expect(texts(blocks).match(/тайна/g)).toHaveLength(1);
  });

  it('shows the beginning of a long answer, whole characters of it', () => {
    const essay = { id: 'q', kind: QuestionKind.TEXT, name: { ru: 'Что?' }, options: [{ value: 'да' }] };
    const { blocks } = reportOf({ ...smallTest('text', { paid: false }), questions: [essay], scales: [] }, { q: ['😀'.repeat(8_000)] });
    expect(blocks.flatMap((block) => (block.kind === 'table' ? block.rows.map(({ cells }) => cells[0]) : [])))
      .toEqual([`${'😀'.repeat(VALUE_LENGTH)}…`]);
  });

  it('cannot be made to run by texts that are harmless one by one', () => {
    const test = reportTest('report');
    const hostile: TestDefinitionInput = {
      ...test,
      report: { intro: { ru: '<img src="x" alt="{{ config.q }}">' }, texts: { q: { ru: '" onerror="alert(1)' } } },
    };
    expect(texts(reportOf(hostile).blocks)).not.toMatch(/<img[^>]* onerror/);
  });

  it('is the same for the same source', () => {
    expect(reportOf(reportTest('report'))).toEqual(reportOf(reportTest('report')));
  });
});
