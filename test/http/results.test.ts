import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'content-disposition';
import { extractText, getDocumentProxy } from 'unpdf';
import { reportTest } from '../setup/report-test.js';
import { smallTest } from '../setup/small-tests.js';
import { type Json, startTestServer, type TestServer } from '../setup/test-server.js';

let server: TestServer;
let origin: string;
/** RESULT_KEY of a free test with a whole report. */
let key: string;

const SAVE = 'mutation ($input: SaveProgressInput!) { saveProgress(input: $input) { ... on SaveProgressSuccess { resultKey } } }';
const answers = [['11', '1'], ['3', '0'], ['7', '1'], ['9', '<script>alert("9")</script>']]
  .map(([questionId, value]) => ({ questionId, values: [value] }));

beforeAll(async () => {
  server = await startTestServer();
  origin = new URL(server.url).origin;
  await server.publish({ ...reportTest('report'), name: { ru: 'Тест: что/как?', en: 'Report' } });
  const { data } = await server.graphql(SAVE, { input: { test: 'report', answers } });
  key = data.saveProgress.resultKey;
});
afterAll(() => server.close());

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> => fetch(`${origin}/results/${path}`, { headers });
const problem = async (response: Response): Promise<Json> => {
  const body = await response.json();
  return { status: response.status, ...body.errors[0], kept: response.headers.get('cache-control'), etag: response.headers.get('etag') };
};

describe('a report at its address', () => {
  it('is a page in the requested language', async () => {
    const response = await get(`${key}.html?locale=en`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(parse(response.headers.get('content-disposition')!)).toMatchObject({
      type: 'inline', parameters: { filename: expect.stringMatching(/^Report \d{4}-\d\d-\d\d\.html$/) },
    });
    const page = await response.text();
    expect(page).toMatch(/^<!doctype html>/i);
    expect(page).toContain('<html lang="en"');
    expect(page).toContain('Mood: a little');
    expect(page).not.toMatch(/<script/i);
  });

  it('is a pdf with the same words, under a readable name', async () => {
    const response = await get(`${key}.pdf?locale=ru`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/pdf');
    const disposition = response.headers.get('content-disposition')!;
    expect(disposition).toMatch(/^attachment; filename="?report-\d{4}-\d\d-\d\d\.pdf"?; filename\*=UTF-8''/);
    expect(parse(disposition)).toMatchObject({
      type: 'attachment', parameters: { filename: expect.stringMatching(/^Тест что как \d{4}-\d\d-\d\d\.pdf$/) },
    });
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(await response.arrayBuffer())), { mergePages: true });
    expect(text).toContain('Настроение: немного');
  });

  it("is json in the platform's shape", async () => {
    const response = await get(`${key}.json`);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    const { data } = await server.graphql('query ($key: UUID!) { result(key: $key) { report { json } } }', { key });
    expect(await response.json()).toEqual(data.result.report.json);
  });

  it.each(['html', 'pdf', 'json'])('as %s is the same each time, and is not sent to who has it', async (format) => {
    const first = await get(`${key}.${format}`);
    const bytes = Buffer.from(await first.arrayBuffer());
    const again = await get(`${key}.${format}`);
    expect(Buffer.from(await again.arrayBuffer()).equals(bytes)).toBe(true);
    const etag = first.headers.get('etag')!;
    expect(again.headers.get('etag')).toBe(etag);
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const response = await get(`${key}.${format}`, { 'if-none-match': known });
      expect([response.status, response.headers.get('etag'), await response.text()]).toEqual([304, etag, '']);
    }
    expect((await get(`${key}.${format}`, { 'if-none-match': '"other"' })).status).toBe(200);
  });

  it('differs by language, but not for json', async () => {
    const tag = async (file: string): Promise<string | null> => (await get(file)).headers.get('etag');
    expect(await tag(`${key}.html?locale=ru`)).not.toBe(await tag(`${key}.html?locale=en`));
    expect(await tag(`${key}.pdf?locale=ru`)).not.toBe(await tag(`${key}.pdf?locale=en`));
    for (const fallback of ['de', '', 'abcd', 'x-a', 'RU', 'ru-Cyrl-RU']) {
      expect(await tag(`${key}.html?locale=${fallback}`)).toBe(await tag(`${key}.html`));
    }
    expect(await tag(`${key}.json?locale=ru`)).toBe(await tag(`${key}.json?locale=en`));
  });

  it('may be kept by its reader only, tells nobody its address, and lets nothing run', async () => {
    const { headers } = await get(`${key}.html`);
    expect(headers.get('cache-control')).toBe('private, no-cache');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-robots-tag')).toBe('noindex');
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none';/);
  });

  it.each([['???', /^nameless \d{4}-/], ['Ю'.repeat(1000), /^Ю{60} \d{4}-/]])('has a name that fits a file: %s', async (name, pattern) => {
    await server.publish({ ...smallTest('nameless', { paid: false }), name: { ru: name } });
    const { headers } = await get(`${await server.save('nameless')}.html`);
    expect(parse(headers.get('content-disposition')!).parameters['filename']).toMatch(pattern);
    expect(headers.get('content-disposition')!.length).toBeLessThan(600);
  });

  it('takes the key in capitals', async () => {
    expect((await get(`${key.toUpperCase()}.json`)).status).toBe(200);
  });

  it.each(['html', 'pdf', 'json'])('of a paid test as %s is there only after its result is attached', async (format) => {
    const client = await server.client();
    const paid = await server.save('paid');
    expect(await problem(await get(`${paid}.${format}`))).toMatchObject({
      status: 403, message: expect.stringMatching(/attached/), etag: null, extensions: { code: 'FORBIDDEN' },
    });
    await client.attach(paid, 'anna');
    expect((await get(`${paid}.${format}`)).status).toBe(200);
  });

  it.each([
    ['an unknown key', '0190cb2e-5a1f-7c3d-9e4b-6f8a2d1c0b7e.json'],
    ['what is no key', 'x.json'],
    ['a part of a key', '0190cb2e-5a1f-7c3d-9e4b.json'],
    ['a key without a format', '0190cb2e-5a1f-7c3d-9e4b-6f8a2d1c0b7e'],
    ['a format that does not exist', '0190cb2e-5a1f-7c3d-9e4b-6f8a2d1c0b7e.doc'],
    ['nothing', ''],
    ['a path', '..%2f..%2fetc%2fpasswd.json'],
  ])('is not found for %s', async (_what, path) => {
    expect(await problem(await get(path))).toMatchObject({ status: 404, kept: 'no-store', etag: null });
  });

  it.each(['русский', 'en,ru', '../en', 'x'.repeat(50)])('is refused for the language %j', async (locale) => {
    expect(await problem(await get(`${key}.html?locale=${encodeURIComponent(locale)}`)))
      .toMatchObject({ status: 400, message: expect.stringMatching(/"ru" or "en"/) });
    expect((await get(`${key}.html?locale=en&locale=ru`)).status).toBe(400);
  });

  it('is there for a result that was saved before there were norms', async () => {
    const { data } = await server.graphql(SAVE, { input: { test: 'report', answers } });
    const old: string = data.saveProgress.resultKey;
    const faces = async (): Promise<string[]> => [await (await get(`${old}.html`)).text(), await (await get(`${old}.json`)).text()];
    const before = await faces();
    const [row] = await server.sql<{ calculation: Json }>('select calculation from result where id = $1', [old]);
    const { norm: _, scales, ...calculation } = row!.calculation;
    const without = { ...calculation, scales: scales.map(({ standardized: __, ...score }: Json) => score) };
    await server.sql('update result set calculation = $2 where id = $1', [old, JSON.stringify(without)]);
    expect(await faces()).toEqual(before);
    const answer = await server.graphql('query ($key: UUID!) { result(key: $key) { report { scales { standardized { tScore } } } } }', { key: old });
    expect(answer.data.result.report.scales[0]).toEqual({ standardized: null });
  });

  it('is told without a body to who asks for its head only', async () => {
    const response = await fetch(`${origin}/results/${key}.html`, { method: 'HEAD' });
    expect([response.status, await response.text()]).toEqual([200, '']);
    expect(response.headers.get('etag')).toMatch(/^".+"$/);
  });
});

