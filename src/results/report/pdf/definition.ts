import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { singleLine } from '../../../printing/printable.js';
import type { ReportDocument } from '../document.js';
import { blockContents } from './blocks.js';
import { accentColor, defaultStyle, page, styles } from './theme.js';

/** What is left of a longer title at the foot of a page. */
const LONGEST_FOOT = 90;
const NUMBER_WIDTH = 60;

/** A report as pdfmake is told to print it. It depends on the document only: there is no other time in it. */
export function pdfDefinition(document: ReportDocument): TDocumentDefinitions {
  const { locale, title, blocks } = document;
  const savedAt = new Date(document.savedAt);
  const times = { creationDate: savedAt, modDate: savedAt };
  const foot = shortened(singleLine(title));
  return {
    // What older versions lack: a language, and a title instead of a file name.
    version: '1.7',
    language: locale,
    displayTitle: true,
    info: { title: title.toWellFormed(), author: 'Testodrom', creator: 'Testodrom', ...times },
    pageSize: 'A4',
    pageMargins: [page.left, page.top, page.right, page.bottom],
    defaultStyle,
    styles,
    content: [heading(document), ...blockContents(blocks)],
    footer: (number, count) => ({
      columns: [
        { text: foot, width: page.textWidth - NUMBER_WIDTH },
        { text: `${number} / ${count}`, width: NUMBER_WIDTH, alignment: 'right' },
      ],
      margin: [page.left, 20, page.right, 0],
      style: 'footer',
    }),
  };
}

function heading({ title, subtitle }: ReportDocument): Content {
  return [
    { text: singleLine(title), style: 'title' },
    { text: singleLine(subtitle), style: 'subtitle' },
    { canvas: [{ type: 'rect', x: 0, y: 0, w: page.textWidth, h: 2, color: accentColor }], marginTop: 10 },
  ];
}

function shortened(title: string): string {
  return title.length <= LONGEST_FOOT ? title : `${title.slice(0, LONGEST_FOOT).trimEnd()}…`;
}
