/** Rules of a report wherever it is shown. Every selector begins with the class of the report. */
export const reportStyles = `
.testodrom-report {
  color-scheme: light; box-sizing: border-box; max-width: 680px; padding: 16px;
  background: #fff; color: #1f2937; overflow-wrap: anywhere; text-align: left;
  font: 16px/1.6 Roboto, system-ui, -apple-system, "Segoe UI", Arial, sans-serif;
}
.testodrom-report * { box-sizing: border-box; }
.testodrom-report header { margin: 0 0 28px; padding: 0 0 16px; border-bottom: 3px solid #2563eb; }
.testodrom-report header p { margin: 6px 0 0; color: #4b5563; }
.testodrom-report :is(.title, .heading-2, .heading-3, h3, h4, h5, h6) {
  font-weight: 700; line-height: 1.3; color: #111827; text-wrap: balance;
}
.testodrom-report .title { margin: 0; font-size: 28px; }
.testodrom-report .heading-2 { margin: 40px 0 12px; font-size: 22px; }
.testodrom-report .heading-3 { margin: 28px 0 8px; font-size: 18px; }
.testodrom-report .text { margin: 12px 0; overflow-x: auto; }
.testodrom-report .text :is(p, ul, ol, dl, pre, table, blockquote) { margin: 0 0 12px; }
.testodrom-report .text :is(h3, h4, h5, h6) { margin: 20px 0 8px; font-size: 16px; }
.testodrom-report .text :is(ul, ol) { padding: 0 0 0 24px; }
.testodrom-report .text li { margin: 4px 0; }
.testodrom-report .text li :is(ul, ol) { margin: 0; }
.testodrom-report .text a { color: #1d4ed8; text-decoration: underline; }
.testodrom-report .text img { max-width: 100%; height: auto; vertical-align: middle; }
.testodrom-report .text pre {
  padding: 12px; border-radius: 6px; background: #f3f4f6; font-size: 14px; white-space: pre-wrap;
}
.testodrom-report .text blockquote { padding: 2px 0 2px 16px; border-left: 3px solid #d1d5db; color: #4b5563; }
.testodrom-report .text dt { font-weight: 700; }
.testodrom-report .text dd { margin: 0 0 8px; }
.testodrom-report .text hr { margin: 20px 0; border: 0; border-top: 1px solid #d1d5db; }
.testodrom-report .bar { margin: 12px 0 16px; }
.testodrom-report .bar p { margin: 0 0 6px; font-weight: 700; }
.testodrom-report .bar svg { display: block; }
.testodrom-report .chart { margin: 20px 0 24px; }
.testodrom-report .chart p { margin: 0 0 12px; font-weight: 700; }
.testodrom-report .chart svg { display: block; width: 100%; height: auto; }
.testodrom-report table { border-collapse: collapse; font-size: 14px; line-height: 1.4; overflow-wrap: break-word; }
.testodrom-report caption { padding: 0 0 8px; font-weight: 700; text-align: left; }
.testodrom-report :is(th, td) {
  max-width: 320px; padding: 7px 5px; border-bottom: 1px solid #e5e7eb; text-align: left; vertical-align: top;
}
.testodrom-report tr > :first-child { padding-left: 0; }
.testodrom-report tr > :last-child { padding-right: 0; }
.testodrom-report thead th { border-bottom: 2px solid #9ca3af; vertical-align: bottom; }
.testodrom-report .table { margin: 20px 0 24px; overflow-x: auto; container-type: inline-size; }
.testodrom-report .table table { width: 100%; }
.testodrom-report .table caption { max-width: 100cqi; }
.testodrom-report .table .number { text-align: right; font-variant-numeric: tabular-nums; }
.testodrom-report .table .indented th { padding-left: 20px; font-weight: 400; }
.testodrom-report .scrolls {
  background: linear-gradient(90deg, #fff 50%, #fff0) left / 32px 100% no-repeat local,
    linear-gradient(270deg, #fff 50%, #fff0) right / 32px 100% no-repeat local,
    linear-gradient(90deg, #1f293733, #1f293700) left / 12px 100% no-repeat scroll,
    linear-gradient(270deg, #1f293733, #1f293700) right / 12px 100% no-repeat scroll;
}
.testodrom-report .scrolls:focus-visible { outline: 2px solid #2563eb; outline-offset: 2px; }
.testodrom-report .list { margin: 16px 0 24px; }
.testodrom-report .list > div { padding: 7px 0; border-bottom: 1px solid #e5e7eb; }
.testodrom-report .list > div > dt { font-weight: 700; }
.testodrom-report .list > div > dd { min-width: 0; margin: 0; }
.testodrom-report .list .text { margin: 0; }
.testodrom-report .list .text > :last-child { margin-bottom: 0; }
@media (min-width: 640px) {
  .testodrom-report { padding: 32px 40px 40px; }
  .testodrom-report .title { font-size: 32px; }
  .testodrom-report table { font-size: 15px; }
  .testodrom-report :is(th, td) { padding: 7px 8px; }
  .testodrom-report .list > div { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 2fr); gap: 16px; }
}
@media print {
  .testodrom-report { max-width: none; padding: 0; color: #000; font-size: 11pt; }
  .testodrom-report :is(header p, .text blockquote) { color: #000; }
  .testodrom-report :is(.title, .heading-2, .heading-3, h3, h4, h5, h6) { break-after: avoid; color: #000; }
  .testodrom-report :is(caption, .bar, .bar p, .chart p) { break-after: avoid; }
  .testodrom-report :is(.bar, .chart, tr, li, img, .list > div) { break-inside: avoid; }
  .testodrom-report p { orphans: 3; widows: 3; }
  .testodrom-report .chart svg { width: auto; max-width: 100%; max-height: 220mm; }
  .testodrom-report :is(.text, .table) { overflow: visible; background: none; container-type: normal; }
  .testodrom-report table { overflow-wrap: anywhere; }
  .testodrom-report .table caption { max-width: none; }
}
`;

/** Rules of a page that shows nothing but a report. */
export const pageStyles = `
@page { margin: 16mm; }
body { margin: 0; background: #f3f4f6; }
.testodrom-report { margin: 0 auto; }
@media (min-width: 720px) { .testodrom-report { margin: 32px auto; border-radius: 12px; } }
@media print { body { background: #fff; } .testodrom-report { margin: 0; } }
`;
