import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { textWidth, wrapText } from '../../../src/results/report/charts/text.js';
import { hostileText } from './unruly-document.js';

describe('a text broken into lines', () => {
  it.each([
    { text: 'one two', width: 1000, lines: ['one two'], cut: false },
    { text: ' one  two\n', width: 1000, lines: ['one  two'], cut: false },
    { text: 'one two', width: 40, lines: ['one', 'two'], cut: false },
    { text: 'Self-Consciousness', width: 120, lines: ['Self-', 'Consciousness'], cut: false },
    { text: 'about 12\u00a0%', width: 60, lines: ['about', '12\u00a0%'], cut: false },
    { text: 'from -5 to -1', width: 60, lines: ['from -5', 'to -1'], cut: false },
    { text: 'aaaaaa', width: 30, lines: ['aaa', 'aaa'], cut: false },
    { text: 'one two three four', width: 50, lines: ['one', 'two', 'thre…'], cut: true },
    { text: '👩‍👩‍👧👩‍👩‍👧', width: 60, lines: ['👩‍👩‍👧', '👩‍👩‍👧'], cut: false },
    { text: '', width: 10, lines: [], cut: false },
  ])('of $width is $lines for $text', ({ text, width, lines, cut }) => {
    expect(wrapText(text, width, 14, 3)).toEqual({ lines, cut });
  });

  it('loses nothing that it does not say it cut, and no line is wider than its place', () => {
    const graphemes = fc.string({ unit: 'grapheme', maxLength: 60 });
    const text = fc.oneof(fc.lorem({ maxCount: 12 }), graphemes, fc.constant(hostileText));
    fc.assert(fc.property(text, fc.integer({ min: 100, max: 300 }), (whole, width) => {
      const { lines, cut } = wrapText(whole, width, 14, 3);
      const bare = (each: string): string => each.replace(/\s/g, '');
      if (cut) expect(bare(whole).startsWith(bare(lines.join('').slice(0, -1)))).toBe(true);
      else expect(bare(lines.join(''))).toBe(bare(whole));
      expect(lines.length).toBeLessThanOrEqual(3);
      expect(Math.max(0, ...lines.map((line) => textWidth(line, 14)))).toBeLessThanOrEqual(width);
    }));
  });
});
