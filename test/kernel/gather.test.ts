import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { gathered } from '../../src/kernel/gather.js';

/** How many batches of a key are read at once, and how many calls share one. */
const AT_ONCE = 2;
const MAX_BATCH = 100;

/** A read that is under way until the test ends it. */
interface Flight {
  readonly questions: readonly string[];
  /** Answers each question: by itself in upper case. */
  land(): void;
  crash(error: Error): void;
}

/** Reads that stay under way until told to end; each that was ever begun is listed. The key of a question stands before its colon. */
function controlled() {
  const flights: Flight[] = [];
  const ask = gathered((questions: readonly string[]) => {
    const { promise, resolve, reject } = Promise.withResolvers<string[]>();
    flights.push({ questions, land: () => resolve(questions.map((question) => question.toUpperCase())), crash: reject });
    return promise;
  }, (question) => question.split(':').at(-2) ?? '');
  return { flights, ask, begun: () => flights.map(({ questions }) => questions.join(' ')) };
}

/** Lets everything run that waits for nothing but its turn. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('what is read together', () => {
  it('is read at once as long as little is under way, and then with all that was asked meanwhile', async () => {
    const { flights, ask, begun } = controlled();
    const answers = ['a', 'b', 'c', 'd', 'e'].map((question) => ask([question]));
    await settled();
    expect(begun()).toEqual(['a', 'b']);
    flights[1]!.land();
    expect(await answers[1]).toEqual(['B']);
    await settled();
    expect(begun()).toEqual(['a', 'b', 'c d e']);
    flights[2]!.land();
    flights[0]!.land();
    expect(await Promise.all(answers)).toEqual([['A'], ['B'], ['C'], ['D'], ['E']]);
  });

  it('is never what was under way when it was asked, even the same question', async () => {
    const { flights, ask, begun } = controlled();
    for (let call = 0; call < AT_ONCE; call += 1) void ask(['a']);
    const late = ask(['a']);
    await settled();
    flights[0]!.land();
    await settled();
    expect(begun()).toEqual(['a', 'a', 'a']);
    let answered = false;
    void late.then(() => void (answered = true));
    flights[1]!.land();
    await settled();
    expect(answered).toBe(false);
    flights[2]!.land();
    expect(await late).toEqual(['A']);
  });

  it('keeps all together that one call asks of a key, in the order of the call', async () => {
    const { flights, ask, begun } = controlled();
    const calls = [ask(['a:1']), ask(['a:2']), ask(['a:5', 'b:1', 'a:3', 'a:5']), ask(['a:4'])];
    await settled();
    expect(begun()).toEqual(['a:1', 'a:2', 'b:1']);
    flights[0]!.land();
    await settled();
    expect(begun().at(-1)).toBe('a:5 a:3 a:5 a:4');
    for (const flight of flights) flight.land();
    expect(await Promise.all(calls)).toEqual([['A:1'], ['A:2'], ['A:5', 'B:1', 'A:3', 'A:5'], ['A:4']]);
  });

  it('is what at most a hundred calls ask', async () => {
    const { flights, ask } = controlled();
    for (let call = 0; call < AT_ONCE + MAX_BATCH + 1; call += 1) void ask([`a:${call}`, `a:more ${call}`]);
    flights[0]!.land();
    await settled();
    flights[1]!.land();
    await settled();
    expect(flights.map(({ questions }) => questions.length)).toEqual([2, 2, 2 * MAX_BATCH, 2]);
  });

  it('is nothing where nothing is asked', async () => {
    const { ask, flights } = controlled();
    expect(await ask([])).toEqual([]);
    expect(flights).toEqual([]);
  });
});

describe('questions of another key', () => {
  it('are never read together, and wait for none', async () => {
    const { flights, ask, begun } = controlled();
    const slow = [ask(['slow:1']), ask(['slow:2']), ask(['slow:3'])];
    const both = ask(['quick:1', 'slow:4', 'quick:2']);
    await settled();
    expect(begun()).toEqual(['slow:1', 'slow:2', 'quick:1 quick:2']);
    const quick = ask(['quick:3']);
    await settled();
    for (const flight of flights.filter(({ questions }) => questions[0]!.startsWith('quick'))) flight.land();
    expect(await quick).toEqual(['QUICK:3']);
    flights[0]!.land();
    await settled();
    expect(begun().at(-1)).toBe('slow:3 slow:4');
    for (const flight of flights) flight.land();
    expect(await both).toEqual(['QUICK:1', 'SLOW:4', 'QUICK:2']);
    expect(await Promise.all(slow)).toEqual([['SLOW:1'], ['SLOW:2'], ['SLOW:3']]);
  });
});

describe('a read that fails', () => {
  it('fails for all who shared it, and for no one else', async () => {
    const { flights, ask } = controlled();
    const calls = ['a', 'b', 'c', 'd', 'other:1'].map((question) => ask([question.includes(':') ? question : `key:${question}`]));
    const ended = Promise.allSettled(calls);
    flights[0]!.crash(new Error('broken'));
    await settled();
    flights.at(-1)!.crash(new Error('broken again'));
    await settled();
    const next = ask(['key:e']);
    await settled();
    for (const flight of flights) flight.land();
    expect((await ended).map((each) => (each.status === 'fulfilled' ? each.value : (each.reason as Error).message)))
      .toEqual(['broken', ['KEY:B'], 'broken again', 'broken again', ['OTHER:1']]);
    expect(await next).toEqual(['KEY:E']);
  });

  it('fails a call of several keys, of which another was read', async () => {
    const { flights, ask } = controlled();
    const call = ask(['one:1', 'two:1']);
    flights[0]!.land();
    flights[1]!.crash(new Error('broken'));
    await expect(call).rejects.toThrow('broken');
  });
});

describe('for any calls, however long reads take', () => {
  const call = fc.record({ questions: fc.array(fc.constantFrom('a:1', 'a:2', 'b:1', 'b:2', 'c:1'), { maxLength: 4 }), pause: fc.boolean() });

  it('each is told what holds when it asks or later, in its order, and at most two reads of a key are under way', async () => {
    await fc.assert(fc.asyncProperty(fc.array(call, { maxLength: 30 }), fc.scheduler(), async (calls, scheduler) => {
      let now = 0;
      const underWay = new Map<string, number>();
      const ask = gathered(async (questions: readonly string[]) => {
        const keys = new Set(questions.map((question) => question[0]!));
        expect(keys.size).toBe(1);
        const [key] = keys as unknown as [string];
        underWay.set(key, (underWay.get(key) ?? 0) + 1);
        expect(underWay.get(key)).toBeLessThanOrEqual(AT_ONCE);
        const begun = now;
        await scheduler.schedule(Promise.resolve());
        underWay.set(key, underWay.get(key)! - 1);
        return questions.map((question) => ({ question, begun }));
      }, (question) => question[0]!);
      const asked: { readonly at: number; readonly questions: readonly string[]; readonly answers: ReturnType<typeof ask> }[] = [];
      for (const { questions, pause } of calls) {
        asked.push({ at: now += 1, questions, answers: ask(questions) });
        if (pause && scheduler.count() > 0) await scheduler.waitNext(1);
      }
      while (await settled(), scheduler.count() > 0) await scheduler.waitNext(1);
      for (const { at, questions, answers } of asked) {
        const told = await answers;
        expect(told.map(({ question }) => question)).toEqual(questions);
        for (const { begun } of told) expect(begun).toBeGreaterThanOrEqual(at);
      }
    }), { numRuns: 60 });
  });
});
