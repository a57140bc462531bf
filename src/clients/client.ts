import { BigIntType } from '@mikro-orm/core';
import { Check, Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ObjectType } from 'type-graphql';
import { Node } from '../kernel/node.js';
import { PaymentPolicy } from '../licensing/index.js';

/** Whether a client may issue licenses. */
export enum ClientStatus {
  /** In business. */
  ACTIVE = 'ACTIVE',
  /** Reads its data, but neither registers users nor attaches results. */
  SUSPENDED = 'SUSPENDED',
}

/** Who pays for the licenses of a client, as it stands in invoices. */
export interface Buyer {
  /** Full name of the organisation or the entrepreneur. */
  readonly name: string;
  /** ИНН: 10 digits of an organisation, 12 of a person. */
  readonly inn: string;
  /** КПП: 9 characters; null for a person. */
  readonly kpp: string | null;
  readonly address: string | null;
}

/** A partner's site or application, registered on the platform by hand. */
@Entity()
@Check({ name: 'client_slug_shape', expression: `slug ~ '^[A-Za-z0-9_-]{1,50}$'` })
@Check({ name: 'client_limit_of_prepaid', expression: `(payment_policy = 'PREPAID') = (license_limit is not null)` })
@Check({ name: 'client_numbers_not_negative', expression: 'license_limit >= 0 and overdraft >= 0 and licenses_issued >= 0' })
@Check({ name: 'client_limit_holds', expression: 'licenses_issued <= license_limit + overdraft' })
@Check({
  name: 'client_license_policy_not_negative',
  expression: 'max_tests >= 0 and max_bonus_tests >= 0 and max_results_per_test >= 0',
})
@Check({ name: 'client_license_price_positive', expression: 'license_price > 0' })
@ObjectType({ implements: Node, description: 'A partner of the platform: the owner of the key that signs requests.' })
export class Client implements Node {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'string', length: 50, unique: true })
  @Field(() => String, { description: 'Short unique name.' })
  slug!: string;

  @Property({ type: 'string', length: 200 })
  @Field(() => String, { description: 'Name to show.' })
  name!: string;

  @Enum({ items: () => ClientStatus, type: 'string' })
  @Field(() => ClientStatus, { description: 'Whether the client may issue licenses.' })
  status!: ClientStatus;

  @Enum({ items: () => PaymentPolicy, type: 'string' })
  @Field(() => PaymentPolicy, { description: 'How licenses are paid for.' })
  paymentPolicy!: PaymentPolicy;

  /** Licenses that a prepaid client has paid for; null for a postpaid one. */
  @Property({ type: 'integer', nullable: true })
  licenseLimit!: number | null;

  /** How many licenses beyond the limit a prepaid client may issue. */
  @Property({ type: 'integer' })
  overdraft!: number;

  /** Licenses issued since registration; kept by the transaction that issues them. */
  @Property({ type: 'integer' })
  licensesIssued!: number;

  /** License policy: distinct tests per user that are no bonus; null for no limit. */
  @Property({ type: 'integer', nullable: true })
  maxTests!: number | null;

  /** License policy: distinct bonus tests per user; null for no limit. */
  @Property({ type: 'integer', nullable: true })
  maxBonusTests!: number | null;

  /** License policy: results of one test per user; null for no limit. */
  @Property({ type: 'integer', nullable: true })
  maxResultsPerTest!: number | null;

  /** IANA name of the time zone in which the client counts its days. */
  @Property({ type: 'string', length: 64 })
  @Field(() => String, { description: "IANA name of the time zone in which the client's days begin, such as `Europe/Moscow`." })
  timeZone!: string;

  /** Price of one license, VAT included, in kopecks; null until agreed. */
  @Property({ type: new BigIntType('number'), nullable: true })
  licensePrice!: number | null;

  /** Null until known. */
  @Property({ type: 'jsonb', nullable: true })
  buyer!: Buyer | null;

  /**
   * Web origins, such as `https://school5.ru`, whose pages may use the client's keys, as browsers send them; see
   * `canonicalOrigin`. Empty unless the client registered some.
   */
  @Property({ type: 'string[]' })
  origins!: string[];

  @Property({ type: 'timestamptz' })
  createdAt!: Date;
}
