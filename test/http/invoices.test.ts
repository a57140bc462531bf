import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'content-disposition';
import { buyer, seller } from '../billing/document/sample-invoices.js';
import { readPdf, solid } from '../printing/read-pdf.js';
import { startTestServer, type TestClient, type TestServer } from '../setup/test-server.js';

let server: TestServer;
let client: TestClient;
let origin: string;
/** The document key of an invoice that nobody changes. */
let key: string;
let sequence = 41;

const INSERT = `
  insert into invoice (client_id, id, year, sequence, document_key, status, payment_policy, licenses, unit_price, total, vat,
                       vat_rate, issued_at, due_at, seller, buyer)
  values ($1, $2, 2026, $3, $4, 'ISSUED', 'PREPAID', 10, 15050, 150500, 27139,
          22, '2026-11-21T22:00Z', '2026-12-05T22:00Z', $5, $6)`;

beforeAll(async () => {
  server = await startTestServer();
  client = await server.client();
  origin = new URL(server.url).origin;
  key = await issue();
});
afterAll(() => server.close());

/** Stores an invoice and gives its document key. */
async function issue(): Promise<string> {
  const documentKey = randomUUID();
  sequence += 1;
  await server.sql(INSERT, [client.id, randomUUID(), sequence, documentKey, JSON.stringify(seller), JSON.stringify(buyer)]);
  return documentKey;
}

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${origin}/invoices/${path}`, { headers });

describe('an invoice at its address', () => {
  it('is a page', async () => {
    const response = await get(`${key}.html`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(parse(response.headers.get('content-disposition')!)).toMatchObject({
      type: 'inline', parameters: { filename: 'Счёт 2026-000042.html' },
    });
    const page = await response.text();
    expect(page).toMatch(/^<!doctype html>\n<html lang="ru">/);
    expect(page).toContain('от 22\u00a0ноября\u00a02026\u00a0г.');
    expect(page).toContain('Одна тысяча пятьсот пять рублей 00 копеек');
  });

  it('is a pdf with the same words, under a readable name', async () => {
    const response = await get(`${key}.pdf`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/pdf');
    const disposition = response.headers.get('content-disposition')!;
    expect(disposition).toMatch(/^attachment; filename="?invoice-2026-000042\.pdf"?; filename\*=UTF-8''/);
    expect(parse(disposition)).toMatchObject({ type: 'attachment', parameters: { filename: 'Счёт 2026-000042.pdf' } });
    const { pages } = await readPdf(new Uint8Array(await response.arrayBuffer()));
    expect(pages).toEqual([expect.stringContaining('Однатысячапятьсотпятьрублей00копеек')]);
  });

  it('takes the key and the format in capitals', async () => {
    expect((await get(`${key.toUpperCase()}.HTML`)).status).toBe(200);
  });

  it.each(['html', 'pdf'])('as %s is the same each time, and is not sent to who has it', async (format) => {
    const first = await get(`${key}.${format}`);
    const bytes = Buffer.from(await first.arrayBuffer());
    const again = await get(`${key}.${format}`);
    expect(Buffer.from(await again.arrayBuffer()).equals(bytes)).toBe(true);
    const etag = first.headers.get('etag')!;
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const response = await get(`${key}.${format}`, { 'if-none-match': known });
      expect([response.status, response.headers.get('etag'), await response.text()]).toEqual([304, etag, '']);
    }
    expect((await get(`${key}.${format}`, { 'if-none-match': '"other"' })).status).toBe(200);
  });

  it.each(['html', 'pdf'])('as %s is told without a body to who asks for its head only', async (format) => {
    const response = await fetch(`${origin}/invoices/${key}.${format}`, { method: 'HEAD' });
    expect([response.status, await response.text()]).toEqual([200, '']);
    expect(response.headers.get('etag')).toBe((await get(`${key}.${format}`)).headers.get('etag'));
  });

  it.each(['html', 'pdf'])('as %s is kept by its reader only, tells nobody its address, and lets nothing run', async (format) => {
    const { headers } = await get(`${key}.${format}`);
    expect(headers.get('cache-control')).toBe('private, no-cache');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-robots-tag')).toBe('noindex');
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none';/);
  });

  it.each([
    ['paid', `status = 'PAID', paid_at = '2026-11-22T22:00Z'`, 'Оплачен23ноября2026г.'],
    ['cancelled', `status = 'CANCELLED', cancelled_at = '2026-11-22T22:00Z'`, 'Отменён23ноября2026г.,оплатенеподлежит'],
  ])('says so when it was %s, to those too who have it from before', async (_what, change, said) => {
    const changing = await issue();
    const tagOf = async (format: string): Promise<string> => (await get(`${changing}.${format}`)).headers.get('etag')!;
    const before = [await tagOf('html'), await tagOf('pdf')];
    await server.sql(`update invoice set ${change} where document_key = $1`, [changing]);
    const [html, pdf] = await Promise.all(['html', 'pdf'].map((format, index) =>
      get(`${changing}.${format}`, { 'if-none-match': before[index]! })));
    expect([html!.status, pdf!.status]).toEqual([200, 200]);
    const page = await html!.text();
    const { pages } = await readPdf(new Uint8Array(await pdf!.arrayBuffer()));
    expect(solid(page)).toContain(`>${said}<`);
    expect(page).not.toContain('<svg');
    expect(pages).toEqual([expect.stringContaining(said)]);
  });

  it.each([
    ['an unknown key', '0190cb2e-5a1f-7c3d-9e4b-6f8a2d1c0b7e.html'],
    ['what is no key', 'x.pdf'],
    ['a key without a format', '0190cb2e-5a1f-7c3d-9e4b-6f8a2d1c0b7e'],
    ['nothing', ''],
    ['a path', '..%2f..%2fetc%2fpasswd.html'],
  ])('is not found for %s', async (_what, path) => {
    const response = await get(path);
    const { errors: [problem] } = await response.json();
    expect([response.status, problem.message, problem.extensions.code]).toEqual([
      404, 'No invoice is here: check that the address is complete, and ask for .html or .pdf.', 'BAD_USER_INPUT',
    ]);
    expect([response.headers.get('cache-control'), response.headers.get('etag')]).toEqual(['no-store', null]);
  });

  it.each(['json', 'doc', 'constructor'])('is not found as %s', async (format) => {
    expect((await get(`${key}.${format}`)).status).toBe(404);
  });

  it('is not found by the id of the invoice, which clients see', async () => {
    const [row] = await server.sql<{ id: string }>('select id from invoice where document_key = $1', [key]);
    expect((await get(`${row!.id}.html`)).status).toBe(404);
  });
});

describe('a pdf of an invoice that cannot be printed now', () => {
  it('is to be asked for again later, while the page is there', async () => {
    const closing = await startTestServer();
    try {
      const owner = await closing.client();
      const documentKey = randomUUID();
      await closing.sql(INSERT, [owner.id, randomUUID(), 1, documentKey, JSON.stringify(seller), JSON.stringify(buyer)]);
      await closing.app.services.pdf.close();
      const at = (format: string): Promise<Response> => fetch(`${new URL(closing.url).origin}/invoices/${documentKey}.${format}`);
      const pdf = await at('pdf');
      expect([pdf.status, pdf.headers.get('retry-after'), (await pdf.json()).errors[0].extensions.code])
        .toEqual([503, '5', 'UNAVAILABLE']);
      expect((await at('html')).status).toBe(200);
    } finally {
      await closing.close();
    }
  });
});
