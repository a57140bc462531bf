import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Coalescer } from '../../src/kernel/coalesce.js';

class Spoilt extends Error {}

/** A batch that is being worked on until the test ends it. */
interface Flight {
  readonly key: string;
  readonly items: readonly string[];
  /** Gives every item its outcome: the item in upper case. */
  land(): void;
  crash(error: Error): void;
}

/** A coalescer whose batches stay in flight until told to end; every batch that was ever begun is listed. */
function controlled(maxBatch = 100, atOnce?: number) {
  const flights: Flight[] = [];
  const coalescer = new Coalescer<string, string>({
    maxBatch,
    ...(atOnce === undefined ? {} : { atOnce }),
    spoiltByAnItem: (error) => error instanceof Spoilt,
    run: (key, items) => {
      const { promise, resolve, reject } = Promise.withResolvers<string[]>();
      flights.push({ key, items, land: () => resolve(items.map((item) => item.toUpperCase())), crash: reject });
      return promise;
    },
  });
  return { coalescer, flights, submit: (...items: string[]) => items.map((item) => coalescer.submit('key', item)) };
}

/** Lets everything run that waits for nothing but its turn. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** "ok …" or "failed …" for every promise, in order. */
async function endings(submitted: readonly Promise<string>[]): Promise<string[]> {
  const all = await Promise.allSettled(submitted);
  return all.map((one) => (one.status === 'fulfilled' ? `ok ${one.value}` : `failed ${(one.reason as Error).message}`));
}

describe('calls of one key', () => {
  it('begin at once while nothing is in flight', () => {
    const { flights, submit } = controlled();
    void submit('a');
    expect(flights.map(({ items }) => items)).toEqual([['a']]);
  });

  it('wait for the batch in flight and then go together, in their order', async () => {
    const { flights, submit } = controlled();
    void submit('a', 'b', 'c', 'd');
    await settled();
    expect(flights.map(({ items }) => items)).toEqual([['a']]);
    flights[0]!.land();
    await settled();
    expect(flights.map(({ items }) => items)).toEqual([['a'], ['b', 'c', 'd']]);
  });

  it('get each its own outcome', async () => {
    const { flights, submit } = controlled();
    const submitted = submit('a', 'b', 'c', 'b');
    flights[0]!.land();
    await settled();
    flights[1]!.land();
    expect(await endings(submitted)).toEqual(['ok A', 'ok B', 'ok C', 'ok B']);
  });

  it('are answered as soon as their batch is done, not later', async () => {
    const { flights, submit } = controlled();
    const [first] = submit('a', 'b');
    flights[0]!.land();
    expect(await first).toBe('A');
  });

  it('go in batches of at most the given size', async () => {
    const { flights, submit } = controlled(3);
    void submit('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h');
    for (let index = 0; index < 4; index += 1) {
      flights[index]!.land();
      await settled();
    }
    expect(flights.map(({ items }) => items.join(''))).toEqual(['a', 'bcd', 'efg', 'h']);
  });

  it('begin at once again after the key was idle, however often', async () => {
    const { flights, submit } = controlled();
    for (let round = 0; round < 3; round += 1) {
      const submitted = submit('a');
      expect(flights).toHaveLength(round + 1);
      flights[round]!.land();
      expect(await endings(submitted)).toEqual(['ok A']);
      await settled();
    }
  });

  it('that come at the very moment when a batch ends are not lost', async () => {
    const coalescer = new Coalescer<number, number>({
      maxBatch: 10, spoiltByAnItem: () => false, run: async (_, items) => items.map((item) => item + 1),
    });
    let number = 0;
    for (let round = 0; round < 100; round += 1) number = await coalescer.submit('key', number);
    expect(number).toBe(100);
  });
});

