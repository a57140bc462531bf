import { describe, expect, it } from '@jest/globals';
import { xmlLimits } from '../../../src/catalogue/import/quiz-xml/xml-limits.js';
import { GOOD_QUIZ, inputOf, lines, meta, OPTION, quizOf, read } from './builders.js';

const item = (id: string, name: string): string => `<item id="${id}"><name>${name}</name>${OPTION}</item>`;
const instructed = (xml: string): string => quizOf(item('1', 'Вопрос'), `<instruction>${xml}</instruction>`);

describe('the instruction', () => {
  const cases: readonly [what: string, xml: string, instruction: object | undefined][] = [
    ['keeps its HTML in each language', '<ru>\n<p class="a">Один &amp; <b>два</b></p> </ru><en><p>One</p></en>',
      { ru: '<p class="a">Один &amp; <b>два</b></p>', en: '<p>One</p>' }],
    ['keeps a CDATA section as HTML', '<ru>a &lt; b <![CDATA[<p>Один</p>]]></ru>', { ru: 'a &lt; b <p>Один</p>' }],
    ['is Russian without a language', 'Один &lt;b&gt;', { ru: 'Один &lt;b&gt;' }],
    ['closes what XML closed, and nothing that HTML does not', '<ru><p/><b/>x<br/><BR></BR><img src="a&quot;b"/></ru>',
      { ru: '<p></p><b></b>x<br><BR><img src="a&quot;b">' }],
    ['does not let quotes and brackets out of attributes and texts',
      '<ru><a href="&quot;&gt;&lt;b&gt;">&lt;i&gt; "</a></ru>',
      { ru: '<a href="&quot;&gt;&lt;b&gt;">&lt;i&gt; "</a>' }],
    ['leaves comments and instructions out', '<ru>a<!-- <b> --><?x y?>c</ru>', { ru: 'ac' }],
    ['is absent when it is empty', '<ru/><en> </en>', undefined],
  ];

  it.each(cases)('%s', (_what, xml, instruction) => {
    expect(inputOf(read(instructed(xml))).instruction).toEqual(instruction);
  });

  it('must name the languages of its HTML', () => {
    const { problems } = read(instructed('<p>Один</p>'));
    expect(lines(problems)).toEqual(['quiz.xml:1 p: is no language: every last node must be a language, ru or en']);
  });
});

