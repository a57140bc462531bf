import type { Block, ReportDocument } from '../../../src/results/report/document.js';
import { type ReadPdf, solid } from '../../printing/read-pdf.js';

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
