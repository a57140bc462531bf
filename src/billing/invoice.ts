import { BigIntType, PrimaryKeyProp, type Rel } from '@mikro-orm/core';
import { Check, Entity, Enum, Index, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { Field, Int, ObjectType } from 'type-graphql';
import { type Buyer, Client } from '../clients/index.js';
import { Node } from '../kernel/node.js';
import { PaymentPolicy } from '../licensing/index.js';
import type { Seller } from './seller.js';

/** What became of an invoice. */
export enum InvoiceStatus {
  /** To be paid. */
  ISSUED = 'ISSUED',
  /** The money has come. */
  PAID = 'PAID',
  /** Not to be paid any more; its number is not given again. */
  CANCELLED = 'CANCELLED',
}

/** A demand of money for licenses, with all that its document says as it was when it was issued. */
@Entity()
@Unique({ properties: ['year', 'sequence'] })
@Unique({ properties: ['client', 'idempotencyKey'] })
@Index({ properties: ['client', 'issuedAt', 'id'], name: 'invoice_issued' })
@Index({ name: 'invoice_open', expression: `create index "invoice_open" on "invoice" ("client_id") where "status" = 'ISSUED'` })
@Check({ name: 'invoice_amounts', expression: 'licenses > 0 and unit_price > 0 and total = licenses * unit_price and vat >= 0 and vat <= total' })
@Check({ name: 'invoice_vat_whole', expression: 'num_nulls(vat, vat_rate) in (0, 2)' })
@Check({ name: 'invoice_period_of_postpaid', expression: `num_nulls(period_from, period_to) = case when payment_policy = 'POSTPAID' then 0 else 2 end` })
@Check({ name: 'invoice_period_forwards', expression: 'period_from <= period_to' })
@Check({ name: 'invoice_paid_whole', expression: `(status = 'PAID') = (paid_at is not null)` })
@Check({ name: 'invoice_cancelled_whole', expression: `(status = 'CANCELLED') = (cancelled_at is not null)` })
@Check({ name: 'invoice_idempotency_whole', expression: 'num_nulls(idempotency_key, request_digest) in (0, 2)' })
@ObjectType({ implements: Node, description: 'A demand of money for licenses. What it says stays as it was when it was issued.' })
export class Invoice implements Node {
  [PrimaryKeyProp]?: ['client', 'id'];

  @ManyToOne(() => Client, { primary: true, deleteRule: 'restrict' })
  client!: Rel<Client>;

  @PrimaryKey({ type: 'uuid' })
  id!: string;

  /** The year and the place in it are the number; there are no gaps within a year. */
  @Property({ type: 'smallint' })
  year!: number;

  @Property({ type: 'integer' })
  sequence!: number;

  /** The secret in the address of the document. */
  @Property({ type: 'uuid', unique: true })
  documentKey!: string;

  @Enum({ items: () => InvoiceStatus, type: 'string' })
  @Field(() => InvoiceStatus, { description: 'What became of it.' })
  status!: InvoiceStatus;

  /** PREPAID: licenses to come, for which the limit is raised when it is paid. POSTPAID: those of a period. */
  @Enum({ items: () => PaymentPolicy, type: 'string' })
  paymentPolicy!: PaymentPolicy;

  @Property({ type: 'integer' })
  @Field(() => Int, { description: 'How many licenses it charges for.' })
  licenses!: number;

  /** In kopecks, VAT included; so is the total. */
  @Property({ type: new BigIntType('number') })
  unitPrice!: number;

  @Property({ type: new BigIntType('number') })
  total!: number;

  /** The part of the total that is VAT, in kopecks; null when the seller is exempt. */
  @Property({ type: new BigIntType('number'), nullable: true })
  vat!: number | null;

  /** In percent; null when the seller is exempt. */
  @Property({ type: 'smallint', nullable: true })
  @Field(() => Int, { nullable: true, description: 'Rate of VAT in percent; null when the seller is exempt.' })
  vatRate!: number | null;

  @Property({ type: 'timestamptz' })
  @Field(() => Date, { description: 'When it was issued.' })
  issuedAt!: Date;

  @Property({ type: 'timestamptz' })
  @Field(() => Date, { description: 'Until when it is to be paid.' })
  dueAt!: Date;

  @Property({ type: 'timestamptz', nullable: true })
  @Field(() => Date, { nullable: true, description: 'When the payment was noted; null while it is not paid.' })
  paidAt!: Date | null;

  @Property({ type: 'timestamptz', nullable: true })
  @Field(() => Date, { nullable: true, description: 'When it was cancelled; null unless it is.' })
  cancelledAt!: Date | null;

  /** First and last day of a postpaid period, in the client's time zone; null for a prepaid one. */
  @Property({ type: 'date', nullable: true })
  periodFrom!: string | null;

  @Property({ type: 'date', nullable: true })
  periodTo!: string | null;

  @Property({ type: 'jsonb' })
  seller!: Seller;

  @Property({ type: 'jsonb' })
  buyer!: Buyer;

  /** The caller's own UUID of the order; null when none was given. */
  @Property({ type: 'uuid', nullable: true })
  idempotencyKey!: string | null;

  /** SHA-256 of the order, to tell a repeat from another order under the same idempotency key. */
  @Property({ type: 'blob', nullable: true })
  requestDigest!: Buffer | null;
}
