import { describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';
import { DocumentStore } from '../../src/graphql/document-store.js';

const padded = (length: number) => parse('{ a }'.padEnd(length, '#'));

describe('the documents that are kept', () => {
  it('are the latest used, by the length of their texts', async () => {
    const store = new DocumentStore();
    for (let index = 0; index < 60; index += 1) {
      await store.set(`key ${index}`, padded(40_000));
      expect(await store.get('key 0')).toBeDefined();
    }
    const kept = await Promise.all(Array.from({ length: 60 }, (_, index) => store.get(`key ${index}`)));
    expect(kept.filter(Boolean)).toHaveLength(49);
    expect([kept[0], kept[1], kept.at(-1)]).toEqual([expect.anything(), undefined, expect.anything()]);
  });

  it('do not have texts that nobody wrote', async () => {
    const store = new DocumentStore();
    await store.set('long', padded(50_000));
    expect(await store.get('long')).toBeUndefined();
  });

  it('are replaced and forgotten whole', async () => {
    const store = new DocumentStore();
    for (let index = 0; index < 100; index += 1) await store.set('key', padded(40_000));
    await store.set('other', padded(40_000));
    expect(await store.get('key')).toBeDefined();
    expect([await store.delete('key'), await store.get('key'), await store.delete('key')]).toEqual([true, undefined, false]);
  });
});
