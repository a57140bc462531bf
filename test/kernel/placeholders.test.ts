import { describe, expect, it } from '@jest/globals';
import { fillPlaceholders, placeholderPaths } from '../../src/kernel/placeholders.js';

describe('placeholders', () => {
  it.each([
    ['{{ SUM }} of {{SCALE}}', ['SUM', 'SCALE'], '<SUM> of <SCALE>'],
    ['{{ GROUPS.иное-1.SUM }}', ['GROUPS.иное-1.SUM'], '<GROUPS.иное-1.SUM>'],
    ['{{\n VALUES.a.sum\n}}', ['VALUES.a.sum'], '<VALUES.a.sum>'],
    ['{ SUM } {{}} {{ a b }} {{ SUM|round }} {% if SUM %}', [], '{ SUM } {{}} {{ a b }} {{ SUM|round }} {% if SUM %}'],
    ['{{{ SUM }}}', ['SUM'], '{<SUM>}'],
  ])('of %j are found and filled in', (text, paths, filled) => {
    expect(placeholderPaths(text)).toEqual(paths);
    expect(fillPlaceholders(text, (path) => `<${path}>`)).toBe(filled);
  });

  it('are filled in once: what is filled in is no placeholder, nor a pattern', () => {
    expect(fillPlaceholders('{{ a }}-{{ b }}', (path) => (path === 'a' ? '{{ b }}' : '$&'))).toBe('{{ b }}-$&');
  });
});
