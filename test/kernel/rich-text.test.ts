import { describe, expect, it } from '@jest/globals';
import { plainToHtml, sanitizeRichText } from '../../src/kernel/rich-text.js';

const cases: readonly (readonly [what: string, given: string, html: string, dropped: readonly string[]])[] = [
  ['a text without markup, to the letter', 'Tom & Jerry &amp; "friends" > all', 'Tom & Jerry &amp; "friends" > all', []],
  ['a bare less-than sign', 'a < b', 'a &lt; b', []],
  ['simple HTML', '<div>О <b>тесте</b><br />и <a href="https://example.org/?a=1&amp;b=2">не только</a></div>',
    '<div>О <b>тесте</b><br />и <a href="https://example.org/?a=1&amp;b=2">не только</a></div>', []],
  ['a script', '<p>Hi<script>alert(1)</script></p>', '<p>Hi</p>', ['script']],
  ['an event handler', '<p onclick="go()" OnLoad=go()>Hi</p>', '<p>Hi</p>', ['p onclick', 'p onload']],
  ['a style and a frame', '<style>p{}</style><iframe src="https://example.org"></iframe>Hi', 'Hi', ['style', 'iframe']],
  ['an address that runs', '<a href="java\nscript:go()">Hi</a>', '<a>Hi</a>', ['a href']],
  ['the address of another server without a scheme', '<a href="//example.org">Hi</a>', '<a>Hi</a>', ['a href']],
  ['a picture that is no address', '<img src="data:image/svg+xml,x" alt="x">Hi', 'Hi', ['img src']],
  ['headings above those of a report', '<h1>One</h1><h2>Two</h2><h4>Four</h4>', '<h3>One</h3><h3>Two</h3><h4>Four</h4>', []],
  ['an element that is left open', '<p>un<b>closed', '<p>un<b>closed</b></p>', []],
  ['a tag without its end', 'a<b', 'a', ['an unfinished tag']],
  ['a picture without words', '<img src="a.png" />', '<img alt="" src="a.png" />', []],
  ['an element that is called like a method', '<constructor>Hi</constructor><p toString="y">', 'Hi<p></p>', ['constructor', 'p tostring']],
  ['an element of our own', '<x-y>Hi</x-y>', 'Hi', ['x-y']],
];

describe('the HTML of an author', () => {
  it.each(cases)('is made simple: %s', (_what, given, html, dropped) => {
    expect(sanitizeRichText(given)).toEqual({ html, dropped });
  });

  it.each(cases)('is not changed a second time: %s', (_what, given) => {
    const { html } = sanitizeRichText(given);
    expect(sanitizeRichText(html)).toEqual({ html, dropped: [] });
  });
});

describe('plain text as HTML', () => {
  it('shows every character and is none', () => {
    expect(sanitizeRichText(`<p>${plainToHtml('<b> & "quoted" &amp;')}</p>`).html).toBe('<p>&lt;b&gt; &amp; "quoted" &amp;amp;</p>');
  });
});
