import { execFile } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { PdfBusy, PdfFailed, type PdfLimits, PdfRenderer, type PrintJob } from '../../src/printing/index.js';
import type { Block } from '../../src/results/report/document.js';
import { reportPrintJob } from '../../src/results/report/pdf/index.js';
import { reportOf } from '../results/report/report-pdf.js';
import { until } from '../setup/until.js';
import { readPdf } from './read-pdf.js';

const renderers: PdfRenderer[] = [];
/** The threads that a test started. */
let workers: Worker[] = [];
const noteWorker = (message: unknown): void => { workers.push((message as { worker: Worker }).worker); };
beforeEach(() => {
  workers = [];
  subscribe('worker_threads', noteWorker);
});
afterEach(async () => {
  unsubscribe('worker_threads', noteWorker);
  for (const renderer of renderers.splice(0)) await renderer.close();
});

function newRenderer(limits: Partial<PdfLimits> = {}): PdfRenderer {
  const renderer = new PdfRenderer(limits);
  renderers.push(renderer);
  return renderer;
}

const NOT_PRINTED = 'The document could not be printed.';
const jobOf = (block: Block): PrintJob => reportPrintJob(reportOf(block));
const small = jobOf({ kind: 'heading', level: 2, text: 'Small' });
/** A paragraph whose lines take minutes to break. */
const endless = jobOf({ kind: 'richText', html: 'word '.repeat(150_000) });

/** A table of so many rows: hundreds take a moment, thousands much memory. */
function tableOf(rows: number): PrintJob {
  const columns = Array.from({ length: 6 }, (_, index) => ({ label: `Column ${index}`, numeric: index > 0 }));
  const cells = columns.map(({ label }) => `${label} has some words in it`);
  const row = { cells, indented: false };
  return jobOf({ kind: 'table', caption: 'Table', columns, rows: Array<typeof row>(rows).fill(row) });
}

async function expectPrinted(bytes: Promise<Uint8Array>): Promise<void> {
  expect((await readPdf(await bytes)).pages[0]).toContain('Small');
}

/** Whether each of the threads that were started still runs. */
const running = (): boolean[] => workers.map(({ threadId }) => threadId > 0);

/** The threads of this process. */
const threads = (): number => readdirSync('/proc/self/task').length;

