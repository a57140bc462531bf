import { describe, expect, it } from '@jest/globals';
import { plainText } from '../../../src/results/report/plain-text.js';

describe('simple HTML as plain text', () => {
  it.each([
    ['R&amp;D <b>team</b>', 'R&D team'],
    ['no element: R&D, 1 < 2, &laquo;да&raquo; &#8381;', 'no element: R&D, 1 < 2, «да» ₽'],
    ['&lt;b&gt; &amp;lt; &quot;x&quot;', '<b> &lt; "x"'],
    ['H<sub>2</sub>O and <a href="https://example.org/?a=1&amp;b=2">m<SUP>2</SUP></a>', 'H2O and m2'],
    ['<p>One</p><p>two</p>three<br>four<ul><li>five</li><li>six</li></ul>', 'One two three four five six'],
    ['  one\n\ttwo&nbsp;three ', 'one two three'],
    ['before<script>alert(1)</script><style>b{}</style>after', 'before after'],
    ['<img src="x" alt="A picture">', ''],
    ['', ''],
  ])('is what a reader reads in %j', (html, text) => {
    expect(plainText(html)).toBe(text);
  });
});
