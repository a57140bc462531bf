import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PdfRenderer } from '../../../src/printing/index.js';
import { reportPrintJob } from '../../../src/results/report/pdf/index.js';
import { type ReadPdf, readPdf, solid } from '../../printing/read-pdf.js';
import { reportOf, withoutFeet } from './report-pdf.js';

const renderer = new PdfRenderer();
afterAll(() => renderer.close());

async function print(html: string): Promise<ReadPdf> {
  return readPdf(await renderer.render(reportPrintJob(reportOf({ kind: 'richText', html }))));
}

/** The text of the HTML as it is printed, without white space. */
async function printed(html: string): Promise<string> {
  return withoutFeet(await print(html), 'Title').join('').replace(/^TitleSubtitle/, '');
}

/** The texts beside their places: how far from the left, and in which line. */
async function placed(html: string): Promise<readonly { text: string; x: number; y: number }[]> {
  const { items } = await print(html);
  return items.flat().filter(({ text }) => text.trim() !== '').slice(2, -2);
}

describe('rich text', () => {
  it.each([
    { html: 'plain & simple &amp; &lt;b&gt; &#8381;', text: 'plain & simple & <b> ₽' },
    { html: '<p>One</p><p>Two</p>three', text: 'One Two three' },
    { html: '<b>b</b><i>i</i><u>u</u><s>s</s><small>a</small>H<sub>2</sub>O m<sup>2</sup> <code>x = 1</code>', text: 'biusaH2Om2x=1' },
    { html: 'A<br>B<hr>C', text: 'ABC' },
    { html: '<h3>Three</h3><h6>Six</h6>', text: 'ThreeSix' },
    { html: '<ul><li>A<ul><li>B</li></ul></li><li>C</li></ul>', text: 'ABC' },
    { html: '<ol start="9"><li>A</li><li>B</li></ol>', text: 'A9.B10.' },
    { html: '<dl><dt>Term</dt><dd>Text</dd></dl>', text: 'TermText' },
    { html: '<blockquote>Quote<blockquote>within</blockquote></blockquote>', text: 'Quotewithin' },
    { html: '<pre>  two\n    four</pre>', text: 'twofour' },
    { html: '<img src="https://example.org/a.png" alt="A picture"><img src="b.png" alt="">', text: '[A picture]' },
    { html: '<table><caption>C</caption><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>', text: 'CAB12' },
    { html: '<table><tr><td rowspan="2">A</td><td>B</td></tr><tr><td colspan="3">C</td></tr></table>', text: 'ABC' },
    { html: '<table>stray<tr>loose<td>A</td></tr><p>between</p></table>', text: 'strayloose A between' },
    { html: `<table><tr>${'<td>narrow</td>'.repeat(30)}</tr></table>`, text: 'narrow'.repeat(30) },
    { html: '<table><tr><td>A<table><tr><td>B<table><tr><td>C</td></tr></table></td></tr></table></td></tr></table>', text: 'ABC' },
    { html: '<script>alert(1)</script><style>b{}</style>after', text: 'after' },
    { html: '<constructor>a<toString>b<valueOf>c', text: 'abc' },
    { html: '</p></div>a</b></li><li>b</table><td>c<tr>d', text: 'abcd' },
    { html: '<ul></ul><ol></ol><table></table><dl></dl><pre></pre><p> </p><h3></h3><blockquote></blockquote>', text: '' },
  ])('prints all of its text: $html', async ({ html, text }) => {
    expect(await printed(html)).toBe(solid(text));
  });

  it.each([
    { html: '<ol start="1e9999"><li>A</li></ol>', text: 'A1.' },
    { html: '<ol start="-5"><li>A</li></ol>', text: 'A-5.' },
    { html: '<table><tr><td colspan="99999999" rowspan="99999999">A</td></tr><tr><td>B</td></tr></table>', text: 'AB' },
    { html: '<table><tr><td colspan="-3" rowspan="x">A</td><td colspan="0">B</td></tr></table>', text: 'AB' },
    ...['div', 'b', 'ul><li', 'ol><li', 'blockquote', 'table><tr><td', 'dl><dd', 'h3', 'pre', 'hr', 'sup', 'constructor']
      .map((name) => ({ html: `${`<${name}>`.repeat(5000)}deep`, text: 'deep' })),
  ])('prints whatever its elements and numbers are: %#', async ({ html, text }) => {
    expect(await printed(html)).toContain(text);
  });

  it('never fails, and prints each of its words', async () => {
    const names = ['p', 'div', 'b', 'ul', 'ol', 'li', 'dl', 'dt', 'dd', 'table', 'tr', 'td', 'th', 'caption', 'thead', 'h3',
      'pre', 'blockquote', 'a', 'br', 'hr', 'img', 'sub', 'span', 'section'];
    const ends = ['>', ' colspan="3" rowspan="2">', ' start=3>'];
    const tag = fc.tuple(fc.constantFrom('<', '</'), fc.constantFrom(...names), fc.constantFrom(...ends))
      .map((parts) => parts.join(''));
    const part = fc.oneof(tag, tag, fc.nat(999).map((number) => ` word${number}. `));
    await fc.assert(fc.asyncProperty(fc.array(part, { maxLength: 60 }), async (parts) => {
      const text = await printed(parts.join(''));
      const lost = parts.filter((each) => each.includes('word') && !text.includes(each.trim()));
      expect(lost).toEqual([]);
    }), { numRuns: 150, seed: 1 });
  });

  it('moves items, quotes and explanations in, and starts a line where it says', async () => {
    const all = await placed('<p>A<br>B</p><ul><li>C</li></ul><dl><dd>D</dd></dl><blockquote>E</blockquote>');
    const [left = 0, ...others] = all.map(({ x }) => x);
    expect(others.map((x) => x > left + 5)).toEqual([false, true, true, true]);
    expect(new Set(all.map(({ y }) => y)).size).toBe(5);
    expect(all.map(({ y }) => y)).toEqual(all.map(({ y }) => y).toSorted((one, two) => two - one));
  });

  it('has the cells of a row beside each other, and those of a column one below the other', async () => {
    const html = '<table><tr><td rowspan="2">A</td><td colspan="2">B</td></tr><tr><td>C</td><td>D</td></tr></table>';
    const [a, b, c, d] = await placed(html);
    expect([a!.y === b!.y, c!.y === d!.y, a!.y > c!.y]).toEqual([true, true, true]);
    expect([b!.x === c!.x, a!.x < b!.x, c!.x < d!.x]).toEqual([true, true, true]);
  });

  it('keeps the white space of preformatted text only', async () => {
    const words = (items: readonly { text: string }[]): string => items.map(({ text }) => text).join('|');
    const [x] = await placed('<pre>x</pre>');
    const [moved] = await placed('<pre>    x</pre>');
    expect(moved!.x).toBeGreaterThan(x!.x + 5);
    expect(words(await placed('<p>  a \n\t b<b> c</b> </p>'))).not.toMatch(/\s\s/);
  });
});

