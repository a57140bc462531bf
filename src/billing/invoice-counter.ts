import { Check, Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** The last number given to an invoice of a year; taken by the transaction that makes the invoice, so there are no gaps. */
@Entity()
@Check({ name: 'invoice_counter_positive', expression: 'last > 0' })
export class InvoiceCounter {
  @PrimaryKey({ type: 'smallint', autoincrement: false })
  year!: number;

  @Property({ type: 'integer' })
  last!: number;
}
