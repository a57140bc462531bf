import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Page, type PageKey, pageOfList, pageOfOneMore, type PageRequest } from '../../src/kernel/page.js';

/** Few times and many ids, so that most times are shared. */
const place: fc.Arbitrary<PageKey> = fc.tuple(fc.integer({ min: 0, max: 5 }), fc.uuid());
const newestFirst = ([time, id]: PageKey, [otherTime, otherId]: PageKey): number =>
  otherTime - time || (id < otherId ? 1 : -1);
const list: fc.Arbitrary<PageKey[]> = fc.uniqueArray(place, { selector: ([, id]) => id, maxLength: 40 }).map((keys) => keys.sort(newestFirst));
const size = fc.integer({ min: 1, max: 12 });
const itself = (key: PageKey): PageKey => key;

/** The pages of a walk, in the order of reading. */
function walk(keys: readonly PageKey[], request: Omit<PageRequest, 'from'>): Page<PageKey>[] {
  const pages: Page<PageKey>[] = [];
  for (let from: PageKey | null = null; ;) {
    const page: Page<PageKey> = pageOfList(keys, itself, { ...request, from });
    pages.push(page);
    if (!page.more) return pages;
    from = page.items.at(request.backwards ? 0 : -1)!;
  }
}

describe('a page of a list in memory', () => {
  it('is met once by a walk forwards, however many items share a time', () => {
    fc.assert(fc.property(list, size, (keys, of) => {
      const pages = walk(keys, { size: of, backwards: false });
      expect(pages.flatMap(({ items }) => items)).toEqual(keys);
      expect(pages.slice(0, -1).every(({ items }) => items.length === of)).toBe(true);
    }));
  });

  it('is met once by a walk backwards, in the order of the list', () => {
    fc.assert(fc.property(list, size, (keys, of) => {
      const pages = walk(keys, { size: of, backwards: true });
      expect(pages.toReversed().flatMap(({ items }) => items)).toEqual(keys);
      expect(pages.slice(0, -1).every(({ items }) => items.length === of)).toBe(true);
    }));
  });

  it('begins right after its place, and tells whether there are more, also at a place that no item has', () => {
    fc.assert(fc.property(list, place, size, fc.boolean(), fc.nat(), (keys, anywhere, of, backwards, index) => {
      for (const from of [anywhere, keys[index % keys.length] ?? anywhere]) {
        const rest = keys.filter((key) => (backwards ? newestFirst(key, from) < 0 : newestFirst(key, from) > 0) && key[1] !== from[1]);
        const page: Page<PageKey> = pageOfList(keys, itself, { size: of, backwards, from });
        expect(page).toEqual({ items: backwards ? rest.slice(-of) : rest.slice(0, of), more: rest.length > of });
      }
    }));
  });

  it('leaves the list as it is', () => {
    fc.assert(fc.property(list, size, fc.boolean(), (keys, of, backwards) => {
      const before = structuredClone(keys);
      pageOfList(keys, itself, { size: of, backwards, from: null });
      expect(keys).toEqual(before);
    }));
  });
});

describe('a page of one more than was asked for', () => {
  it('is all but that one, turned into the order of the list', () => {
    fc.assert(fc.property(fc.uniqueArray(fc.nat(), { maxLength: 13 }), size, fc.boolean(), (numbers, of, backwards) => {
      const read = numbers.slice(0, of + 1);
      const kept = read.slice(0, of);
      expect(pageOfOneMore(read, { size: of, backwards, from: null }))
        .toEqual({ items: backwards ? kept.reverse() : kept, more: read.length === of + 1 });
    }));
  });
});
