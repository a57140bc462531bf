import type { Column, Content, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { singleLine } from '../../../printing/printable.js';
import type { Fact, InvoiceDocument, Mark, PaymentCode } from '../document.js';
import { qrCode } from '../qr-code.js';
import { codeWidth, defaultStyle, framed, grid, markColors, page, plain, rule, shade, signed, styles } from './theme.js';

/**
 * An invoice as pdfmake is told to print it, on one page of A4 unless names are very long. All widths are set: others would
 * grow with a long word.
 */
export function pdfDefinition(document: InvoiceDocument): TDocumentDefinitions {
  const { title, issuedAt, changedAt, mark, signatures } = document;
  return {
    // What older versions lack: a language, and a title instead of a file name.
    version: '1.7',
    language: 'ru',
    displayTitle: true,
    info: {
      title, author: 'Testodrom', creator: 'Testodrom', creationDate: new Date(issuedAt), modDate: new Date(changedAt),
    },
    pageSize: 'A4',
    pageMargins: page.margin,
    defaultStyle,
    styles,
    content: [
      accountTable(document.account),
      { text: singleLine(title), style: 'title' },
      ...(mark ? [markBox(mark)] : []),
      rule(8),
      partiesTable(document.parties),
      linesTable(document),
      totalsTable(document.totals),
      closing(document),
      signaturesTable(signatures),
    ],
  };
}

/** The bank and the payee on the left, the numbers that a payment needs on the right. */
function accountTable({ bank, bic, correspondentAccount, inn, kpp, account, payee }: InvoiceDocument['account']): Content {
  const body: TableCell[][] = [
    [{ ...cell(bank), colSpan: 2, rowSpan: 2 }, '', cell(bic)],
    ['', '', cell(correspondentAccount)],
    [cell(inn), cell(kpp), { ...cell(account), rowSpan: 2 }],
    [{ ...cell(payee), colSpan: 2 }, '', ''],
  ];
  return { table: { widths: ['33%', '32%', '35%'], body }, layout: grid };
}

function cell({ label, value }: Fact) {
  return { stack: [{ text: label, style: 'label' }, { text: singleLine(value) }] };
}

function markBox({ kind, text }: Mark): Content {
  const { ink, ground } = markColors[kind];
  const body = [[{ text, bold: true, fontSize: 12, color: ink, fillColor: ground }]];
  return { table: { widths: ['100%'], body }, layout: framed(ink), marginTop: 8 };
}

function partiesTable(parties: readonly Fact[]): Content {
  const body = parties.map(({ label, value }): TableCell[] =>
    [{ text: label, style: 'label', marginTop: 1 }, { text: singleLine(value), bold: true }]);
  return { table: { widths: ['24%', '76%'], body }, layout: plain, marginTop: 8 };
}

function linesTable({ columns, lines }: InvoiceDocument): Content {
  const alignments = ['center', 'left', 'right', 'center', 'right', 'right'] as const;
  const heading = columns.map((text): TableCell => ({ text, bold: true, alignment: 'center', fillColor: shade }));
  const body = lines.map((line) => line.map((text, index): TableCell => ({ text, alignment: alignments[index] ?? 'left' })));
  return { table: { widths: ['5%', '41%', '12%', '7%', '16%', '19%'], body: [heading, ...body] }, layout: grid, marginTop: 10 };
}

function totalsTable(totals: readonly Fact[]): Content {
  const body = totals.map(({ label, value }): TableCell[] => [{ text: label }, { text: value }]);
  return { table: { widths: ['80%', '20%'], body }, layout: plain, bold: true, alignment: 'right', marginTop: 8 };
}

/** The sum once more, and beside it the code to pay by. */
function closing({ summary, amountInWords, due, payment }: InvoiceDocument): Content {
  const words: Column = {
    width: '*',
    stack: [
      { text: summary },
      { text: amountInWords, bold: true, marginTop: 5 },
      ...(due === null ? [] : [{ text: due, bold: true, marginTop: 5 }]),
    ],
  };
  const columns = [words, ...(payment ? [codeFigure(payment)] : [])];
  return { unbreakable: true, stack: [{ columns, columnGap: 20 }], marginTop: 12 };
}

function codeFigure({ text, caption }: PaymentCode): Column {
  const svg = qrCode(text, caption).source;
  return { width: codeWidth, stack: [{ svg, width: codeWidth, height: codeWidth }, { text: caption, style: 'small' }] };
}

function signaturesTable(signatures: readonly Fact[]): Content {
  const line = (): Content => ({ canvas: [{ type: 'line', x1: 0, y1: 11, x2: 150, y2: 11, lineWidth: 0.75 }] });
  const body = signatures.map(({ label, value }): TableCell[] =>
    [{ text: label, bold: true }, line(), { text: singleLine(value) }]);
  return { table: { widths: ['16%', '31%', '53%'], body }, layout: signed, marginTop: 16 };
}