describe('a link', () => {
  it('leads to the web and to mailboxes, and nowhere else', async () => {
    const addresses = [
      'https://example.org/a?b=1&amp;c=2', 'http://пример.рф/', 'mailto:a@example.org', 'javascript:alert(1)', 'file:///etc/passwd',
      'data:text/html,x', '/relative', '//example.org/', 'https://', 'ftp://example.org/', '', 'https://example.org/ё',
    ];
    const html = addresses.map((href, index) => `<p><a href="${href}">Link${index}.</a></p>`).join('');
    const { links, pages } = await print(html);
    expect(links).toEqual([
      'https://example.org/a?b=1&c=2', 'http://xn--e1afmkfd.xn--p1ai/', 'mailto:a@example.org', 'https://example.org/%D1%91',
    ]);
    expect(pages.join('')).toContain(addresses.map((_, index) => `Link${index}.`).join(''));
  });
});

describe('a picture', () => {
  it('is not fetched, neither from the web nor from a file', async () => {
    let asked = 0;
    const server = createServer((_request, response) => {
      asked += 1;
      response.end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const web = `http://127.0.0.1:${(server.address() as AddressInfo).port}/x.png`;
    try {
      const sources = [web, 'file:///etc/passwd', '/etc/passwd', 'data:image/png;base64,iVBORw0KGgo='];
      const html = sources.map((src) => `<img src="${src}" alt="Picture"><a href="${web}">x</a>`).join('');
      const title = `<svg xmlns="http://www.w3.org/2000/svg"><image href="${web}"/></svg>`;
      const text = await printed(html + title);
      expect(text).toContain('[Picture]x'.repeat(sources.length));
      expect(text).not.toContain('root:');
      expect((await fetch(web)).ok).toBe(true);
      expect(asked).toBe(1);
    } finally {
      server.close();
    }
  });
});
