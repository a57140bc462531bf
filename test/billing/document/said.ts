import type { InvoiceDocument } from '../../../src/billing/index.js';

/** All that a document says to people, in its order. */
export function saidBy({ title, mark, account, parties, columns, lines, totals, signatures, ...rest }: InvoiceDocument): string {
  const facts = (list: InvoiceDocument['parties']): string[] => list.flatMap(({ label, value }) => [label, value]);
  const { summary, amountInWords, due, payment } = rest;
  return [
    ...facts(Object.values(account)), title, mark?.text, ...facts(parties), ...columns, ...lines.flat(), ...facts(totals),
    summary, amountInWords, due, payment?.caption, ...facts(signatures),
  ].filter((text) => text !== undefined && text !== null).join(' ');
}
