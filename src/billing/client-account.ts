import { type Sql, statement } from '../database/index.js';
import type { Buyer } from '../clients/index.js';
import type { PaymentPolicy } from '../licensing/index.js';

/** A client as its invoices need it. */
export interface ClientAccount {
  readonly slug: string;
  readonly paymentPolicy: PaymentPolicy;
  /** Licenses that a prepaid client has paid for; null for a postpaid one. */
  readonly licenseLimit: number | null;
  /** IANA name. */
  readonly timeZone: string;
  /** In kopecks, VAT included; null until agreed. */
  readonly licensePrice: number | null;
  /** Null until known. */
  readonly buyer: Buyer | null;
}

// The one lock that all writers of a client's licenses take first, and here all writers of its invoices too.
const lock = statement<ClientAccount>('billing-lock-client', `
  select slug, payment_policy as "paymentPolicy", license_limit as "licenseLimit", time_zone as "timeZone",
         license_price::float8 as "licensePrice", buyer
    from client
   where id = $1
     for no key update`);

/** Holds a client until the end of the transaction: its licenses and invoices stay as they are read from now on. */
export async function lockClient(sql: Sql, clientId: string): Promise<ClientAccount> {
  const [client] = await sql.run(lock, [clientId]);
  if (!client) throw new Error(`Client ${clientId} is gone.`);
  return client;
}
