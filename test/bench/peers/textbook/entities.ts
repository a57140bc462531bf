import { PrimaryKeyProp, type Rel } from '@mikro-orm/core';
import { Entity, ManyToOne, OneToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

@Entity({ tableName: 'client' })
export class Client {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'string' })
  status!: 'ACTIVE' | 'SUSPENDED';

  @Property({ type: 'string' })
  paymentPolicy!: 'PREPAID' | 'POSTPAID';

  @Property({ type: 'integer', nullable: true })
  licenseLimit!: number | null;

  @Property({ type: 'integer' })
  overdraft!: number;

  @Property({ type: 'integer' })
  licensesIssued!: number;

  @Property({ type: 'integer', nullable: true })
  maxTests!: number | null;

  @Property({ type: 'integer', nullable: true })
  maxBonusTests!: number | null;

  @Property({ type: 'integer', nullable: true })
  maxResultsPerTest!: number | null;

  @Property({ type: 'string' })
  timeZone!: string;
}

@Entity({ tableName: 'client_key' })
export class ClientKey {
  [PrimaryKeyProp]?: ['client', 'id'];

  @ManyToOne(() => Client, { primary: true })
  client!: Rel<Client>;

  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'blob' })
  hash!: Buffer;

  @Property({ type: 'timestamptz', nullable: true })
  expiresAt!: Date | null;
}

@Entity({ tableName: 'client_user' })
export class ClientUser {
  [PrimaryKeyProp]?: ['client', 'id'];

  @ManyToOne(() => Client, { primary: true })
  client!: Rel<Client>;

  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'string', nullable: true })
  externalId!: string | null;

  @Property({ type: 'timestamptz' })
  registeredAt!: Date;
}

@Entity({ tableName: 'license' })
export class License {
  [PrimaryKeyProp]?: 'user';

  @OneToOne(() => ClientUser, { primary: true, joinColumns: ['client_id', 'user_id'] })
  user!: Rel<ClientUser>;

  @Property({ type: 'timestamptz' })
  issuedAt!: Date;

  @Property({ type: 'string' })
  paymentPolicy!: 'PREPAID' | 'POSTPAID';
}

@Entity({ tableName: 'license_usage_day' })
export class LicenseUsageDay {
  [PrimaryKeyProp]?: ['client', 'day'];

  @ManyToOne(() => Client, { primary: true })
  client!: Rel<Client>;

  @PrimaryKey({ type: 'date' })
  day!: string;

  @Property({ type: 'integer' })
  issued!: number;
}

@Entity({ tableName: 'test' })
export class Test {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'boolean' })
  bonus!: boolean;
}

// What is large and not asked for, the answers, is not mapped; the calculation is only ever compared with null.
@Entity({ tableName: 'result' })
export class Result {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @ManyToOne(() => Test)
  test!: Rel<Test>;

  @Property({ type: 'json', columnType: 'json', nullable: true, lazy: true })
  calculation!: object | null;

  @ManyToOne(() => ClientUser, { nullable: true, joinColumns: ['client_id', 'user_id'] })
  user!: Rel<ClientUser> | null;

  @Property({ type: 'timestamptz', nullable: true })
  attachedAt!: Date | null;
}

export const entities = [Client, ClientKey, ClientUser, License, LicenseUsageDay, Test, Result];
