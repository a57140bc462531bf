/** What an invoice says, in Russian, as it is a Russian form: plain data, all words and numbers ready to be shown. */
export interface InvoiceDocument {
  /** Such as `Счёт на оплату № 2026-000042 от 22 ноября 2026 г.` */
  readonly title: string;
  /** ISO 8601. */
  readonly issuedAt: string;
  /** When it was paid or cancelled, else when it was issued; ISO 8601. */
  readonly changedAt: string;
  /** Says that there is nothing to pay; null when there is. */
  readonly mark: Mark | null;
  /** Where the money goes. */
  readonly account: Readonly<Record<AccountFact, Fact>>;
  /** The seller and the buyer. */
  readonly parties: readonly Fact[];
  /** The headings of what a line has. */
  readonly columns: readonly string[];
  /** What is charged for: a number, a name, a quantity, a unit, a price, and the sum. */
  readonly lines: readonly (readonly string[])[];
  readonly totals: readonly Fact[];
  /** How many lines there are, and their sum. */
  readonly summary: string;
  readonly amountInWords: string;
  /** Until when it has to be paid; null when there is nothing to pay. */
  readonly due: string | null;
  /** The QR code to pay by; null when there is nothing to pay. */
  readonly payment: PaymentCode | null;
  /** Who signs: the office, and the name or an empty text. */
  readonly signatures: readonly Fact[];
}

/** A value under its name. */
export interface Fact {
  readonly label: string;
  readonly value: string;
}

export type AccountFact = 'bank' | 'bic' | 'correspondentAccount' | 'inn' | 'kpp' | 'account' | 'payee';

/** What became of an invoice. */
export interface Mark {
  readonly kind: 'PAID' | 'CANCELLED';
  readonly text: string;
}

/** A QR code of a payment. */
export interface PaymentCode {
  /** What the code says, for machines. */
  readonly text: string;
  /** What it is for, for people. */
  readonly caption: string;
}
