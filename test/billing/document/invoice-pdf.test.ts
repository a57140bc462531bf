import { createHash } from 'node:crypto';
import { afterAll, describe, expect, it } from '@jest/globals';
import { invoiceDocument, type InvoiceDocument, invoicePrintJob } from '../../../src/billing/index.js';
import type { IssuedInvoice } from '../../../src/billing/issued-invoice.js';
import { PdfRenderer } from '../../../src/printing/index.js';
import { printable } from '../../../src/printing/printable.js';
import { readPdf, solid } from '../../printing/read-pdf.js';
import { drawnCode, pictureOf } from './drawn-code.js';
import { readCode } from './read-code.js';
import { saidBy } from './said.js';
import { buyer, ordinary, sampleInvoices, seller, TIME_ZONE } from './sample-invoices.js';

const MM = 72 / 25.4;
const PAGE_WIDTH = 595.28;
const MARGIN = 40;

const renderer = new PdfRenderer();
afterAll(() => renderer.close());

const documentOf = (invoice: IssuedInvoice): InvoiceDocument => invoiceDocument(invoice, TIME_ZONE);
const print = (document: InvoiceDocument): Promise<Uint8Array> => renderer.render(invoicePrintJob(document));
const samples = Object.entries(sampleInvoices).map(([name, invoice]) => ({ name, document: documentOf(invoice) }));

describe.each(samples)('the PDF of $name', ({ document }) => {
  it('says what the document says, in its order', async () => {
    const { pages } = await readPdf(await print(document));
    expect(pages.join('')).toBe(solid(printable(saidBy(document))));
  });

  it('leaves no text outside of its margins', async () => {
    const { items } = await readPdf(await print(document));
    const places = items.flat().filter(({ text }) => text.trim() !== '');
    expect(places.length).toBeGreaterThan(20);
    expect(places.filter(({ x, width }) => x < MARGIN - 1 || x + width > PAGE_WIDTH - MARGIN + 1)).toEqual([]);
  });

  it('is the same to the byte in every thread', async () => {
    const other = new PdfRenderer();
    const printed = [await print(document), await print(document), await other.render(invoicePrintJob(document))];
    await other.close();
    expect(new Set(printed.map((bytes) => createHash('sha256').update(bytes).digest('hex'))).size).toBe(1);
  });

  it('names the title, the language, the platform and the times of the invoice', async () => {
    const { info } = await readPdf(await print(document));
    const time = (iso: string): string => `D:${iso.slice(0, 19).replace(/\D/g, '')}Z`;
    expect(info).toMatchObject({
      Title: document.title, Language: 'ru', Author: 'Testodrom',
      CreationDate: time(document.issuedAt), ModDate: time(document.changedAt),
    });
  });
});

describe.each(samples.filter(({ name }) => name !== 'an invoice with unruly names'))('the PDF of $name', ({ document }) => {
  it('is one page', async () => {
    expect((await readPdf(await print(document))).pages).toHaveLength(1);
  });
});

describe.each(samples.filter(({ document }) => document.payment))('the QR code in the PDF of $name', ({ document }) => {
  it('is read as the payment', async () => {
    const code = await drawnCode(await print(document));
    expect(readCode(pictureOf(code!))).toBe(document.payment!.text);
  });

  it('is at least 35 mm wide within its quiet zone of four modules', async () => {
    const { ground, modules } = (await drawnCode(await print(document)))!;
    const [left, right] = [Math.min(...modules.map((box) => box.left)), Math.max(...modules.map((box) => box.right))];
    const [bottom, top] = [Math.min(...modules.map((box) => box.bottom)), Math.max(...modules.map((box) => box.top))];
    expect((right - left) / MM).toBeGreaterThanOrEqual(35);
    expect(top - bottom).toBeCloseTo(right - left, 2);
    const module = modules[0]!.top - modules[0]!.bottom;
    for (const zone of [left - ground.left, ground.right - right, bottom - ground.bottom, ground.top - top]) {
      expect(zone / module).toBeCloseTo(4, 1);
    }
  });
});

describe.each(samples.filter(({ document }) => !document.payment))('the PDF of $name', ({ document }) => {
  it('has no QR code', async () => {
    expect(await drawnCode(await print(document))).toBeNull();
  });
});

describe('what does not fit one page', () => {
  it('goes on on the next, to the last word', async () => {
    const words = (word: string): string[] => Array.from({ length: 1500 }, (_, index) => `${word}${index}.`);
    const [names, signers] = [words('имя'), words('подпись')];
    const { pages } = await readPdf(await print(documentOf({
      ...ordinary, buyer: { ...buyer, name: names.join(' ') }, seller: { ...seller, accountant: signers.join(' ') },
    })));
    expect(pages.length).toBeGreaterThan(3);
    const text = pages.join('');
    expect([...names, ...signers, 'Всегокоплате'].filter((word) => !text.includes(word))).toEqual([]);
  });
});
