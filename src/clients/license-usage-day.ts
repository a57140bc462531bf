import { PrimaryKeyProp, type Rel } from '@mikro-orm/core';
import { Check, Entity, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Client } from './client.js';

/**
 * How many licenses a client issued on a day: a roll-up of the licenses, kept by the transaction that issues them and
 * made anew by `license-usage rebuild`. A day without licenses has no row.
 */
@Entity()
@Check({ name: 'license_usage_day_issued_positive', expression: 'issued > 0' })
export class LicenseUsageDay {
  [PrimaryKeyProp]?: ['client', 'day'];

  @ManyToOne(() => Client, { primary: true, deleteRule: 'restrict' })
  client!: Rel<Client>;

  /** In the client's time zone. */
  @PrimaryKey({ type: 'date' })
  day!: string;

  @Property({ type: 'integer' })
  issued!: number;
}
