import { PrimaryKeyProp, type Rel } from '@mikro-orm/core';
import { Entity, Index, ManyToOne, OneToOne } from '@mikro-orm/decorators/legacy';
import { License } from '../clients/index.js';
import { Invoice } from './invoice.js';

/** Which postpaid invoice charges for a license: at most one, by primary key. A cancelled invoice charges for none. */
@Entity()
@Index({ properties: ['invoice'], name: 'invoice_license_of_invoice' })
export class InvoiceLicense {
  [PrimaryKeyProp]?: 'license';

  @OneToOne(() => License, { primary: true, joinColumns: ['client_id', 'user_id'], deleteRule: 'restrict' })
  license!: Rel<License>;

  // The licenses are written before their invoice, which is known to exist at the end of the transaction only.
  @ManyToOne(() => Invoice, { joinColumns: ['client_id', 'invoice_id'], deferMode: 'deferred', deleteRule: 'restrict' })
  invoice!: Rel<Invoice>;
}
