import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/**
 * What was spent of a budget in a window, when processes count together. Nothing that has to last: PostgreSQL keeps no log
 * of the table, and empties it after a crash.
 */
@Entity()
export class RateLimit {
  /** The name of the budget and whose it is. */
  @PrimaryKey({ type: 'string', length: 255 })
  key!: string;

  /** A number that never runs over, however much is refused. */
  @Property({ type: 'double' })
  points!: number;

  /** When the window ends, in milliseconds since 1970. */
  @Property({ type: 'bigint', index: 'rate_limit_expire' })
  expire!: string;
}
