import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** A secret of the database: what is derived with it can be told by no one who knows what it is derived from. */
@Entity()
export class Seed {
  /** What is derived with it. */
  @PrimaryKey({ type: 'string', length: 32 })
  name!: string;

  @Property({ type: 'uuid' })
  value!: string;
}
