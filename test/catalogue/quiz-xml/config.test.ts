import { describe, expect, it } from '@jest/globals';
import { configOf, GOOD_QUIZ, inputOf, lines, read } from './builders.js';

const scenario = (content: string): string => `<scenarios>\n<scenario>${content}</scenario></scenarios>`;
const condition = (attributes: string): string =>
  scenario(`<conditions><condition ${attributes}/></conditions><text>Да</text>`);
const scale = (attributes: string, content = ''): string => scenario(`<scale ${attributes}>${content}</scale>`);
const levels = (...attributes: string[]): string =>
  scale('percentVar="SCALE"', `<levels>${attributes.map((given) => `<level ${given}/>`).join('')}</levels>`);
const when = (operator: string, value: number): object =>
  ({ interpretations: [{ when: [{ path: 'SUM', operator, value }], text: { ru: 'Да' } }] });
const bar = (given: object): object => ({ interpretations: [{ bar: given }] });

describe('a config that is read without a word', () => {
  const cases: readonly [what: string, content: string, report: object | undefined][] = [
    ['nothing', '', undefined],
    ['no texts', '<texts/>', undefined],
    ['texts in a tree', '<texts><min><text><ru>Мало</ru><en>Few</en></text></min><max><ru>Много</ru></max></texts>',
      { texts: { 'min.text': { ru: 'Мало', en: 'Few' }, max: { ru: 'Много' } } }],
    ['texts of one name', '<texts><a><b><ru>1</ru></b><c><ru>2</ru></c><b><ru>3</ru></b></a></texts>',
      { texts: { 'a.b.0': { ru: '1' }, 'a.b.1': { ru: '3' }, 'a.c': { ru: '2' } } }],
    ['a text that is empty', '<texts><a><ru> </ru><en/></a></texts>', undefined],
    ['intro and outro', '<texts><intro><ru><p>Начало</p></ru></intro><outro><en>End</en></outro></texts>',
      { intro: { ru: '<p>Начало</p>' }, outro: { en: 'End' } }],
    ['an intro that is not at the top', '<texts><a><intro><ru>1</ru></intro></a></texts>',
      { texts: { 'a.intro': { ru: '1' } } }],
    ['texts with names that objects have',
      '<texts><constructor><__proto__><ru>1</ru></__proto__></constructor></texts>',
      { texts: { 'constructor.__proto__': { ru: '1' } } }],
    ['placeholders', '<texts><a><ru>{{ SUM }} {{GROUPS.память-1.SUM}} {{ config.b }}</ru></a></texts>',
      { texts: { a: { ru: '{{ SUM }} {{GROUPS.память-1.SUM}} {{ config.b }}' } } }],
    ['a scenario for all', scenario('<text><ru>Да</ru><en>Yes</en></text>'),
      { interpretations: [{ text: { ru: 'Да', en: 'Yes' } }] }],
    ['a scenario with all it can have', scenario(
      '<conditions><condition var="SUM" operator=">" value="2"/>' +
      '<condition var="GROUPS.a.SUM" operator="равно" value="-3"/></conditions>' +
      '<name><ru>Имя</ru></name><scale percentVar="SCALE"/><text>Да</text>'), { interpretations: [{
      when: [{ path: 'SUM', operator: '>', value: 2 }, { path: 'GROUPS.a.SUM', operator: '=', value: -3 }],
      name: { ru: 'Имя' }, bar: { percent: 'SCALE' }, text: { ru: 'Да' },
    }] }],
    ['no conditions', scenario('<conditions/><text>Да</text>'), { interpretations: [{ text: { ru: 'Да' } }] }],
    ...([
      ['больше', '>'], ['больше_или_равно', '>='], ['меньше', '<'], ['меньше_или_равно', '<='], ['равно', '='],
      ['&gt;', '>'], ['>=', '>='], ['&lt;', '<'], ['&lt;=', '<='], ['=', '='],
    ].map(([word, operator]): [string, string, object] =>
      [`the operator ${word}`, condition(`var="SUM" operator="${word}" value="10"`), when(operator!, 10)])),
    ['a scale with all it can have', scale('percentVar="SCALE" showVar="SUM" showMaxVal="10.5"',
      '<label>Балл</label><levels><level up="50" color="danger"/><level up="100" color="success"/></levels>'),
    bar({ percent: 'SCALE', value: 'SUM', max: 10.5, label: { ru: 'Балл' },
      levels: [{ upTo: 50, color: 'danger' }, { upTo: 100, color: 'success' }] })],
    ['a scale without levels', scale('percentVar="SCALE" showVar="" showMaxVal=""', '<levels/>'),
      bar({ percent: 'SCALE' })],
  ];

  it.each(cases)('%s', (_what, content, report) => {
    const imported = read(GOOD_QUIZ, configOf(content));
    expect(imported.warnings).toEqual([]);
    expect(inputOf(imported).report).toStrictEqual(report);
  });
});

