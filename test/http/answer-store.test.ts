import { describe, expect, it } from '@jest/globals';
import { AnswerStore, type KeptAnswer } from '../../src/http/graphql/answer-store.js';

const MEBIBYTE = 1_048_576;
const answer = (bytes: number, name = 'x'): KeptAnswer =>
  ({ operation: null, cost: 1, body: Buffer.alloc(bytes, name), type: 'application/json', etag: `"${name}"` });

/** A store that has been asked for an edition, as it is before anything is kept. */
function opened(edition: unknown): AnswerStore {
  const store = new AnswerStore();
  expect(store.get(edition, 'anything')).toBeNull();
  return store;
}

describe('the answers that are kept', () => {
  it('are found by the very request alone', () => {
    const store = opened('edition');
    const kept = answer(1);
    store.set('edition', 'POST {}', kept);
    expect(store.get('edition', 'POST {}')).toBe(kept);
    for (const other of ['POST { }', 'GET {}', 'post {}', '', 'constructor', '__proto__']) expect(store.get('edition', other)).toBeNull();
  });

  it('are the first of a request: another one is not taken in its place', () => {
    const store = opened('edition');
    store.set('edition', 'request', answer(1, 'a'));
    store.set('edition', 'request', answer(1, 'b'));
    expect(store.get('edition', 'request')?.etag).toBe('"a"');
  });

  it('are the latest used, 32 MiB of them', () => {
    const store = opened('edition');
    for (let index = 0; index < 60; index += 1) {
      store.set('edition', `request ${index}`, answer(MEBIBYTE));
      expect(store.get('edition', 'request 0')).not.toBeNull();
    }
    const kept = Array.from({ length: 60 }, (_, index) => store.get('edition', `request ${index}`) !== null);
    // With what they take beside their bytes there is no room for 32.
    expect(kept).toEqual(kept.map((_, index) => index === 0 || index >= 30));
  });

  it('are few where requests are long, however short the answers', () => {
    const store = opened('edition');
    const request = (index: number): string => String(index).padEnd(10_000, ' ');
    for (let index = 0; index < 3_000; index += 1) store.set('edition', request(index), answer(1));
    const kept = Array.from({ length: 3_000 }, (_, index) => store.get('edition', request(index)) !== null);
    expect(kept.filter(Boolean)).toHaveLength(Math.floor(32 * MEBIBYTE / 20_501));
    expect(kept.at(-1)).toBe(true);
  });

  it.each([['an answer', 'request', MEBIBYTE + 1], ['a request', 'x'.repeat(10_001), 1]])('are not those of %s that is too long', (_what, request, bytes) => {
    const store = opened('edition');
    store.set('edition', request, answer(bytes));
    expect(store.get('edition', request)).toBeNull();
    store.set('edition', request.slice(0, 10_000), answer(Math.min(bytes, MEBIBYTE)));
    expect(store.get('edition', request.slice(0, 10_000))).not.toBeNull();
  });

  it('are of one edition: with the next one all are forgotten, and room is there again', () => {
    const store = opened('one');
    for (let index = 0; index < 31; index += 1) store.set('one', `request ${index}`, answer(MEBIBYTE));
    expect(store.get('two', 'request 0')).toBeNull();
    for (let index = 0; index < 31; index += 1) store.set('two', `request ${index}`, answer(MEBIBYTE));
    for (let index = 0; index < 31; index += 1) expect(store.get('two', `request ${index}`)).not.toBeNull();
    expect(store.get('one', 'request 0')).toBeNull();
  });

  it('are none that were made of an edition that is gone', () => {
    const store = opened('one');
    expect(store.get('two', 'request')).toBeNull();
    store.set('one', 'request', answer(1));
    expect([store.get('two', 'request'), store.get('one', 'request')]).toEqual([null, null]);
  });
});
