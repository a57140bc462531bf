import type { Block, ChartPoint, ReportDocument } from '../../../src/results/report/document.js';

const richText = (html: string): Block => ({ kind: 'richText', html });
const heading = (level: 2 | 3, text: string): Block => ({ kind: 'heading', level, text });
const point = (label: string, value: number): ChartPoint => ({ label, value, text: String(value) });

/** A text that would leave its place if it were not escaped, with characters that XML does not allow and rare ones. */
export const hostileText =
  '</style><script>alert(1)</script> "onload=x \' --> ]]> &amp; {{x}} ${x} '
  + '\u0007\u000b\ud800\uffff 👩‍👩‍👧 🇷🇺 𝔘 é̂ 漢字 עברית ₽ №';
const longWord = 'Превысокомногорассмотрительствующий'.repeat(3);
const longAddress = `https://example.org/${'x'.repeat(200)}`;
const sentence = 'A scale whose name is a whole sentence of quite a few words indeed';
const unrulyLabels = [hostileText, longWord, 'Обычная шкала', sentence, 'I'];

/** From -50 to 50; every fourth has no value, some say a text instead of it. */
function unrulyPoint(index: number): ChartPoint {
  const label = unrulyLabels[index % unrulyLabels.length] ?? '';
  const value = (index * 37) % 101 - 50;
  if (index % 4 === 2) return { label, value: null, text: '—' };
  return { label, value, text: index % 7 === 0 ? label : String(value) };
}

const points = (count: number, of: (index: number) => ChartPoint): ChartPoint[] =>
  Array.from({ length: count }, (_, index) => of(index));

const unrulyHtml = `<h4>${longWord}</h4><p><a href="${longAddress}">${longAddress}</a></p>`
  + '<p><img src="https://example.org/wide.png" alt="A wide picture" width="2000" height="500"></p>'
  + `<pre><code>${'wide code '.repeat(30)}</code></pre>`
  + `<ul><li>One<ul><li>Two<ol start="7"><li>Three<ul><li>${longWord}</li></ul></li></ol></li></ul></li></ul>`
  + '<dl><dt>A term</dt><dd>and what it means</dd></dl><hr>'
  + `<table><caption>A table</caption><thead><tr>${'<th>Column of a table</th>'.repeat(8)}</tr></thead>`
  + `<tbody><tr>${'<td>1000000</td>'.repeat(7)}<td>${longWord}</td></tr></tbody></table>`;

/** Everything that a layout does not like. */
export const unrulyReport: ReportDocument = {
  locale: 'en-GB',
  title: hostileText,
  savedAt: '2026-01-01T00:00:00.000Z',
  subtitle: `${hostileText} ${longWord}`,
  blocks: [
    heading(2, hostileText),
    ...(['bars', 'radar', 'profile'] as const).flatMap((type): readonly Block[] => [
      { kind: 'chart', chart: {
        type, title: hostileText, min: -50, max: 50, points: points(type === 'profile' ? 35 : 9, unrulyPoint),
      } },
      { kind: 'chart', chart: { type, title: 'One point', min: 0, max: 1, points: [point('Alone', 1)] } },
      { kind: 'chart', chart: {
        type, title: 'No value', min: 0, max: 1, points: [{ label: longWord, value: null, text: '—' }],
      } },
    ]),
    { kind: 'chart', chart: {
      type: 'radar', title: 'Many fields', min: 0, max: 30,
      points: points(30, (index) => point(`Field of work number ${index}`, index)),
    } },
    heading(2, longWord),
    heading(3, hostileText),
    { kind: 'bar', text: hostileText, percentage: 0, color: 'warning' },
    { kind: 'bar', text: longWord, percentage: 100, color: 'danger' },
    { kind: 'bar', text: 'A third', percentage: 100 / 3, color: 'success' },
    richText('Plain text without an element, with & and &amp; in it.'),
    richText(unrulyHtml),
    { kind: 'table', caption: hostileText,
      columns: [
        { label: 'Name', numeric: false }, { label: hostileText, numeric: true }, { label: 'Text', numeric: false },
        ...Array.from({ length: 5 }, (_, index) => ({ label: `Number ${index}`, numeric: true })),
      ],
      rows: [hostileText, longWord, 'Short'].map((name, index) => ({
        cells: [name, hostileText, longWord, '1', '—', '', '1000000000', '-5'], indented: index > 0,
      })) },
    { kind: 'list', items: [{ term: hostileText, html: unrulyHtml }, { term: longWord, html: longWord }] },
  ],
};
