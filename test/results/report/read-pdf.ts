import { extractLinks, extractText, extractTextItems, getDocumentProxy, getMeta } from 'unpdf';
import type { Block, ReportDocument } from '../../../src/results/report/document.js';

/** A piece of text in its place on a page, in points from the bottom left. */
export interface PlacedText {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** What a reader finds in a PDF. */
export interface ReadPdf {
  /** The text of each page without white space, which lines and cells do not keep. */
  readonly pages: readonly string[];
  readonly items: readonly (readonly PlacedText[])[];
  readonly links: readonly string[];
  readonly info: Readonly<Record<string, unknown>>;
}

export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  // The reader takes its bytes away.
  const pdf = await getDocumentProxy(new Uint8Array(bytes));
  const { text } = await extractText(pdf, { mergePages: false });
  const { items } = await extractTextItems(pdf);
  const { links } = await extractLinks(pdf);
  const { info } = await getMeta(pdf);
  return {
    pages: text.map(solid),
    items: items.map((page) => page.map(({ str, x, y, width }) => ({ text: str, x, y, width }))),
    links,
    info,
  };
}

/** A text without its white space. */
export function solid(text: string): string {
  return text.replace(/\s+/g, '');
}

/** The pages without what is at the foot of each. */
export function withoutFeet({ pages }: ReadPdf, title: string): string[] {
  return pages.map((page, index) => {
    const foot = `${solid(title)}${index + 1}/${pages.length}`;
    if (!page.endsWith(foot)) throw new Error(`Page ${index + 1} does not end with ${foot}.`);
    return page.slice(0, -foot.length);
  });
}

/** A report of these blocks. */
export function reportOf(...blocks: readonly Block[]): ReportDocument {
  return { locale: 'en', title: 'Title', savedAt: '2026-01-01T00:00:00.000Z', subtitle: 'Subtitle', blocks };
}

/** The same text so many times, numbered. */
export function words(word: string, count: number): string {
  return Array.from({ length: count }, (_, index) => `${word}${index}.`).join(' ');
}
