import { describe, expect, it } from '@jest/globals';
import { checkDefinition } from '../../../src/catalogue/import/index.js';
import { quizOf, read } from './builders.js';

describe('the place of a part of the test', () => {
  const quiz = `<quiz>
  <instruction><ru>Начало</ru></instruction>
  <items>
    <item id="7">
      <name>Вопрос</name>
      <options>
        <option value="1"><ru>Да</ru></option>
        <option value="2">Нет</option>
      </options>
    </item>
  </items>
</quiz>`;
  const config = `<config>
  <texts>
    <min><text><ru>Мало</ru></text></min>
  </texts>
  <scenarios>
    <scenario>
      <conditions><condition var="SUM" operator="=" value="1"/></conditions>
      <scale percentVar="SCALE">
        <levels>
          <level up="100" color="danger"/>
        </levels>
      </scale>
    </scenario>
  </scenarios>
</config>`;
  const { placeOf } = read(quiz, config);

  it.each([
    ['instruction.ru', 'quiz.xml:2 instruction'],
    ['questions', 'quiz.xml:3 items'],
    ['questions[0]', 'quiz.xml:4 item id="7"'],
    ['questions[0].group', 'quiz.xml:4 item id="7"'],
    ['questions[0].name.ru', 'quiz.xml:5 name'],
    ['questions[0].options', 'quiz.xml:6 options'],
    ['questions[0].options[1].value', 'quiz.xml:8 option'],
    ['questions[0].options[0].text.ru', 'quiz.xml:7 option'],
    ['questions[0].options[9].text', 'quiz.xml:6 options'],
    ['report', 'config.xml:1 config'],
    ['report.texts', 'config.xml:2 texts'],
    ['report.texts.min.text.ru', 'config.xml:3 text'],
    ['report.interpretations', 'config.xml:5 scenarios'],
    ['report.interpretations[0].when[0].value', 'config.xml:7 condition'],
    ['report.interpretations[0].bar.percent', 'config.xml:8 scale'],
    ['report.interpretations[0].bar.levels[0].upTo', 'config.xml:10 level'],
    ['locales[0]', 'quiz.xml'],
    ['', 'quiz.xml'],
    ['__proto__.x', 'quiz.xml'],
  ])('is known: %s', (path, place) => expect(placeOf(path)).toBe(place));

  it.each([
    ['equal values', 'method="checkbox"', '<option value="a">1</option>\n<option value="a">2</option>',
      'quiz.xml:3 option'],
    ['no options', '', '', 'quiz.xml:2 options'],
    ['a group with a control character', 'group="a&#133;"', '<option value="a">1</option>', 'quiz.xml:2 item id="1"'],
  ])('is told for what only the whole test shows: %s', (_what, attributes, options, place) => {
    const imported = read(quizOf(`<item id="1" ${attributes}><name>Вопрос</name><options>${options}</options></item>`));
    expect(checkDefinition(imported.input).problems.map(({ path }) => imported.placeOf(path))).toEqual([place]);
  });

  it('is told for several correct options of which any one is right', () => {
    const options = ['a', 'b'].map((value) => `<option value="${value}" correct="true">1</option>`).join('');
    const item = `<item id="1" method="checkbox"><name>Вопрос</name><options>${options}</options></item>`;
    const imported = read(quizOf(item));
    const { warnings } = checkDefinition(imported.input);
    expect(warnings.map(({ path }) => imported.placeOf(path))).toEqual(['quiz.xml:2 item id="1"']);
  });

  it('is the quiz when nothing was read', () => {
    expect(read('<quiz').placeOf('questions[0].name')).toBe('quiz.xml');
  });
});
