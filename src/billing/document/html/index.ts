import { Markup, markup } from '../../../kernel/markup.js';
import type { Fact, InvoiceDocument } from '../document.js';
import { qrCode } from '../qr-code.js';
import { styles } from './styles.js';

/**
 * An invoice as a complete HTML page, made to be printed on one page of A4. It runs no script and needs nothing from
 * elsewhere.
 */
export function invoicePage(document: InvoiceDocument): string {
  const { title, mark, account, parties, totals, summary, amountInWords, due, payment, signatures } = document;
  return markup`<!doctype html>
<html lang="ru">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>
${new Markup(styles)}</style>
</head>
<body>
<main>
<dl class="bank-details">
${Object.entries(account).map(([name, fact]) => factMarkup(fact, name))}</dl>
<header>
<h1>${title}</h1>
${mark === null ? [] : markup`<p class="mark ${mark.kind.toLowerCase()}">${mark.text}</p>
`}</header>
<dl class="parties">
${parties.map((party) => factMarkup(party))}</dl>
${linesMarkup(document)}<dl class="totals">
${totals.map((total) => factMarkup(total))}</dl>
<div class="closing">
<div class="words">
<p>${summary}</p>
<p class="amount">${amountInWords}</p>
${due === null ? [] : markup`<p class="due">${due}</p>
`}</div>
${payment === null ? [] : markup`<figure>
${qrCode(payment.text, payment.caption)}
<figcaption>${payment.caption}</figcaption>
</figure>
`}</div>
<dl class="signatures">
${signatures.map((signature) => factMarkup(signature))}</dl>
</main>
</body>
</html>
`.source;
}

function factMarkup({ label, value }: Fact, name = 'fact'): Markup {
  return markup`<div class="${name}"><dt>${label}</dt><dd>${value}</dd></div>
`;
}

/** On a narrow screen each cell says its heading again. */
function linesMarkup({ columns, lines }: InvoiceDocument): Markup {
  const cells = (line: readonly string[]): Markup[] =>
    line.map((text, index) => markup`<td data-label="${columns[index] ?? ''}">${text}</td>`);
  return markup`<table class="lines">
<thead><tr>${columns.map((column) => markup`<th scope="col">${column}</th>`)}</tr></thead>
<tbody>
${lines.map((line) => markup`<tr>${cells(line)}</tr>
`)}</tbody>
</table>
`;
}
