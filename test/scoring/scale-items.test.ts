import { describe, expect, it } from '@jest/globals';
import { calculate } from '../../src/scoring/index.js';
import { answersInOrder, item, question, scaleOf, testOf } from './builders.js';

describe('an item with points', () => {
  const asked = question(['a', 'b', 'c', '9']);
  const points = { a: 3, b: -1 };

  it.each([
    ['a', 3],
    ['b', -1],
    ['c', 0],
    ['9', 0],
  ])('counts for %j the points of the option, none for one that is not named', (value, sum) => {
    const score = scaleOf([asked], [item('1', { points })], answersInOrder([value]));
    expect(score).toMatchObject({ sum, min: -1, max: 3 });
  });

  it('is unanswered by a value that is not offered, though it has points', () => {
    const priced = item('1', { points: { ...points, z: 100 } });
    expect(scaleOf([asked], [priced], answersInOrder(['z']))).toMatchObject({ answered: 0, sum: 0, max: 0 });
  });

  it('is mirrored and weighed as any other', () => {
    const weighed = item('1', { points, reversed: true, weight: 2 });
    const sums = ['a', 'b', 'c'].map((value) => scaleOf([asked], [weighed], answersInOrder([value])).sum);
    expect(sums).toEqual([-2, 6, 4]);
  });

  it('adds the points of ticked boxes, between all losses and all gains', () => {
    const boxes = question(['a', 'b', 'c', 'd'], { kind: 'CHECKBOX' });
    const priced = item('1', { points: { a: 3, b: -1, d: 0.5 } });
    expect(scaleOf([boxes], [priced], answersInOrder(['a', 'b', 'c']))).toMatchObject({ sum: 2, min: -1, max: 3.5 });
  });

  it.each(['GRADIENT', 'RATING', 'TEXT'] as const)('is never answered by a question of kind %s', (kind) => {
    const other = question(['1', '5'], { kind });
    expect(scaleOf([other], [item('1', { points: { 1: 2 } })], answersInOrder(['1'])).answered).toBe(0);
  });

  it.each(['__proto__', 'constructor', 'toString'])('takes an option called %s for one like any other', (value) => {
    const odd = question([value, 'a']);
    const unnamed = item('1', { points: { a: 2 } });
    expect(scaleOf([odd], [unnamed], answersInOrder([value]))).toMatchObject({ sum: 0, max: 2 });
    const named = item('1', { points: Object.fromEntries([[value, 7]]) });
    expect(scaleOf([odd], [named], answersInOrder([value]))).toMatchObject({ sum: 7, max: 7 });
  });

  it('changes nothing but its own scale', () => {
    const scales = [{ id: 'S', items: [item('1', { points: { 9: 1 } })] }, { id: 'T', items: [item('1')] }];
    const { sum, max, scales: [priced, plain] } = calculate(testOf([asked], scales), answersInOrder(['9']));
    expect([sum, max, priced?.sum, plain?.sum]).toEqual([9, 9, 1, 9]);
  });
});

describe('an item that counts right answers', () => {
  const right = item('1', { correct: true });
  const option = question(['5', '6', '7'], { correct: ['6'] });
  const boxes = question(['5', '6', '7'], { kind: 'CHECKBOX', count: 2, correct: ['6', '7'] });
  const texts = question(['16'], { kind: 'TEXT' }, [{ en: 'sixteen' }]);

  it.each([
    ['the right option', option, ['6'], 1],
    ['a number equal to the right option', option, ['06'], 1],
    ['a wrong option', option, ['7'], 0],
    ['a value that is not offered', option, ['x'], 0],
    ['all right boxes', boxes, ['7', '6'], 1],
    ['some of the right boxes', boxes, ['6'], 0],
    ['the right text', texts, ['16'], 1],
    ['the right text of another language', texts, ['sixteen'], 1],
    ['a wrong text', texts, ['17'], 0],
  ])('counts for %s 1 or 0', (_title, asked, answer, sum) => {
    expect(scaleOf([asked], [right], answersInOrder(answer))).toMatchObject({ sum, min: 0, max: 1, answered: 1 });
  });

  it('is unanswered when the question was skipped', () => {
    for (const answers of [answersInOrder([]), new Map()]) {
      expect(scaleOf([option], [right], answers)).toMatchObject({ sum: 0, max: 0, answered: 0, items: 1 });
    }
  });

  it('is mirrored within 0 and 1', () => {
    const wrong = item('1', { correct: true, reversed: true });
    expect([['6'], ['7']].map((answer) => scaleOf([option], [wrong], answersInOrder(answer)).sum)).toEqual([0, 1]);
  });

  it('disregards points', () => {
    const both = item('1', { correct: true, points: { 6: 50 } });
    expect(scaleOf([option], [both], answersInOrder(['6']))).toMatchObject({ sum: 1, max: 1 });
  });

  it.each([
    ['no right option', question(['1', '2'])],
    ['the kind RATING', question(['1', '2'], { kind: 'RATING', correct: ['1'] })],
    ['the kind GRADIENT', question(['1', '2'], { kind: 'GRADIENT', correct: ['1'] })],
  ])('is never answered by a question of %s', (_title, asked) => {
    expect(scaleOf([asked], [right], answersInOrder(['1'])).answered).toBe(0);
  });
});
