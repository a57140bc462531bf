/** How a client pays for licenses (glossary of API v3: "Платёжная политика"). */
export enum PaymentPolicy {
  /** Licenses are paid in advance: no more than the limit, plus the overdraft, are issued. */
  PREPAID = 'PREPAID',
  /** Licenses are paid after the fact: never refused, always counted. */
  POSTPAID = 'POSTPAID',
}

/** What a client has issued and may issue. */
export interface LicenseAccount {
  readonly paymentPolicy: PaymentPolicy;
  /** Licenses paid for; null for a postpaid client. */
  readonly limit: number | null;
  /** How far below zero a prepaid client may go (API v2: "можно в минус"); 0 for a postpaid one. */
  readonly overdraft: number;
  /** Licenses issued since the client registered. */
  readonly issued: number;
}

/** Whether the payment policy lets the account issue one more license. */
export function admitsLicense({ paymentPolicy, limit, overdraft, issued }: LicenseAccount): boolean {
  return paymentPolicy === PaymentPolicy.POSTPAID || issued < (limit ?? 0) + overdraft;
}
