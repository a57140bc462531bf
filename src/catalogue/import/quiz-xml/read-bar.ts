import type { XmlElement } from '@rgrove/parse-xml';
import { quoted } from '../quoted-text.js';
import { configPlain } from './config-text.js';
import type { Notes } from './notes.js';
import { decimal, integer } from './numbers.js';
import type { Report } from './read-texts.js';
import { attribute, checkAttributes, listIn, partsOf } from './structure.js';

type Bar = NonNullable<NonNullable<Report['interpretations']>[number]['bar']>;
type Level = NonNullable<Bar['levels']>[number];

/** The element `scale` of a scenario; null when there is none, or none that could be filled. */
export function readBar(scale: XmlElement | undefined, notes: Notes): Bar | null {
  if (!scale) return null;
  checkAttributes(scale, ['percentVar', 'showVar', 'showMaxVal'], notes);
  const parts = partsOf(scale, ['label', 'levels'], notes);
  const percent = attribute(scale, 'percentVar') || notes.problem(scale, 'must say in percentVar which value fills it');
  const value = attribute(scale, 'showVar');
  const max = readMax(scale, notes);
  const label = configPlain(parts.get('label'), notes);
  const levels = readLevels(parts.get('levels'), notes);
  if (percent === null) return null;
  const bar = {
    percent,
    ...(value !== '' && { value }),
    ...(max !== null && { max }),
    ...(label && { label }),
    ...(levels.length > 0 && { levels }),
  };
  return notes.made(bar, scale);
}

function readMax(scale: XmlElement, notes: Notes): number | null {
  const text = attribute(scale, 'showMaxVal');
  if (text === '') return null;
  return decimal(text) ?? notes.problem(scale, `must have a number as its showMaxVal, not ${quoted(text)}`);
}

function readLevels(list: XmlElement | undefined, notes: Notes): Level[] {
  const elements = listIn(list, 'level', notes);
  const levels = elements.map((level) => readLevel(level, notes)).filter((level) => level !== null);
  const reachesAll = levels.some(({ upTo }) => upTo === 100);
  if (list && elements.length > 0 && !reachesAll) notes.problem(list, 'must have a level up to 100');
  return levels;
}

const colors: readonly Level['color'][] = ['primary', 'success', 'warning', 'danger'];

function readLevel(level: XmlElement, notes: Notes): Level | null {
  checkAttributes(level, ['up', 'color'], notes);
  partsOf(level, [], notes);
  const upTo = integer(attribute(level, 'up'));
  if (upTo === null || upTo < 0 || upTo > 100) {
    return notes.problem(level, 'must have an integer from 0 to 100 as its up');
  }
  const word = attribute(level, 'color');
  const color = colors.find((known) => known === word);
  if (!color) return notes.problem(level, `has the unknown color ${quoted(word)}; known are ${colors.join(', ')}`);
  return notes.made({ upTo, color }, level);
}
