import { createHmac } from 'node:crypto';
import { stringify } from 'uuid';
import { type Sql, statement } from '../database/index.js';

const read = statement<{ value: string }>('result-key-seed', `select value from seed where name = 'RESULT_KEY'`);
const make = statement<never>('result-key-seed-make', `
  insert into seed (name, value) values ('RESULT_KEY', gen_random_uuid()) on conflict (name) do nothing`);

/**
 * The RESULT_KEYs of saves under an idempotency key: always the same for the same, so that a repeat finds the result where it
 * lies, and nothing else has to tell which it is. Without the seed nobody can tell them, however an idempotency key was made.
 */
export class ResultKeys {
  private constructor(private readonly seed: string) {}

  /** Reads the seed of the database, which is made when it is first needed. */
  static async open(sql: Sql): Promise<ResultKeys> {
    const [seed] = await sql.run(read, []);
    if (seed) return new ResultKeys(seed.value);
    await sql.run(make, []);
    const [made] = await sql.run(read, []);
    return new ResultKeys(made!.value);
  }

  /** A UUID of version 8, with 122 bits of the digest. */
  of(idempotencyKey: string): string {
    const bytes = createHmac('sha256', this.seed).update(idempotencyKey).digest().subarray(0, 16);
    bytes.writeUInt8(bytes.readUInt8(6) & 0x0f | 0x80, 6);
    bytes.writeUInt8(bytes.readUInt8(8) & 0x3f | 0x80, 8);
    return stringify(bytes);
  }
}
