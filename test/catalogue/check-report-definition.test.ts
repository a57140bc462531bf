import { describe, expect, it } from '@jest/globals';
import { checkDefinition, definitionLimits } from '../../src/catalogue/import/index.js';
import { reportTest } from '../setup/report-test.js';
import type { Json } from '../setup/test-server.js';

/** A good definition after a change of its own. */
function definition(change: (test: Json) => void = () => undefined): Json {
  const test: Json = reportTest('test');
  change(test);
  return test;
}

type Case = readonly [what: string, path: string, change: (test: Json) => void];
const interpretation = 'report.interpretations[0]';

const mistakes: readonly Case[] = [
  ['a part of an unknown scale', 'scales[1].parent', (test) => (test.scales[1].parent = 'x')],
  ['a part of itself', 'scales[1].parent', (test) => (test.scales[1].parent = 'calm')],
  ['a part of a part', 'scales[2].parent', (test) => (test.scales[2].parent = 'calm')],
  ['points for a value that is not offered', 'scales[1].items[0].points', (test) => (test.scales[1].items[0].points = { 7: 1 })],
  ['points for no value', 'scales[1].items[0].points', (test) => (test.scales[1].items[0].points = {})],
  ['points for texts', 'scales[1].items[0].points', (test) => (test.scales[1].items[0].question = '9')],
  ['points without end', 'scales[1].items[0].points.1', (test) => (test.scales[1].items[0].points = { 1: Infinity })],
  ['points and right answers', 'scales[2].items[0]', (test) => (test.scales[2].items[0].points = { 1: 1 })],
  ['right answers of a question that has none', 'scales[2].items[0].correct', (test) => (test.scales[2].items[0].question = '3')],
  ['an item that counts wrong answers', 'scales[2].items[0].correct', (test) => (test.scales[2].items[0].correct = false)],
  ['a share of answers above 1', 'scales[1].minimumAnswered', (test) => (test.scales[1].minimumAnswered = 1.1)],
  ['a share of answers of 0', 'scales[1].minimumAnswered', (test) => (test.scales[1].minimumAnswered = 0)],
  ['translations of an option', 'questions[0].options[0].translations', (test) => (test.questions[0].options[0].translations = { en: 'x' })],
  ['a right text in a language that the test does not have', 'questions[3].options[0].translations.de',
    (test) => (test.questions[3].options[0].translations = { de: 'Haus' })],
  ['an empty right text in another language', 'questions[3].options[0].translations.en',
    (test) => (test.questions[3].options[0].translations.en = '')],
  ['a norm without groups', 'norm.groups', (test) => (test.norm.groups = [])],
  ['a group of the norm twice', 'norm.groups[1].id', (test) => test.norm.groups.push(test.norm.groups[0])],
  ['a norm of an unknown scale', 'norm.groups[0].scales.x', (test) => (test.norm.groups[0].scales.x = { mean: 1, sd: 1 })],
  ['a deviation of 0', 'norm.groups[0].scales.mood.sd', (test) => (test.norm.groups[0].scales.mood.sd = 0)],
  ['ages the wrong way round', 'norm.groups[0]', (test) => (test.norm.groups[0].ageTo = 17)],
  ['a sex that norms do not know', 'norm.groups[0].sex', (test) => (test.norm.groups[0].sex = 'X')],
  ['a curve without room', 'norm.percentile', (test) => (test.norm.percentile.to = 20)],
  ['a curve without coefficients', 'norm.percentile.coefficients', (test) => (test.norm.percentile.coefficients = [])],
  ['a norm named in a language that the test does not have', 'norm.name.de', (test) => (test.norm.name.de = 'Norm')],
  ['a chart that does not exist', 'report.chart', (test) => (test.report.chart = 'pie')],
  ['an operator that does not exist', `${interpretation}.when[0].operator`, (test) => (test.report.interpretations[0].when[0].operator = '!=')],
  ['a comparison with a fraction', `${interpretation}.when[0].value`, (test) => (test.report.interpretations[0].when[0].value = 0.5)],
  ['a comparison with nothing', `${interpretation}.when[1].path`, (test) => (test.report.interpretations[0].when[1].path = '')],
  ['levels that do not reach 100', `${interpretation}.bar.levels`, (test) => test.report.interpretations[0].bar.levels.pop()],
  ['a level beyond 100', `${interpretation}.bar.levels[0].upTo`, (test) => (test.report.interpretations[0].bar.levels[0].upTo = 101)],
  ['a color that does not exist', `${interpretation}.bar.levels[0].color`, (test) => (test.report.interpretations[0].bar.levels[0].color = 'red')],
  ['a text that only runs', 'report.intro.ru', (test) => (test.report.intro.ru = '<script>go()</script>')],
  ['a text in a language that the test does not have', 'report.outro.de', (test) => (test.report.outro.de = 'Ende')],
  ['a text that is too long when it is clean', 'description.ru',
    (test) => (test.description.ru = `<p>${'&'.repeat(definitionLimits.textLength / 2)}</p>`)],
  ['a path of a text with U+0000', 'report.texts.a\0b', (test) => (test.report.texts['a\0b'] = { ru: 'x' })],
  ['a path of a text with half a surrogate pair', 'report.texts.\ud800', (test) => (test.report.texts['\ud800'] = { ru: 'x' })],
  ['texts that grow beyond all bounds where they stand in for others', 'report', (test) => {
    test.report.texts.long = { ru: 'я'.repeat(15_000) };
    test.report.outro = { ru: '{{config.long}}'.repeat(34) };
  }],
  ['too many interpretations', 'report.interpretations',
    (test) => (test.report.interpretations = Array(definitionLimits.interpretations + 1).fill({ name: { ru: 'Имя' } }))],
];