describe('a config that is refused', () => {
  const NO_MARKUP = 'is markup, which must be escaped or in a CDATA section; only ru and en may stand in a plain text';
  const NO_LANGUAGE = 'is no language: every last node must be a language, ru or en';
  const cases: readonly [what: string, content: string, problems: string[]][] = [
    ['a text without a language', '<texts>\n<a><b>Мало</b></a></texts>', [`config.xml:3 b: ${NO_LANGUAGE}`]],
    ['an empty node', '<texts><a/></texts>', [`config.xml:2 a: ${NO_LANGUAGE}`]],
    ['another language', '<texts><a><ru>1</ru><de>2</de></a><b><de>3</de></b></texts>',
      [`config.xml:2 de: ${NO_LANGUAGE}`, `config.xml:2 de: ${NO_LANGUAGE}`]],
    ['HTML without a language', scenario('<text><p>Да</p></text>'), [`config.xml:3 p: ${NO_LANGUAGE}`]],
    ['text beside languages', '<texts><a>x<ru>1</ru></a></texts>',
      ['config.xml:2 a: has text beside its languages: write it into ru and en']],
    ['two texts at one path', '<texts><a.b><ru>1</ru></a.b><a><b><ru>2</ru></b></a></texts>',
      ['config.xml:2 b: is a second text at the path "a.b"']],
    ['a path that is too long', `<texts><${'a'.repeat(150)}><${'b'.repeat(50)}/></${'a'.repeat(150)}></texts>`,
      [`config.xml:2 ${'b'.repeat(50)}: has a path of more than 200 characters`]],
    ['no scenario', '<scenarios> </scenarios>',
      ['config.xml:2 scenarios: has no scenarios: write one or leave the element out']],
    ['something else among scenarios', '<scenarios><text/></scenarios>',
      ['config.xml:2 text: is unexpected: only scenario may stand here']],
    ['markup in a name', scenario('<name><ru>a<b/></ru></name>'),
      [`config.xml:3 b: ${NO_MARKUP}`]],
    ['an unknown operator', condition('var="SUM" operator="!=" value="1"'),
      ['config.xml:3 condition: has the unknown operator "!="; ' +
      'known are больше больше_или_равно меньше меньше_или_равно равно > >= < <= =']],
    ['a condition about nothing', condition('operator="=" value="1"'),
      ['config.xml:3 condition: must say in var which value of the result it is about']],
    ['a scale without a percentage', scale('showVar="SUM"'),
      ['config.xml:3 scale: must say in percentVar which value fills it']],
    ['a largest value that is no number', scale('percentVar="SCALE" showMaxVal="1e3"'),
      ['config.xml:3 scale: must have a number as its showMaxVal, not "1e3"']],
    ['levels that end below 100', levels('up="99" color="danger"'),
      ['config.xml:3 levels: must have a level up to 100']],
    ...['-1', '101', '50.5', 'all', ''].map((up): [string, string, string[]] => [`a level up to "${up}"`,
      levels(`up="${up}" color="danger"`, 'up="100" color="danger"'),
      ['config.xml:3 level: must have an integer from 0 to 100 as its up']]),
    ...['red', 'Danger', ''].map((color): [string, string, string[]] => [`a level of the color "${color}"`,
      levels(`up="50" color="${color}"`, 'up="100" color="danger"'),
      [`config.xml:3 level: has the unknown color "${color}"; known are primary, success, warning, danger`]]),
  ];

  it.each(cases)('%s', (_what, content, problems) => {
    const imported = read(GOOD_QUIZ, configOf(content));
    expect(lines(imported.problems)).toEqual(problems);
    expect(imported.input).toBeNull();
  });
});

describe('a config that is read with a warning', () => {
  const TEMPLATE =
    'has a template expression, which is shown as it stands: only {{ dotted.path }} placeholders are filled in';
  type Row = readonly [what: string, content: string, warning: string, report: object | undefined];
  const cases: readonly Row[] = [
    ['an unknown element', '<colors/>', 'config.xml:2 colors: has no known meaning here and is left out', undefined],
    ['an attribute of a node', '<texts><a b="c"><ru>1</ru></a></texts>',
      'config.xml:2 a: has attributes of no known meaning, which are left out: b', { texts: { a: { ru: '1' } } }],
    ['text between nodes', '<texts>x<a><ru>1</ru></a></texts>',
      'config.xml:2 texts: has text between its elements, which is left out', { texts: { a: { ru: '1' } } }],
    ['an unknown part of a scenario', scenario('<text>Да</text><image/>'),
      'config.xml:3 image: has no known meaning here and is left out', { interpretations: [{ text: { ru: 'Да' } }] }],
    ['a value with a unit', condition('var="SUM" operator="=" value="50%"'),
      'config.xml:3 condition: has the value "50%", which is understood as 50', when('=', 50)],
    ['a value with a fraction', condition('var="SUM" operator="=" value="-1.9"'),
      'config.xml:3 condition: has the value "-1.9", which is understood as -1', when('=', -1)],
    ['a value that is too large', condition('var="SUM" operator="=" value="9999999999"'),
      'config.xml:3 condition: has the value "9999999999", which is understood as 2147483647',
      when('=', 2_147_483_647)],
    ['no value', condition('var="SUM" operator="="'),
      'config.xml:3 condition: has the value "", which is understood as 0', when('=', 0)],
    ...['{% if SUM %}', '{{ SUM|round }}', '{{ a + b }}', '{# x #}', '{{ SUM'].map((template): Row =>
      [`the template ${template}`, `<texts><intro><ru>{{ SUM }}</ru><en>${template}</en></intro></texts>`,
        `config.xml:2 intro: ${TEMPLATE}`, { intro: { ru: '{{ SUM }}', en: template } }]),
    ['a template in a name', scenario('<name>{{ SUM + 1 }}</name>'), `config.xml:3 name: ${TEMPLATE}`,
      { interpretations: [{ name: { ru: '{{ SUM + 1 }}' } }] }],
    ['a template in a label', scale('percentVar="SCALE"', '<label>{{ SUM + 1 }}</label>'),
      `config.xml:3 label: ${TEMPLATE}`,
      bar({ percent: 'SCALE', label: { ru: '{{ SUM + 1 }}' } })],
  ];

  it.each(cases)('%s', (_what, content, warning, report) => {
    const imported = read(GOOD_QUIZ, configOf(content));
    expect(lines(imported.warnings)).toEqual([warning]);
    expect(inputOf(imported).report).toEqual(report);
  });
});
