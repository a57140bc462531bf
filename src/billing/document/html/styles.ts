/** On paper, of the QR code with its quiet zone, so that the code itself is wider than the 35 mm that its standard demands. */
const CODE_WIDTH = '50mm';

/** Rules of the page of an invoice: a sheet of paper on a wide screen, one column on a narrow one. */
export const styles = `
@page { size: A4; margin: 14mm; }
* { box-sizing: border-box; }
body { margin: 0; background: #f3f4f6; }
main {
  color-scheme: light; max-width: 210mm; margin: 0 auto; padding: 20px 16px 28px; background: #fff; color: #111827;
  font: 14px/1.4 Roboto, system-ui, -apple-system, "Segoe UI", Arial, sans-serif; overflow-wrap: break-word;
}
dl, dd, figure, p { margin: 0; }
.bank-details { display: grid; border: 1px solid #374151; border-width: 1px 0 0 1px; }
.bank-details > div { min-width: 0; padding: 4px 8px; border: 1px solid #374151; border-width: 0 1px 1px 0; }
.bank-details dt { color: #4b5563; font-size: 12px; }
.bank-details dd { font-variant-numeric: tabular-nums; }
header { margin: 24px 0 16px; padding: 0 0 10px; border-bottom: 2px solid #111827; }
h1 { margin: 0; font-size: 18px; line-height: 1.3; }
.mark { margin: 12px 0 4px; padding: 6px 12px; border: 2px solid; border-radius: 4px; font-size: 16px; font-weight: 700; }
.paid { color: #166534; background: #f0fdf4; }
.cancelled { color: #991b1b; background: #fef2f2; }
.parties > div { margin: 0 0 10px; }
.parties dt { color: #4b5563; }
.parties dd { font-weight: 700; }
.lines { width: 100%; margin: 16px 0 0; border-collapse: collapse; }
.lines :is(th, td) { padding: 5px 8px; border: 1px solid #374151; text-align: left; vertical-align: top; }
.lines th { background: #f3f4f6; text-align: center; }
.totals { margin: 12px 0 20px; font-weight: 700; }
.totals > div { display: flex; justify-content: flex-end; gap: 16px; padding: 2px 8px 2px 0; text-align: right; }
.totals dt { min-width: 0; }
.totals dd { flex: none; min-width: 110px; font-variant-numeric: tabular-nums; }
.words p { margin: 0 0 8px; }
.words :is(.amount, .due) { font-weight: 700; }
figure { width: fit-content; max-width: 100%; margin: 12px auto 0; text-align: center; }
figure svg { display: block; max-width: 100%; height: auto; }
figcaption { contain: inline-size; color: #4b5563; font-size: 12px; }
.signatures { margin: 20px 0 0; padding: 12px 0 0; border-top: 2px solid #111827; }
.signatures > div { display: grid; grid-template-columns: 130px minmax(0, 1fr); gap: 4px 12px; margin: 20px 0 0; }
.signatures > div::before { grid-area: 1 / 2; border-bottom: 1px solid #111827; content: ""; }
.signatures dt { grid-area: 1 / 1; font-weight: 700; }
.signatures dd { grid-column: 2; }
@media (max-width: 639px) {
  .lines thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .lines :is(tbody, tr, td) { display: block; }
  .lines tr { border: 1px solid #374151; }
  .lines td { display: flex; justify-content: space-between; gap: 16px; border: 0; text-align: right; }
  .lines td + td { border-top: 1px solid #d1d5db; }
  .lines td::before { color: #4b5563; text-align: left; content: attr(data-label); }
}
@media (min-width: 640px) {
  main { padding: 14mm; }
  h1 { font-size: 20px; }
  .bank-details {
    grid-template: "bank bank bic" "bank bank correspondent" "inn kpp account" "payee payee account"
      / minmax(0, 1fr) minmax(0, 1fr) minmax(0, 1.2fr);
  }
  .bank { grid-area: bank; }
  .bic { grid-area: bic; }
  .correspondentAccount { grid-area: correspondent; }
  .inn { grid-area: inn; }
  .kpp { grid-area: kpp; }
  .account { grid-area: account; }
  .payee { grid-area: payee; }
  .parties > div { display: grid; grid-template-columns: 160px minmax(0, 1fr); gap: 12px; }
  .lines th:not(:nth-child(2)) { white-space: nowrap; }
  .lines td:nth-child(n + 3) { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
  .lines td:is(:first-child, :nth-child(4)) { text-align: center; }
  .closing { display: flex; justify-content: space-between; gap: 24px; }
  .words { min-width: 0; }
  figure { flex: none; margin: 0; }
  .signatures > div { grid-template-columns: 130px 200px minmax(0, 1fr); }
  .signatures > div::before { align-self: start; height: 1.4em; }
  .signatures dd { grid-column: 3; }
}
@media (min-width: 900px) { body { padding: 24px; } }
@media print {
  body { padding: 0; background: #fff; }
  main { max-width: none; padding: 0; font-size: 10.5pt; }
  figure svg { width: ${CODE_WIDTH}; }
  .mark { print-color-adjust: exact; }
  .bank-details > div, .closing, .signatures, tr { break-inside: avoid; }
}
`;