describe('a file that is refused as a whole', () => {
  const deep = (levels: number): string => instructed(`<ru>${'<b>'.repeat(levels)}${'</b>'.repeat(levels)}</ru>`);
  const many = (count: number): string => instructed(`<ru>${'<br/>'.repeat(count)}</ru>`);
  const DOCTYPE =
    'has a document type (DOCTYPE), which is never read: leave it out, and write characters instead of its entities';
  const cases: readonly [what: string, quiz: string, problem: string][] = [
    ['an empty one', '', 'quiz.xml:1:1: is not well-formed XML: Root element is missing or invalid'],
    ['a text', 'quiz', 'quiz.xml:1:1: is not well-formed XML: Root element is missing or invalid'],
    ['a wrong tag', '<quiz>\n <items>\n</quiz>',
      'quiz.xml:3:1: is not well-formed XML: Missing end tag for element items'],
    ['a wrong tag behind emoji', '<quiz>\n😀😀 <items>\n</quiz>',
      'quiz.xml:3:1: is not well-formed XML: Missing end tag for element items'],
    ['U+0000', '<quiz>\0</quiz>', 'quiz.xml:1:7: is not well-formed XML: Invalid character'],
    ['half a surrogate pair', '<quiz>\ud800</quiz>', 'quiz.xml:1:7: is not well-formed XML: Invalid character'],
    ['an entity of HTML', '<quiz>&nbsp;</quiz>',
      "quiz.xml:1:7: is not well-formed XML: Named entity isn't defined: &nbsp;"],
    ['another root', '<config/>', 'quiz.xml: must have quiz as its root element'],
    ['a document type', '<?xml version="1.0"?>\n<!DOCTYPE quiz [<!ENTITY a "b">]>\n<quiz>&a;</quiz>',
      `quiz.xml:2:1: ${DOCTYPE}`],
    ['an external document type', '<!DOCTYPE quiz SYSTEM "file:///etc/passwd"><quiz/>', `quiz.xml:1:1: ${DOCTYPE}`],
    ['without items', '<quiz><item id="1"/></quiz>', 'quiz.xml:1 quiz: must have an element items with the questions'],
    ['too many levels', deep(xmlLimits.depth),
      `quiz.xml:1:${'<quiz><instruction><ru>'.length + 3 * 47 + 1}: has elements nested deeper than 50 levels`],
    ['too many elements', many(xmlLimits.elements),
      expect.stringMatching(/^quiz\.xml:1:\d+: has more than 100000 elements$/) as unknown as string],
    ['too many characters', ' '.repeat(xmlLimits.length + 1),
      'quiz.xml:1:1: has 5000001 characters; at most 5000000 are allowed'],
    ['a name of a million letters', `<quiz><${'a'.repeat(1_000_000)}`,
      `quiz.xml:1:1000008: is not well-formed XML: Unclosed start tag for element \`${'a'.repeat(168)}…`],
  ];

  it.each(cases)('%s', (_what, quiz, problem) => {
    const imported = read(quiz);
    expect(lines(imported.problems)).toEqual([problem]);
    expect(imported.input).toBeNull();
  });

  it.each([
    ['the last level that is allowed', deep(xmlLimits.depth - 3)],
    ['the last element that is allowed', many(xmlLimits.elements - 8)],
    ['brackets that are no tags',
      instructed(`<!--${'<a>'.repeat(99)}--><?x ${'<a>'.repeat(99)}?><![CDATA[${'<a>'.repeat(99)}]]>`)],
    ['brackets in attributes',
      quizOf(`<item a="/>" b='>' id="1"><name>Вопрос</name>${'<hint a="&lt;>" b="\'>"/>'.repeat(99)}</item>`)],
    ['a document type in a comment', `<!-- <!DOCTYPE a> -->${GOOD_QUIZ}`],
    ['a byte order mark', `\uFEFF<?xml version="1.0" encoding="UTF-8"?>${GOOD_QUIZ}`],
    ['more than a million line breaks of Windows', GOOD_QUIZ.replaceAll('\n', '\r\n'.repeat(600_000))],
  ])('is none for %s', (_what, quiz) => expect(read(quiz).problems).toEqual([]));
});

describe('a config file', () => {
  it('has its problems listed beside those of the quiz', () => {
    const { problems } = read('<quiz/>', '<config>\n<texts><a/></texts></config>');
    expect(problems.map(({ path }) => path)).toEqual(['quiz.xml:1 quiz', 'config.xml:2 a']);
  });

  it('must be one', () => {
    expect(lines(read(GOOD_QUIZ, GOOD_QUIZ).problems)).toEqual(['config.xml: must have config as its root element']);
    expect(lines(read(GOOD_QUIZ, '<config>').problems))
      .toEqual(['config.xml:1:9: is not well-formed XML: Missing end tag for element config']);
  });
});

it('what is about the test is taken over as it is', () => {
  const about = { ...meta, legacyId: 5, authors: [{ slug: 'a', name: { ru: 'Автор' } }], paid: true, bonus: true };
  expect(inputOf(read(GOOD_QUIZ, null, about))).toEqual(expect.objectContaining(about));
});

it.each([
  ['an attribute of the quiz', GOOD_QUIZ.replace('<quiz>', '<quiz version="2">'),
    'quiz.xml:1 quiz: has attributes of no known meaning, which are left out: version'],
  ['an element of the quiz', quizOf(item('1', 'Вопрос'), '<title>x</title>'),
    'quiz.xml:1 title: has no known meaning here and is left out'],
  ['a second list of items', GOOD_QUIZ.replace('</quiz>', '\n<items/></quiz>'),
    'quiz.xml:4 items: stands here a second time and is left out'],
  ['text among the items', GOOD_QUIZ.replace('</items>', 'x</items>'),
    'quiz.xml:1 items: has text between its elements, which is left out'],
  ['an attribute of the items', GOOD_QUIZ.replace('<items>', '<items a="b">'),
    'quiz.xml:1 items: has attributes of no known meaning, which are left out: a'],
])('there is a warning of %s', (_what, quiz, warning) => {
  const imported = read(quiz);
  expect(lines(imported.warnings)).toEqual([warning]);
  expect(inputOf(imported).questions).toHaveLength(1);
});