describe('a renderer of PDFs', () => {
  it('leaves the main thread to others while it prints', async () => {
    let turns = 0;
    let printed = false as boolean;
    const bytes = newRenderer().render(tableOf(300)).then(() => { printed = true; });
    while (!printed) {
      await setImmediate();
      turns += 1;
    }
    await bytes;
    expect(turns).toBeGreaterThan(100);
  });

  it('prints more documents than it has threads, one after the other', async () => {
    const renderer = newRenderer({ threads: 2 });
    for (const bytes of Array.from({ length: 10 }, () => renderer.render(small))) await expectPrinted(bytes);
  });

  it('says that it is busy when too many wait already, and prints those that wait', async () => {
    const renderer = newRenderer({ threads: 1, waiting: 1 });
    const accepted = [renderer.render(small), renderer.render(small)];
    const refused = await renderer.render(small).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(PdfBusy);
    expect(refused).toMatchObject({ message: 'Too many documents wait to be printed (1). Try again in some seconds.' });
    for (const bytes of accepted) await expectPrinted(bytes);
    await expectPrinted(renderer.render(small));
  });

  it('lets who gives up leave the line at once, with the reason, and gives the place to others', async () => {
    const renderer = newRenderer({ threads: 1, waiting: 1 });
    const gone = new AbortController();
    let printed = false;
    const printing = renderer.render(tableOf(300)).then(() => { printed = true; });
    const waiting = renderer.render(small, { signal: gone.signal });
    const outcome = expect(waiting).rejects.toThrow('The reader is gone.');
    gone.abort(new Error('The reader is gone.'));
    await outcome;
    const next = renderer.render(small);
    await expect(renderer.render(small)).rejects.toThrow(PdfBusy);
    expect(printed).toBe(false);
    await printing;
    await expectPrinted(next);
    await expectPrinted(renderer.render(small));
  });

  it('lets one reader alone not fill the line', async () => {
    const renderer = newRenderer({ threads: 1, waitingEach: 1 });
    const accepted = [renderer.render(small, { reader: 'one' }), renderer.render(small, { reader: 'one' })];
    const refused = await renderer.render(small, { reader: 'one' }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(PdfBusy);
    expect(refused).toMatchObject({ message: 'Too many documents for one reader wait to be printed (1). Try again in some seconds.' });
    accepted.push(renderer.render(small, { reader: 'another' }));
    for (const bytes of accepted) await expectPrinted(bytes);
    await expectPrinted(renderer.render(small, { reader: 'one' }));
  });

  it('lets readers take turns, and when all places are taken the one who has most loses the last', async () => {
    const renderer = newRenderer({ threads: 1, waiting: 3 });
    const [printed, refused]: [string[], string[]] = [[], []];
    const print = (reader: string): Promise<unknown> => renderer.render(small, { reader }).then(() => printed.push(reader), (error: unknown) => {
      expect(error).toBeInstanceOf(PdfBusy);
      refused.push(reader);
    });
    await Promise.all(['many', 'many', 'many', 'many', 'few', 'few', 'new'].map(print));
    expect([printed, refused.toSorted()]).toEqual([['many', 'many', 'few', 'new'], ['few', 'many', 'many']]);
  });

  it('does not begin a document that nobody waits for', async () => {
    const renderer = newRenderer();
    await expect(renderer.render(small, { signal: AbortSignal.abort(new Error('Too late.')) })).rejects.toThrow('Too late.');
    expect(workers).toEqual([]);
  });

  it('prints a document to its end that is given up only when its turn has come', async () => {
    const renderer = newRenderer({ threads: 1 });
    const [first, second] = [new AbortController(), new AbortController()];
    const printing = renderer.render(small, { signal: first.signal });
    const waiting = renderer.render(small, { signal: second.signal });
    first.abort();
    await expectPrinted(printing);
    second.abort();
    await expectPrinted(waiting);
    expect(running()).toEqual([true]);
  });

  it('gives up a document that takes too long, and prints the next, whose time begins with its turn', async () => {
    const renderer = newRenderer({ threads: 1, timeMs: 6000 });
    const begun = performance.now();
    const [first, second, waiting] = [renderer.render(endless), renderer.render(endless), renderer.render(small)];
    const outcomes = Promise.allSettled([first, second]);
    await expect(first).rejects.toThrow(PdfFailed);
    await expect(first).rejects.toThrow('The document took longer than 6 s to print.');
    await expect(second).rejects.toThrow('The document took longer than 6 s to print.');
    await expectPrinted(waiting);
    await outcomes;
    expect(performance.now() - begun).toBeGreaterThan(12_000);
  });

  it('gives up a document that needs too much memory, and prints the next', async () => {
    const renderer = newRenderer({ threads: 1, memoryMb: 64, timeMs: 60_000 });
    const failure = await renderer.render(tableOf(10_000)).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(PdfFailed);
    expect(failure).toMatchObject({ message: NOT_PRINTED, cause: { code: 'ERR_WORKER_OUT_OF_MEMORY' } });
    await expectPrinted(renderer.render(small));
  });

  it('gives up a document that makes it fail, and prints the next', async () => {
    const renderer = newRenderer({ threads: 1 });
    const failure = await renderer.render(reportPrintJob({ ...reportOf(), savedAt: 'never' })).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(PdfFailed);
    expect(failure).toMatchObject({ message: NOT_PRINTED, cause: { message: expect.any(String) } });
    await expectPrinted(renderer.render(small));
  });

  it('says at once when no thread can start', async () => {
    // Too little to load what prints.
    const renderer = newRenderer({ memoryMb: 8, timeMs: 60_000 });
    const begun = performance.now();
    const failure = await renderer.render(small).catch((error: unknown) => error);
    expect(failure).toMatchObject({ message: NOT_PRINTED, cause: { code: 'ERR_WORKER_OUT_OF_MEMORY' } });
    expect(performance.now() - begun).toBeLessThan(30_000);
  });

  it('replaces its threads after so many documents, and loses none', async () => {
    const renderer = newRenderer({ threads: 1, retireAfter: 2 });
    for (const bytes of Array.from({ length: 5 }, () => renderer.render(small))) await expectPrinted(bytes);
    expect(running()).toEqual([false, false, true]);
  });

  it('lets a thread print its last document before it is replaced', async () => {
    const renderer = newRenderer({ threads: 2, retireAfter: 2, timeMs: 60_000 });
    let printed = false;
    const long = renderer.render(tableOf(500)).then((bytes) => {
      printed = true;
      return readPdf(bytes);
    });
    for (let index = 0; index < 2; index += 1) await expectPrinted(renderer.render(small));
    expect(printed).toBe(false);
    expect(workers.length).toBeGreaterThan(2);
    expect((await long).pages.length).toBeGreaterThan(10);
    expect(running()[0]).toBe(false);
  });

  it('ends its threads when they have nothing to do, and starts new ones', async () => {
    const renderer = newRenderer({ idleMs: 1000 });
    await renderer.render(small);
    const busy = threads();
    await until('threads without work end', () => threads() < busy);
    await expectPrinted(renderer.render(small));
  });
});

describe('a thread', () => {
  const moduleOf = (source: string): string => `data:text/javascript,${encodeURIComponent(source)}`;
  const echo = moduleOf('export const pdfDefinition = (text) => ({ content: text })');

  it('prints by any template that it is told, side by side with others', async () => {
    const renderer = newRenderer({ threads: 1 });
    const [first, , last] = await Promise.all(['one', small, 'two'].map((job) =>
      renderer.render(typeof job === 'string' ? { template: echo, data: job } : job)));
    expect([await readPdf(first!), await readPdf(last!)]).toMatchObject([{ pages: ['one'] }, { pages: ['two'] }]);
    expect(workers).toHaveLength(1);
  });

  it('loads a template once', async () => {
    const counting = moduleOf('let count = 0; export const pdfDefinition = () => ({ content: `${(count += 1)}.` })');
    const renderer = newRenderer({ threads: 1 });
    for (const page of ['1.', '2.']) {
      expect((await readPdf(await renderer.render({ template: counting, data: null }))).pages).toEqual([page]);
    }
  });

  it('knows nothing of the environment', async () => {
    const telling = moduleOf('export const pdfDefinition = () => ({ content: `Known: ${Object.keys(process.env).length}` })');
    expect(Object.keys(process.env).length).toBeGreaterThan(0);
    expect((await readPdf(await newRenderer().render({ template: telling, data: null }))).pages).toEqual(['Known:0']);
  });

  it.each([
    { what: 'there is no such template', job: { template: 'file:///nowhere/at.js', data: null }, why: /Cannot find module/ },
    { what: 'the template prints a file', job: imageJob('/etc/hostname'), why: /denied/ },
    { what: 'the template prints what is elsewhere', job: imageJob('http://127.0.0.1:9/image.png'), why: /denied/ },
  ])('fails when $what, and prints the next', async ({ job, why }) => {
    const renderer = newRenderer({ threads: 1 });
    const failure = await renderer.render(job).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(PdfFailed);
    expect(failure).toMatchObject({ message: NOT_PRINTED, cause: { message: expect.stringMatching(why) } });
    await expectPrinted(renderer.render(small));
  });

  function imageJob(image: string): PrintJob {
    return { template: moduleOf('export const pdfDefinition = (image) => ({ content: { image } })'), data: image };
  }
});

describe('a closed renderer', () => {
  it('has no threads, and refuses what is printed, what waits and what comes', async () => {
    const renderer = newRenderer({ threads: 1 });
    await renderer.render(small);
    const printing = renderer.render(endless);
    const waiting = renderer.render(small);
    const outcomes = Promise.allSettled([printing, waiting]);
    const busy = threads();
    await renderer.close();
    await outcomes;
    for (const bytes of [printing, waiting, renderer.render(small)]) await expect(bytes).rejects.toThrow(PdfBusy);
    await until('its threads end', () => threads() < busy);
  });

  it('lets its process end', async () => {
    const module = join(import.meta.dirname, '../../dist/printing/index.js');
    const script = `import { PdfRenderer } from '${module}';
      const renderer = new PdfRenderer();
      const bytes = await renderer.render(${JSON.stringify(small)});
      await renderer.close();
      console.log(bytes.length > 1000 ? 'printed' : 'empty');`;
    const said = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { timeout: 30_000 });
    expect(said).toEqual({ stdout: 'printed\n', stderr: '' });
  });
});