describe('a report in GraphQL', () => {
  const REPORT = `query ($key: UUID!) { result(key: $key) { report {
    page: html(locale: "en") fragment: html(locale: "en", fragment: true)
    html: url(format: HTML) pdf: url(format: PDF, locale: "en") json: url(format: JSON)
    interpretations(locale: "en") { title html bar { text percentage color } } } } }`;

  it('has the page, a fragment, links to all faces, and what the author has to say', async () => {
    const { data: { result: { report } } } = await server.graphql(REPORT, { key });
    expect(report.page).toBe(await (await get(`${key}.html?locale=en`)).text());
    expect(report.fragment).toMatch(/^<section class="testodrom-report" lang="en"/);
    expect(report).toMatchObject({
      html: `${origin}/results/${key}.html`, pdf: `${origin}/results/${key}.pdf?locale=en`, json: `${origin}/results/${key}.json`,
      interpretations: [{ title: 'Mood: a little', html: '<p>Ones: 2</p>', bar: { text: 'Level: 2 of 6', percentage: 40, color: 'SUCCESS' } }],
    });
    for (const link of [report.html, report.pdf, report.json]) expect((await fetch(link)).status).toBe(200);
  });

  it('has no interpretations where the author has none, or none applies', async () => {
    await server.publish({ ...smallTest('silent', { paid: false }), report: { interpretations: [{ when: [{ path: 'SUM', operator: '>', value: 99 }], name: { ru: 'Нет' } }] } });
    for (const test of ['free', 'silent']) {
      const { data } = await server.graphql(REPORT, { key: await server.save(test) });
      expect(data.result.report.interpretations).toEqual([]);
    }
  });

  it('links to the public address of the server, when it has one', async () => {
    const named = await startTestServer({ PUBLIC_URL: 'https://api.example.org/testodrom/' });
    try {
      const free = await named.save('free');
      const { data } = await named.graphql(REPORT, { key: free });
      expect(data.result.report.json).toBe(`https://api.example.org/testodrom/results/${free}.json`);
    } finally {
      await named.close();
    }
  });
});
