import type { ReportDocument } from './document.js';
import { interpretationBlocks } from './interpretation-blocks.js';
import { readingOf, type ReportSource } from './reading.js';
import { richText } from './rich-text-block.js';
import { scaleBlocks, scaleTable } from './scale-blocks.js';
import { scoreBlocks } from './score-blocks.js';

/**
 * Writes the report of a result in the reader's language: the author's texts, the declared scales, and where a test has
 * neither, its plain scores. The same source always gives an equal document.
 */
export function composeReport(source: ReportSource, requested: string | null): ReportDocument {
  const reading = readingOf(source, requested);
  const { edition, locale, words, format, savedAt } = reading;
  const interpretations = interpretationBlocks(reading);
  const plain = interpretations.length === 0 && edition.scales.length === 0;
  return {
    locale,
    title: reading.text(edition.name) ?? edition.slug,
    savedAt: savedAt.toISOString(),
    subtitle: words.completed(format.day(savedAt)),
    blocks: [
      ...richText(reading.filledHtml(edition.report?.intro)),
      ...scaleBlocks(reading),
      ...interpretations,
      ...scaleTable(reading),
      ...(plain ? scoreBlocks(reading) : []),
      ...richText(reading.filledHtml(edition.report?.outro)),
    ],
  };
}