describe('a definition with scales, a norm and a report', () => {
  it('is taken whole and as it is', () => {
    const { definition: checked, warnings } = checkDefinition(definition());
    expect(warnings).toEqual([]);
    const { scales, norm, report } = definition();
    expect(checked).toMatchObject({ scales, norm, report });
  });

  it.each(mistakes)('is refused at its place with %s', (_what, path, change) => {
    expect(checkDefinition(definition(change)).problems).toEqual([{ path, message: expect.stringMatching(/\S/) }]);
  });
});

const warnings: readonly Case[] = [
  ['an interpretation with nothing to show', interpretation, (test) => (test.report.interpretations[0] = { when: [] })],
  ['a condition on a group that does not exist', `${interpretation}.when[1].path`, (test) => (test.report.interpretations[0].when[1].path = 'GROUPS.x.SUM')],
  ['a condition on a scale that does not exist', `${interpretation}.when[0].path`, (test) => (test.report.interpretations[0].when[0].path = 'SCALES.x.sum')],
  ['a condition on a misspelt path', `${interpretation}.when[0].path`, (test) => (test.report.interpretations[0].when[0].path = 'SUMM')],
  ['a level that is never reached', `${interpretation}.bar.levels[1]`,
    (test) => (test.report.interpretations[0].bar.levels = [{ upTo: 100, color: 'danger' }, { upTo: 50, color: 'success' }])],
  ['a condition on a figure that does not exist', `${interpretation}.when[0].path`, (test) => (test.report.interpretations[0].when[0].path = 'SCALES.mood.tscore')],
  ['a text question without a right answer', 'questions[3]', (test) => (test.questions[3].options = [{ value: '' }])],
  ['a language that pdfs cannot print', 'locales[2]', (test) => {
    test.locales.push('he');
    test.name.he = 'מבחן';
  }],
  ['a bar of nothing', `${interpretation}.bar.percent`, (test) => (test.report.interpretations[0].bar.percent = 'VALUES')],
  ['a placeholder of a text that does not exist', `${interpretation}.name.ru`, (test) => (test.report.interpretations[0].name = { ru: '{{ config.none }}' })],
  ['a placeholder of a method of every object', 'report.intro.ru', (test) => (test.report.intro.ru = '{{ constructor }}')],
  ['a script in a text, which is left out', 'description.ru', (test) => (test.description.ru = '<p>О тесте<script>go()</script></p>')],
  ['several right options of a checkbox without a count', 'questions[0]', (test) => {
    Object.assign(test.questions[0], { kind: 'CHECKBOX' });
    test.questions[0].options[0].correct = test.questions[0].options[1].correct = true;
  }],
];

describe('a definition that is hardly meant so', () => {
  it.each(warnings)('is taken with a warning: %s', (_what, path, change) => {
    const check = checkDefinition(definition(change));
    expect(check.problems).toEqual([]);
    expect(check.warnings).toEqual([{ path, message: expect.stringMatching(/\S/) }]);
  });

  it('has nothing in its texts that could run', () => {
    const hostile = '<p onclick="go()">Текст<script>go()</script><img src="x" onerror="go()"></p>';
    const { definition: checked } = checkDefinition(definition((test) => {
      test.instruction = { ru: hostile };
      test.description = { ru: hostile };
      test.questions[0].text = { ru: hostile };
      test.questions[0].correctFeedback = { ru: hostile };
      test.questions[0].wrongFeedback = { ru: hostile };
      test.scales[2].description = { ru: hostile };
      test.report.intro = test.report.outro = { ru: hostile };
      test.report.texts['min.text'] = { ru: hostile };
      test.report.interpretations[0].text = { ru: hostile };
    }));
    expect(JSON.stringify(checked)).not.toMatch(/onclick|onerror|<script/);
    expect(JSON.stringify(checked).match(/<p>Текст<img alt=\\"\\" src=\\"x\\" \/><\/p>/g)).toHaveLength(10);
  });
});
