import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Charge, type Count, RateLimited, RateLimits, ServerBudgets, type Spent } from '../../src/rate-limits/index.js';
import { statementsOf } from '../setup/count-statements.js';
import { type OpenDatabase, openTestDatabase } from '../setup/open-database.js';
import { together } from '../setup/together.js';

const settings = { store: 'memory', clientPoints: 100, addressPoints: 50, failedKeys: 3 } as const;

let opened: OpenDatabase;
beforeAll(async () => {
  opened = await openTestDatabase();
});
afterAll(() => opened.close());

/** How the process that counts for all is reached. */
type Ask = (charge: Charge) => Promise<Count>;

let budgets: ServerBudgets;
let spent: Spent[];
let asked: Charge[];
let failures: unknown[];
/** As long as it is set, it stands for the way to the process that counts for all. */
let broken: Ask | null;
let processes: readonly RateLimits[];
beforeEach(() => {
  [spent, asked, failures, broken] = [[], [], [], null];
  budgets = new ServerBudgets(settings, (key) => spent.push(key));
  const countForServer: Ask = (charge) => {
    asked.push(charge);
    return broken ? broken(charge) : budgets.take(charge);
  };
  processes = Array.from({ length: 3 }, () => new RateLimits({
    settings, sql: opened.database, countForServer, onRefused: () => undefined, onStoreFailure: (error) => failures.push(error),
  }));
});

const client = (index: number) => processes[index % processes.length]!.client('a');
const refusalOf = (work: Promise<unknown>): Promise<unknown> => work.then(() => 'admitted', (error: unknown) => error);

describe('budgets of a server of several processes', () => {
  it('are spent by all of them together, each of which knows what is left, without a statement', async () => {
    expect(await statementsOf(async () => {
      expect(await client(0).charge(60)).toMatchObject({ name: 'client', limit: 100, windowSeconds: 60, remaining: 40, resetSeconds: 60 });
      expect(await client(1).charge(30)).toMatchObject({ remaining: 10 });
      expect(await refusalOf(client(2).charge(11))).toBeInstanceOf(RateLimited);
      expect(await refusalOf(client(0).charge(1))).toBeInstanceOf(RateLimited);
    })).toEqual([]);
  });

  it('admit exactly what they have points for, of however many at once', async () => {
    const outcomes = await together(300, (index) => refusalOf(client(index).charge(1)));
    expect(outcomes.filter((outcome) => !(outcome instanceof RateLimited))).toHaveLength(100);
  });

  it('are told of once when a key has nothing left, so that who only checks knows it too', async () => {
    const [one, other] = [processes[0]!, processes[1]!];
    for (let guess = 0; guess < 5; guess += 1) await processes[guess % 2]!.failedKeys('192.0.2.1').note(1);
    expect(spent).toEqual([{ name: 'failed-keys', key: '192.0.2.1', msLeft: expect.any(Number) }]);
    await processes[2]!.failedKeys('192.0.2.1').check();
    await Promise.all(processes.map((each) => each.noteSpent(spent[0]!)));
    for (const each of [one, other, processes[2]!]) expect(await refusalOf(each.failedKeys('192.0.2.1').check())).toBeInstanceOf(RateLimited);
    await one.failedKeys('192.0.2.2').check();
  });

  it('are asked for nothing where a process knows that nothing is left', async () => {
    await client(0).charge(100);
    asked = [];
    expect(await refusalOf(client(0).charge(1))).toBeInstanceOf(RateLimited);
    await client(0).note(1);
    expect(asked).toEqual([]);
  });

  it('of 0 are no limit', async () => {
    const free = new RateLimits({
      settings: { ...settings, clientPoints: 0 }, sql: opened.database, countForServer: (charge) => budgets.take(charge),
      onRefused: () => undefined, onStoreFailure: () => undefined,
    });
    expect(await free.client('a').charge(1e9)).toBeNull();
  });
});

describe.each<[string, Ask]>([
  ['fails', () => Promise.reject(new Error('The other process is gone.'))],
  ['does not answer', () => new Promise(() => undefined)],
])('while the process that counts for all %s', (_how, way) => {
  it('each counts for itself, says so once, and asks it again after a pause', async () => {
    await client(0).charge(10);
    broken = way;
    expect(await together(2, (index) => client(index).charge(60))).toMatchObject([{ remaining: 40 }, { remaining: 40 }]);
    asked = [];
    expect(await refusalOf(client(0).charge(41))).toBeInstanceOf(RateLimited);
    expect(asked).toEqual([]);
    expect(failures).toEqual([expect.any(Error), expect.any(Error)]);
    broken = null;
    await sleep(1_100);
    expect(await client(1).charge(10)).toMatchObject({ remaining: 80 });
    expect(failures).toHaveLength(2);
  });
});
