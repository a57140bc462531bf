import { createHash } from 'node:crypto';
import { Markup, markup } from '../../../kernel/markup.js';
import type { ReportDocument } from '../document.js';
import { blockMarkup, type Place } from './blocks.js';
import { pageStyles, reportStyles } from './styles.js';

/**
 * A report as a complete HTML page, the same bytes for the same report. It runs no script and, save for the images of
 * its texts, needs nothing from elsewhere.
 */
export function reportPage(document: ReportDocument): string {
  return markup`<!doctype html>
<html lang="${document.locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${document.title}</title>
<style>
${new Markup(pageStyles)}${new Markup(reportStyles)}</style>
</head>
<body>
<main class="testodrom-report">
${content(document, 1)}</main>
</body>
</html>
`.source;
}

/**
 * A report as a section to put into somebody's page, below its title: its headings begin with the second level,
 * its styles touch nothing outside of it, and its ids are those of no other report.
 */
export function reportFragment(document: ReportDocument): string {
  return markup`<section class="testodrom-report" lang="${document.locale}">
<style>
${new Markup(reportStyles)}</style>
${content(document, 2)}</section>
`.source;
}

function content(document: ReportDocument, titleLevel: Place['titleLevel']): Markup {
  const place = { titleLevel, id: `report-${digest(document)}` };
  const title = new Markup(`h${titleLevel}`);
  const blocks = document.blocks.map((block, index) => markup`${blockMarkup(block, index, place)}
`);
  return markup`<header><${title} class="title">${document.title}</${title}><p>${document.subtitle}</p></header>
${blocks}`;
}

function digest(document: ReportDocument): string {
  return createHash('sha256').update(JSON.stringify(document)).digest('hex').slice(0, 12);
}
