// Measures importing, scoring and rendering on the compiled server. Prints figures with what they should stay under;
// machines differ, so nothing fails: run it before and after a change, and compare.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { bundledTests } from '../../../dist/catalogue/content/index.js';
import { checkDefinition, publishTest, readTest } from '../../../dist/catalogue/import/index.js';
import { RevisionSource } from '../../../dist/catalogue/index.js';
import { contentOf } from '../../../dist/catalogue/import/definition-content.js';
import { publishedTest } from '../../../dist/catalogue/published-test.js';
import { loadConfig } from '../../../dist/config.js';
import { openDatabase } from '../../../dist/open-database.js';
import { PdfRenderer } from '../../../dist/printing/index.js';
import { composeReport, reportPage, reportPrintJob } from '../../../dist/results/index.js';

const AT_ONCE = 20;

function edition(slug) {
  const { definition } = checkDefinition(bundledTests.find((test) => test.slug === slug));
  return publishedTest({ ...contentOf(definition), id: 'bench', createdAt: new Date(0), revision: 1 });
}

/** Answers that differ from question to question, the same in every run. */
function answersTo({ questions }) {
  return new Map(questions.map(({ id, options }, index) => [id, [options[(index * 7) % options.length].value]]));
}

function quizOf(count) {
  const option = (value) => `<option value="${value}"><ru>Вариант ${value}</ru><en>Option ${value}</en></option>`;
  const item = (id) => `<item id="${id}" group="g${id % 10}"><name><ru>Вопрос ${id}</ru><en>Question ${id}</en></name>` +
    `<options>${[0, 1, 2, 3, 4].map(option).join('')}</options></item>`;
  return `<quiz><items>${Array.from({ length: count }, (_, index) => item(index + 1)).join('\n')}</items></quiz>`;
}

async function timesOf(count, work) {
  const times = [];
  for (let run = 0; run < count; run += 1) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b);
}

/** Does something on a new database, which is gone afterwards. */
async function onEmbeddedDatabase(work) {
  const folder = await mkdtemp(join(tmpdir(), 'testodrom-bench-'));
  try {
    const { database, close } = await openDatabase(loadConfig({ DATA_DIR: folder }), 'command');
    await work(database).finally(close);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const rows = [['what', 'median', 'best', 'worst', 'should be under']];
const ms = (value) => `${value.toFixed(value < 10 ? 2 : 0)} ms`;
function note(what, times, target) {
  rows.push([what, ms(times[Math.floor(times.length / 2)]), ms(times[0]), ms(times.at(-1)), target]);
}

const ipip = edition('ipip-neo-120');
const answers = answersTo(ipip);
const respondent = { sex: 'FEMALE', age: 30 };
note('score IPIP-NEO-120', await timesOf(500, () => ipip.score(answers, respondent)), '');
const source = { edition: ipip, calculation: ipip.score(answers, respondent), savedAt: new Date('2026-01-02T03:04:05Z') };
const document = composeReport(source, 'ru');
note('compose its report', await timesOf(200, () => composeReport(source, 'ru')), '');
note('compose and render html', await timesOf(200, () => reportPage(composeReport(source, 'ru'))), '10 ms');

const xml = quizOf(500);
const meta = { slug: 'bench', name: { ru: 'Тест' }, description: { ru: 'Тест' }, duration: 5, paid: false };
const importXml = () => readTest({ format: 'quiz-xml', file: { name: 'quiz.xml', text: xml }, config: null, meta: { file: { name: 'meta.json', text: JSON.stringify(meta) }, options: [] } });
if (importXml().problems.length > 0) throw new Error(JSON.stringify(importXml().problems));
note('read 500 questions of quiz.xml', await timesOf(10, importXml), '');
await onEmbeddedDatabase(async (database) => {
  let duration = 0;
  const publishXml = () => publishTest(database, { ...importXml().definition, duration: (duration += 1) }, RevisionSource.IMPORTED);
  note('read and publish them', await timesOf(5, publishXml), '1000 ms');
});

const pdf = new PdfRenderer();
note('first pdf, with the start of a thread', await timesOf(1, () => pdf.render(reportPrintJob(document))), '');
note('pdf of IPIP-NEO-120', await timesOf(30, () => pdf.render(reportPrintJob(document))), '150 ms');
const { byteLength } = await pdf.render(reportPrintJob(document));

const delay = monitorEventLoopDelay({ resolution: 1 });
await Promise.all(Array.from({ length: 4 }, () => pdf.render(reportPrintJob(document))));
delay.enable();
const start = performance.now();
await Promise.all(Array.from({ length: AT_ONCE }, () => pdf.render(reportPrintJob(document))));
const seconds = (performance.now() - start) / 1000;
delay.disable();
await pdf.close();

for (const row of rows) console.log(row.map((cell, column) => cell.padEnd([40, 10, 10, 10, 0][column])).join('').trimEnd());
console.log(`\nsize of that pdf: ${Math.round(byteLength / 1000)} kB (under 300)`);
console.log(`${AT_ONCE} pdfs at once: ${(AT_ONCE / seconds).toFixed(1)} a second, ` +
  `event-loop delay p99 ${(delay.percentile(99) / 1e6).toFixed(1)} ms (under 20)`);
