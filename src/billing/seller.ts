/** Who sells licenses, with the bank account that takes the money: the platform's owner, as it stands in invoices. */
export interface Seller {
  /** Full name, at most 160 characters. */
  readonly name: string;
  /** ИНН: 10 digits of an organisation, 12 of a person. */
  readonly inn: string;
  /** КПП: 9 characters; null for a person. */
  readonly kpp: string | null;
  readonly address: string;
  /** Расчётный счёт: 20 digits. */
  readonly account: string;
  /** Name of the bank, at most 45 characters. */
  readonly bank: string;
  /** БИК: 9 digits. */
  readonly bic: string;
  /** Корреспондентский счёт: 20 digits. */
  readonly correspondentAccount: string;
  /** Who signs: name of the director; null leaves the line empty. */
  readonly director: string | null;
  /** Null leaves the line empty. */
  readonly accountant: string | null;
}