describe('calls of different keys', () => {
  it('do not wait for one another', async () => {
    const { coalescer, flights } = controlled();
    const slow = coalescer.submit('slow', 'a');
    const quick = coalescer.submit('quick', 'b');
    expect(flights.map(({ key }) => key)).toEqual(['slow', 'quick']);
    flights[1]!.land();
    expect(await quick).toBe('B');
    flights[0]!.land();
    expect(await slow).toBe('A');
  });

  it('never share a batch', async () => {
    const { coalescer, flights } = controlled();
    for (const item of ['a', 'b', 'c']) for (const key of ['one', 'two']) void coalescer.submit(key, item);
    flights[0]!.land();
    flights[1]!.land();
    await settled();
    expect(flights.slice(2).map(({ key, items }) => [key, items])).toEqual([['one', ['b', 'c']], ['two', ['b', 'c']]]);
  });

  it('do not share a failure', async () => {
    const { coalescer, flights } = controlled();
    const calls = [coalescer.submit('one', 'a'), coalescer.submit('two', 'b')];
    flights[0]!.crash(new Error('broken'));
    flights[1]!.land();
    expect(await endings(calls)).toEqual(['failed broken', 'ok B']);
  });
});

describe('calls of a key of which several batches may be in flight', () => {
  it('begin at once until so many are, and then go together with the batch that begins when one ends', async () => {
    const { flights, submit } = controlled(100, 3);
    const submitted = submit('a', 'b', 'c', 'd', 'e');
    await settled();
    expect(flights.map(({ items }) => items.join(''))).toEqual(['a', 'b', 'c']);
    flights[1]!.land();
    expect(await submitted[1]).toBe('B');
    await settled();
    expect(flights.map(({ items }) => items.join(''))).toEqual(['a', 'b', 'c', 'de']);
    const [late] = submit('f');
    await settled();
    expect(flights).toHaveLength(4);
    for (const index of [3, 0, 2]) flights[index]!.land();
    expect(await endings(submitted)).toEqual(['ok A', 'ok B', 'ok C', 'ok D', 'ok E']);
    await settled();
    for (const flight of flights) flight.land();
    expect(await late).toBe('F');
  });

  it('begin at once again when fewer are, also while the others take long', async () => {
    const { flights, submit } = controlled(100, 2);
    const [slow] = submit('slow');
    for (let round = 1; round <= 3; round += 1) {
      const [quick] = submit('quick');
      expect(flights).toHaveLength(round + 1);
      flights[round]!.land();
      expect(await quick).toBe('QUICK');
      await settled();
    }
    flights[0]!.land();
    expect(await slow).toBe('SLOW');
  });

  it('go in batches of at most the given size, each as soon as one of those in flight ends', async () => {
    const { flights, submit } = controlled(2, 2);
    const ended = endings(submit('a', 'b', 'c', 'd', 'e', 'f', 'g'));
    flights[0]!.land();
    flights[1]!.land();
    await settled();
    expect(flights.map(({ items }) => items.join(''))).toEqual(['a', 'b', 'cd', 'ef']);
    flights[3]!.crash(new Error('broken'));
    await settled();
    expect(flights.at(-1)!.items).toEqual(['g']);
    for (const flight of flights) flight.land();
    expect(await ended).toEqual(['ok A', 'ok B', 'ok C', 'ok D', 'failed broken', 'failed broken', 'ok G']);
  });
});

/** A coalescer that answers at once, but refuses every batch that holds an item beginning with "bad". */
function picky() {
  const batches: string[] = [];
  const coalescer = new Coalescer<string, string>({
    maxBatch: 100,
    spoiltByAnItem: (error) => error instanceof Spoilt,
    run: async (_, items) => {
      batches.push(items.join());
      await settled();
      const bad = items.find((item) => item.startsWith('bad'));
      if (bad) throw new Spoilt(`refused ${bad}`);
      return items.map((item) => item.toUpperCase());
    },
  });
  return { batches, submit: (...items: string[]) => items.map((item) => coalescer.submit('key', item)) };
}

