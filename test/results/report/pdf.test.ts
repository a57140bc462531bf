import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from '@jest/globals';
import type { ReportDocument } from '../../../src/results/report/document.js';
import { PdfRenderer } from '../../../src/printing/index.js';
import { reportPrintJob } from '../../../src/results/report/pdf/index.js';
import { printable } from '../../../src/printing/printable.js';
import { readPdf, solid } from '../../printing/read-pdf.js';
import { bundledDocuments } from './bundled-documents.js';
import { printedText } from './printed-text.js';
import { reportOf, withoutFeet } from './report-pdf.js';
import { sampleDocuments } from './sample-documents.js';

const renderer = new PdfRenderer();
afterAll(() => renderer.close());

const named = (documents: Readonly<Record<string, ReportDocument>>) =>
  Object.entries(documents).map(([name, document]) => ({ name, document }));
const samples = named(sampleDocuments);
const orderly = [...samples.filter(({ name }) => name !== 'an unruly report'), ...named(bundledDocuments)];

/** How often each character is in a text. */
function census(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return counts;
}

describe.each(samples)('the PDF of $name', ({ document }) => {
  it('ends each page with the title and the number of the page', async () => {
    const pdf = await readPdf(await renderer.render(reportPrintJob(document)));
    const title = printable(document.title);
    expect(pdf.pages.length).toBeGreaterThan(1);
    expect(() => withoutFeet(pdf, title)).not.toThrow();
  });

  it('names the title, the language, the platform and the time of the answers', async () => {
    const { info } = await readPdf(await renderer.render(reportPrintJob({ ...document, title: 'Тест «А» & B' })));
    const time = `D:${document.savedAt.slice(0, 19).replace(/\D/g, '')}Z`;
    expect(info).toMatchObject({
      Title: 'Тест «А» & B', Language: document.locale, Author: 'Testodrom', CreationDate: time, ModDate: time,
    });
  });

  it('is the same to the byte in every thread and process', async () => {
    const other = new PdfRenderer();
    const printed = await Promise.all([renderer, renderer, other].map((each) => each.render(reportPrintJob(document))));
    await other.close();
    expect(new Set([...printed.map(digest), await digestOfAnotherProcess(document)]).size).toBe(1);
  });
});

describe.each(orderly)('the text of the PDF of $name', ({ document }) => {
  it('is that of the report, in its order', async () => {
    const pdf = await readPdf(await renderer.render(reportPrintJob(document)));
    // A table that goes on on the next page says its columns again.
    const repeated = document.blocks.filter((block) => block.kind === 'table')
      .map(({ columns }) => solid(columns.map(({ label }) => label).join('')));
    const pages = withoutFeet(pdf, document.title).map((page) => {
      const heading = repeated.find((columns) => page.startsWith(columns));
      return page.slice(heading?.length ?? 0);
    });
    expect(pages.join('')).toBe(printedText(document));
  });
});

describe('the PDF of an unruly report', () => {
  const document = sampleDocuments['an unruly report']!;

  it('loses no character that can be printed', async () => {
    const pdf = await readPdf(await renderer.render(reportPrintJob(document)));
    const found = census(withoutFeet(pdf, printable(document.title)).join(''));
    const wanted = census(printable(printedText(document)));
    expect([...wanted].filter(([character, count]) => (found.get(character) ?? 0) < count)).toEqual([]);
  });
});

describe('a text with characters that the font lacks', () => {
  it.each([
    { written: 'Дом, café, № 5, 100 ₽ — «да»…', printed: 'Дом, café, № 5, 100 ₽ — «да»…' },
    { written: 'и\u0306 е\u0308', printed: 'й ё' },
    { written: 'за\u0301мок', printed: 'за\u0301мок' },
    { written: 'Готово 👍🏽 👩‍👩‍👧 🇷🇺 1️⃣', printed: 'Готово    1' },
    { written: 'ﬁne ① 𝐀 ℃ ２', printed: 'fine 1 A °C 2' },
    { written: 'низкий → высокий', printed: 'низкий -> высокий' },
    { written: '5\u202f000\u00a0₽', printed: '5\u00a0000\u00a0₽' },
    { written: 'soft\u00adhyphen\u200b\u0007', printed: 'softhyphen' },
    { written: 'tab\there\r\nand\u2028here', printed: 'tab here \nand here' },
    { written: '漢字 עב \ud800 \uffff', printed: '�� �� � �' },
    { written: '', printed: '' },
  ])('is printed as far as it can be: $written', ({ written, printed }) => {
    expect(printable(written)).toBe(printed);
  });

  it('is printed as it is when the font has them, every one of them', async () => {
    const all = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code))
      .filter((character) => printable(character) === character && /^[\p{L}\p{N}\p{P}\p{S}]$/u.test(character));
    expect(all.length).toBeGreaterThan(800);
    const report = reportOf({ kind: 'heading', level: 2, text: all.join(' ') });
    const pages = withoutFeet(await readPdf(await renderer.render(reportPrintJob(report))), report.title);
    // Letters that as signs have the same shape come back as letters.
    const lettered = (text: string): string => text.replace('∆', 'Δ').replace('µ', 'μ');
    expect(lettered(pages.join(''))).toBe(lettered(`TitleSubtitle${all.join('')}`));
  });
});

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function digestOfAnotherProcess(document: ReportDocument): Promise<string> {
  const compiled = join(import.meta.dirname, '../../../dist');
  const script = `import { renderPdf } from '${compiled}/printing/render.js';
    import { pdfDefinition } from '${compiled}/results/report/pdf/definition.js';
    process.stdout.write(await renderPdf(pdfDefinition(JSON.parse(process.argv[1]))));`;
  const { stdout } = await promisify(execFile)(
    process.execPath, ['--input-type=module', '-e', script, JSON.stringify(document)], { encoding: 'buffer', maxBuffer: 10_000_000 },
  );
  return digest(stdout);
}
