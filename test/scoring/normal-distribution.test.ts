import { describe, expect, it } from '@jest/globals';
import { normalDistribution } from '../../src/scoring/normal-distribution.js';

describe('normalDistribution', () => {
  it.each([
    [0, 0.5],
    [0.1, 0.539827837277029],
    [0.5, 0.691462461274013],
    [1, 0.841344746068543],
    [1.5, 0.933192798731142],
    [1.96, 0.975002104851780],
    [2.5, 0.993790334674224],
    [3, 0.998650101968370],
    [5, 0.999999713348428],
    [-0.5, 0.308537538725987],
    [-1, 0.158655253931457],
    [-1.96, 0.024997895148220],
    [-3, 0.001349898031630],
    [-5, 2.866515718792e-7],
    [-6, 9.865876450e-10],
  ])('has below %d the share %d', (z, share) => {
    expect(normalDistribution(z)).toBeCloseTo(share, 14);
  });

  it.each([8, 40, Infinity])('has all below %d and nothing below its negative', (z) => {
    expect([normalDistribution(z), normalDistribution(-z)]).toEqual([1, 0]);
  });

  it('gives both sides of the mean the same share', () => {
    for (let z = 0; z < 9; z += 0.01) expect(normalDistribution(z) + normalDistribution(-z)).toBeCloseTo(1, 14);
  });
});
