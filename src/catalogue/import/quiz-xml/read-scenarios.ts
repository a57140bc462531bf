import type { XmlElement } from '@rgrove/parse-xml';
import { leadingInteger } from '../../../scoring/index.js';
import { quoted } from '../quoted-text.js';
import { configHtml, configPlain } from './config-text.js';
import type { Notes } from './notes.js';
import { integer } from './numbers.js';
import { readBar } from './read-bar.js';
import type { Report } from './read-texts.js';
import { attribute, checkAttributes, elementsIn, listIn, partsOf, warnOfText } from './structure.js';

type Interpretation = NonNullable<Report['interpretations']>[number];
type Condition = NonNullable<Interpretation['when']>[number];

/** All scenarios of a config file in their order; none without the element. */
export function readScenarios(scenarios: XmlElement | undefined, notes: Notes): Interpretation[] {
  if (!scenarios) return [];
  checkAttributes(scenarios, [], notes);
  warnOfText(scenarios, notes);
  const children = elementsIn(scenarios);
  if (children.length === 0) notes.problem(scenarios, 'has no scenarios: write one or leave the element out');
  const interpretations = children.map((child) => readScenario(child, notes));
  return notes.made(interpretations.filter((interpretation) => interpretation !== null), scenarios);
}

function readScenario(scenario: XmlElement, notes: Notes): Interpretation | null {
  if (scenario.name !== 'scenario') return notes.problem(scenario, 'is unexpected: only scenario may stand here');
  checkAttributes(scenario, [], notes);
  const parts = partsOf(scenario, ['conditions', 'name', 'scale', 'text'], notes);
  const conditions = listIn(parts.get('conditions'), 'condition', notes);
  const when = conditions.map((condition) => readCondition(condition, notes)).filter((condition) => condition !== null);
  const name = configPlain(parts.get('name'), notes);
  const bar = readBar(parts.get('scale'), notes);
  const text = configHtml(parts.get('text'), notes);
  const interpretation = {
    ...(when.length > 0 && { when }),
    ...(name && { name }),
    ...(bar && { bar }),
    ...(text && { text }),
  };
  return notes.made(interpretation, scenario);
}

/** The words for the operators of conditions, and the operators themselves. */
const operators: ReadonlyMap<string, Condition['operator']> = new Map([
  ['больше', '>'], ['больше_или_равно', '>='], ['меньше', '<'], ['меньше_или_равно', '<='], ['равно', '='],
  ['>', '>'], ['>=', '>='], ['<', '<'], ['<=', '<='], ['=', '='],
]);

function readCondition(condition: XmlElement, notes: Notes): Condition | null {
  checkAttributes(condition, ['var', 'operator', 'value'], notes);
  partsOf(condition, [], notes);
  const path = attribute(condition, 'var')
    || notes.problem(condition, 'must say in var which value of the result it is about');
  const operator = readOperator(condition, notes);
  const value = readValue(condition, notes);
  return path === null || operator === null ? null : notes.made({ path, operator, value }, condition);
}

function readOperator(condition: XmlElement, notes: Notes): Condition['operator'] | null {
  const word = attribute(condition, 'operator');
  const known = [...operators.keys()].join(' ');
  return operators.get(word)
    ?? notes.problem(condition, `has the unknown operator ${quoted(word)}; known are ${known}`);
}

function readValue(condition: XmlElement, notes: Notes): number {
  const text = attribute(condition, 'value');
  const value = leadingInteger(text);
  if (value !== integer(text)) {
    notes.warning(condition, `has the value ${quoted(text)}, which is understood as ${value}`);
  }
  return value;
}
