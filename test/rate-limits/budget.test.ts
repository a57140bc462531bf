import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { headersOf, RateLimited, type RateLimitParts, RateLimits } from '../../src/rate-limits/index.js';
import { statementsOf } from '../setup/count-statements.js';
import { type OpenDatabase, openTestDatabase } from '../setup/open-database.js';
import { together } from '../setup/together.js';
import { until } from '../setup/until.js';

let opened: OpenDatabase;
let refusals: string[];
let failures: unknown[];
beforeAll(async () => {
  opened = await openTestDatabase();
});
afterAll(() => opened.close());
beforeEach(async () => {
  refusals = [];
  failures = [];
  await opened.sql('delete from rate_limit');
});

type Store = RateLimitParts['settings']['store'];

const limits = (store: Store, settings: Partial<RateLimitParts['settings']> = {}, windowSeconds?: number): RateLimits => new RateLimits({
  settings: { store, clientPoints: 100, addressPoints: 50, failedKeys: 3, ...settings },
  sql: opened.database,
  onRefused: ({ standing }) => refusals.push(standing.name),
  onStoreFailure: (error) => failures.push(error),
  ...(windowSeconds !== undefined && { windowSeconds }),
});

const refusalOf = (work: Promise<unknown>): Promise<unknown> => work.then(() => 'admitted', (error: unknown) => error);

describe.each<Store>(['memory', 'postgres'])('a budget in %s', (store) => {
  it('is spent by points, to the last one, and tells what is left', async () => {
    const client = limits(store).client('a');
    expect(await client.charge(60)).toMatchObject({ name: 'client', limit: 100, windowSeconds: 60, remaining: 40 });
    expect(await client.charge(40)).toMatchObject({ remaining: 0 });
    const refusal = await refusalOf(client.charge(1));
    expect(refusal).toBeInstanceOf(RateLimited);
    expect((refusal as RateLimited).retryAfterSeconds).toBeGreaterThanOrEqual(1);
    expect((refusal as RateLimited).retryAfterSeconds).toBeLessThanOrEqual(60);
    expect(refusals).toEqual(['client']);
  });

  it('takes what it refuses: who asks for more than is left has nothing then', async () => {
    const client = limits(store).client('a');
    await client.charge(90);
    expect(await refusalOf(client.charge(11))).toBeInstanceOf(RateLimited);
    expect(await refusalOf(client.charge(1))).toBeInstanceOf(RateLimited);
  });

  it('belongs to one client, or to one address, or to the keys from there', async () => {
    const all = limits(store);
    await all.client('a').charge(100);
    expect(await all.client('b').charge(100)).toMatchObject({ remaining: 0 });
    expect(await all.address('192.0.2.1').charge(50)).toMatchObject({ name: 'address', remaining: 0 });
    expect(await all.address('192.0.2.2').charge(1)).toMatchObject({ remaining: 49 });
    expect(await all.failedKeys('192.0.2.1').charge(1)).toMatchObject({ name: 'failed-keys', remaining: 2 });
  });

  it('is one for all addresses of a /64', async () => {
    const all = limits(store);
    await all.address('2001:db8::1').charge(50);
    expect(await refusalOf(all.address('2001:db8::ffff:2').charge(1))).toBeInstanceOf(RateLimited);
    expect(await all.address('2001:db8:0:1::1').charge(1)).toMatchObject({ remaining: 49 });
  });

  it('is whole again in the next window', async () => {
    const client = limits(store, {}, 1).client('a');
    await refusalOf(client.charge(101));
    expect(await refusalOf(client.charge(1))).toBeInstanceOf(RateLimited);
    await until('the window ends', async () => (await refusalOf(client.check())) === 'admitted');
    expect(await client.charge(10)).toMatchObject({ remaining: 90 });
  });

  it('of 0 is no limit, and costs nothing', async () => {
    const all = limits(store, { clientPoints: 0, addressPoints: 0, failedKeys: 0 });
    expect(await statementsOf(async () => {
      for (const payer of [all.client('a'), all.address('192.0.2.1'), all.failedKeys('192.0.2.1')]) {
        expect(await payer.charge(1e9)).toBeNull();
        await payer.note(1e9);
        await payer.check();
      }
    })).toEqual([]);
  });

  it('admits exactly as many as it has points for, of however many at once', async () => {
    const client = limits(store).client('a');
    const outcomes = await together(300, () => refusalOf(client.charge(1)));
    expect(outcomes.filter((outcome) => !(outcome instanceof RateLimited))).toHaveLength(100);
  });

  it('can be noted as spent for what is done already, and refuses then', async () => {
    const failed = limits(store).failedKeys('192.0.2.1');
    await failed.check();
    await failed.note(3);
    expect(refusals).toEqual([]);
    expect(await refusalOf(failed.check())).toBeInstanceOf(RateLimited);
    expect(refusals).toEqual(['failed-keys']);
  });
});

describe('the database', () => {
  it('is asked for nothing by a budget in memory', async () => {
    const all = limits('memory');
    expect(await statementsOf(async () => {
      await all.address('192.0.2.1').check();
      await all.address('192.0.2.1').charge(1);
    })).toEqual([]);
  });

  it('is asked once for a charge, and never again for who has nothing left', async () => {
    const client = limits('postgres').client('a');
    expect(await statementsOf(() => client.charge(100))).toHaveLength(1);
    expect(await statementsOf(async () => {
      await refusalOf(client.charge(1));
      await refusalOf(client.check());
      await client.note(1);
    })).toEqual([]);
  });

  it('counts for all processes together, whose budgets are one', async () => {
    const [one, other] = [limits('postgres').client('a'), limits('postgres').client('a')];
    await one.charge(70);
    expect(await other.charge(20)).toMatchObject({ remaining: 10 });
    expect(await refusalOf(one.charge(11))).toBeInstanceOf(RateLimited);
    expect(await refusalOf(other.charge(1))).toBeInstanceOf(RateLimited);
  });

  it('keeps counting beyond what a number of PostgreSQL holds', async () => {
    const points = 2_000_000_000;
    const clients = await together(3, async () => limits('postgres', { clientPoints: 1_000 }).client('a'));
    for (const client of clients) await client.charge(points).catch(() => undefined);
    expect(failures).toEqual([]);
    expect(await opened.sql('select points from rate_limit')).toEqual([{ points: 3 * points }]);
  });

  it('that fails is told of once, and each process counts for itself until it answers again', async () => {
    const [one, other] = [limits('postgres').client('a'), limits('postgres').client('a')];
    await one.charge(10);
    await opened.sql('alter table rate_limit rename to rate_limit_away');
    try {
      expect(await one.charge(60)).toMatchObject({ remaining: 40 });
      expect(await other.charge(60)).toMatchObject({ remaining: 40 });
      expect(await refusalOf(one.charge(41))).toBeInstanceOf(RateLimited);
      expect(failures).toHaveLength(2);
    } finally {
      await opened.sql('alter table rate_limit_away rename to rate_limit');
    }
    // It is asked again after a pause.
    await sleep(1_100);
    expect(await other.charge(10)).toMatchObject({ remaining: 80 });
  });
});

it('headers tell the policy and what is left of it', async () => {
  const standing = await limits('memory').client('a').charge(30);
  expect(headersOf(standing!)).toEqual({ 'ratelimit-policy': '"client";q=100;w=60', 'ratelimit': '"client";r=70;t=60' });
});