describe('a batch that is spoilt by an item', () => {
  it('is tried again item by item in the same order, and only the spoiler fails', async () => {
    const { batches, submit } = picky();
    const submitted = submit('first', 'a', 'bad', 'b');
    expect(await endings(submitted)).toEqual(['ok FIRST', 'ok A', 'failed refused bad', 'ok B']);
    expect(batches).toEqual(['first', 'a,bad,b', 'a', 'bad', 'b']);
  });

  it('fails every one of several spoilers for its own reason', async () => {
    const { submit } = picky();
    expect(await endings(submit('first', 'bad1', 'a', 'bad2'))).toEqual([
      'ok FIRST', 'failed refused bad1', 'ok A', 'failed refused bad2',
    ]);
  });

  it('is not tried again when the spoiler is alone in it', async () => {
    const { batches, submit } = picky();
    expect(await endings(submit('bad'))).toEqual(['failed refused bad']);
    expect(batches).toEqual(['bad']);
  });

  it('keeps later calls waiting until all its items are through, and then lets them go together', async () => {
    const { batches, submit } = picky();
    const earlier = submit('first', 'bad', 'a');
    await earlier[0];
    await settled();
    const later = submit('b', 'c');
    expect(await endings([...earlier, ...later])).toEqual(['ok FIRST', 'failed refused bad', 'ok A', 'ok B', 'ok C']);
    expect(batches).toEqual(['first', 'bad,a', 'bad', 'a', 'b,c']);
  });
});

describe('a failure that no item caused', () => {
  it('fails the whole batch at once, without a second try', async () => {
    const { flights, submit } = controlled();
    const submitted = submit('first', 'a', 'b');
    flights[0]!.land();
    await settled();
    flights[1]!.crash(new Error('unreachable'));
    expect(await endings(submitted)).toEqual(['ok FIRST', 'failed unreachable', 'failed unreachable']);
    await settled();
    expect(flights).toHaveLength(2);
  });

  it('leaves the calls that wait behind it to a batch of their own', async () => {
    const { flights, submit } = controlled();
    const ended = endings(submit('first', 'a', 'b'));
    flights[0]!.crash(new Error('unreachable'));
    await settled();
    flights[1]!.land();
    expect(await ended).toEqual(['failed unreachable', 'ok A', 'ok B']);
  });

  it('leaves the key usable', async () => {
    const { flights, submit } = controlled();
    const failed = submit('a');
    flights[0]!.crash(new Error('unreachable'));
    expect(await endings(failed)).toEqual(['failed unreachable']);
    const next = submit('b');
    flights[1]!.land();
    expect(await endings(next)).toEqual(['ok B']);
  });

  it('may come before any work was begun', async () => {
    const coalescer = new Coalescer<string, string>({
      maxBatch: 10, spoiltByAnItem: () => false, run: () => { throw new Error('no connection'); },
    });
    expect(await endings([coalescer.submit('key', 'a'), coalescer.submit('key', 'b')])).toEqual([
      'failed no connection', 'failed no connection',
    ]);
  });
});

describe('for any calls, in whatever order batches end', () => {
  const call = fc.record({
    key: fc.constantFrom('one', 'two', 'three'),
    spoils: fc.boolean(),
    pause: fc.boolean(),
  });

  it('each key works on one batch at a time, no batch is too large, order is kept and only spoilers fail', async () => {
    await fc.assert(fc.asyncProperty(fc.array(call, { maxLength: 30 }), fc.integer({ min: 1, max: 5 }), fc.scheduler(),
      async (calls, maxBatch, scheduler) => {
        const busy = new Set<string>();
        const done: number[] = [];
        const coalescer = new Coalescer<number, string>({
          maxBatch,
          spoiltByAnItem: (error) => error instanceof Spoilt,
          run: async (key, items) => {
            expect(busy.has(key)).toBe(false);
            expect(items.length).toBeLessThanOrEqual(maxBatch);
            busy.add(key);
            await scheduler.schedule(Promise.resolve());
            busy.delete(key);
            if (items.some((item) => calls[item]!.spoils)) throw new Spoilt('spoilt');
            done.push(...items);
            return items.map((item) => `${key} ${item}`);
          },
        });
        const submitted: Promise<string>[] = [];
        for (const [index, { key, pause }] of calls.entries()) {
          submitted.push(coalescer.submit(key, index));
          if (pause && scheduler.count() > 0) await scheduler.waitNext(1);
        }
        const ended = endings(submitted);
        while (await settled(), scheduler.count() > 0) await scheduler.waitNext(1);
        expect(await ended).toEqual(calls.map(({ key, spoils }, index) => (spoils ? 'failed spoilt' : `ok ${key} ${index}`)));
        for (const name of ['one', 'two', 'three']) {
          const ofKey = done.filter((index) => calls[index]!.key === name);
          expect(ofKey).toEqual(ofKey.toSorted((a, b) => a - b));
        }
      }), { numRuns: 60 });
  });
});
