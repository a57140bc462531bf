import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '../src/config.js';
import { poolShare } from '../src/open-database.js';

function shares(size: number, workers: number): number[] {
  const config = loadConfig({ DATABASE_POOL_SIZE: String(size), WORKERS: String(workers) });
  return Array.from({ length: workers }, (_, place) => poolShare(config, place));
}

describe('the connections for requests', () => {
  it('are all those of the one process', () => {
    expect([shares(2, 1), shares(10, 1), shares(1_000, 1)]).toEqual([[2], [10], [1_000]]);
  });

  it('are shared out evenly among workers, to the last', () => {
    expect(shares(10, 4)).toEqual([2, 2, 3, 3]);
    expect(shares(12, 4)).toEqual([3, 3, 3, 3]);
    for (const workers of [1, 2, 3, 7, 50]) expect(shares(101, workers).reduce((sum, share) => sum + share)).toBe(101);
  });

  it('are at least two for each', () => {
    expect(shares(5, 4)).toEqual([2, 2, 2, 2]);
  });
});
