import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkDefinition } from '../../../src/catalogue/import/index.js';
import { read, readFixtures } from './builders.js';

const RUNS = 10_000;

/** What is put into files: parts of XML, values that attributes do not expect, characters that texts do not. */
const fragments = fc.oneof(
  fc.constantFrom(
    '<', '>', '&', '"', "'", '/>', '</', '<!--', '-->', '<![CDATA[', ']]>', '<?', '<!DOCTYPE a [<!ENTITY b "c">]>',
    '&b;', '&#0;', '&#133;',
    '<ru>', '</ru>', '<en/>', '<ru>x</ru>', '<de>x</de>', '<b>x</b>', '<item id="1"/>', '<texts/>', '<a>'.repeat(60),
    '<br/>'.repeat(20),
    '\0', '\ud800', '\udc00', '\uFEFF', '\r', '\u0085', '\u00a0', '😀', '{{', '{% x %}', '{{ SUM }}', ' '.repeat(300),
    'я'.repeat(1001),
  ),
  fc.string({ unit: 'binary', maxLength: 5 }),
);
const words = fc.constantFrom(
  '', '0', '-1', '007', '1e3', '5%', '100', '86401', '99999999999999999999', 'true', 'TRUE', 'text', 'checkbox',
  'gradient', 'rating', 'slider',
  '__proto__', 'constructor', 'a b', '=', '!=', 'равно', 'red', 'danger', '&#10;', '&lt;b&gt;', 'a.b', 'x'.repeat(2001),
  '//example.org', '\\',
);
const names = fc.constantFrom(
  'ru', 'en', 'de', 'item', 'name', 'text', 'options', 'option', 'fields', 'field', 'img', 'scale', 'levels', 'level',
  'label', 'conditions',
  'condition', 'scenario', 'texts', 'intro', 'b', 'br', '__proto__', 'constructor', 'имя', 'id', 'method', 'value',
  'correct', 'count', 'up',
);

type Mutation = (text: string) => string;
/** A place in any text, in thousandths of its length. */
const place = fc.integer({ min: 0, max: 1000 });

/** Replaces the one of the matches that stands nearest to a place. */
function replaced(text: string, pattern: RegExp, thousandth: number, replacement: (match: string) => string): string {
  const matches = [...text.matchAll(pattern)];
  const match = matches[Math.floor((thousandth * matches.length) / 1001)];
  if (!match) return text;
  return text.slice(0, match.index) + replacement(match[0]) + text.slice(match.index + match[0].length);
}

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  // Anything anywhere: the XML rarely survives it.
  fc.tuple(place, fc.integer({ min: 0, max: 40 }), fragments).map(([at, length, fragment]): Mutation => (text) => {
    const start = Math.floor((at * text.length) / 1000);
    return text.slice(0, start) + fragment + text.slice(start + length);
  }),
  // The structure: the XML mostly stays well-formed.
  fc.tuple(place, words).map(([at, word]): Mutation => (text) => replaced(text, /="[^"<]*"/g, at, () => `="${word}"`)),
  fc.tuple(place, names).map(([at, name]): Mutation => (text) => replaced(text, / [a-zA-Z]+=/g, at, () => ` ${name}=`)),
  fc.tuple(place, names).map(([at, name]): Mutation => (text) =>
    replaced(text, /<(\w+)((?: [^<>]*)?)>[^<]*<\/\1>/g, at, (element) => element.replaceAll(/(?<=^<|<\/)\w+/g, name))),
  fc.tuple(names, names).map(([from, to]): Mutation => (text) =>
    text.replaceAll(new RegExp(`(?<=</?)${from}(?=[ />])`, 'g'), to)),
  place.map((at): Mutation => (text) => replaced(text, /<(\w+)(?: [^<>]*)?>[^<]*<\/\1>/g, at, () => '')),
  fc.tuple(place, fc.integer({ min: 2, max: 20 })).map(([at, times]): Mutation => (text) =>
    replaced(text, /<(\w+)(?: [^<>]*)?>[^<]*<\/\1>|<[^<>]*\/>/g, at, (element) => element.repeat(times))),
  fc.tuple(place, fragments).map(([at, fragment]): Mutation => (text) =>
    replaced(text, /(?<=>)[^<>]+(?=<)/g, at, () => fragment)),
);

const mutations = fc.array(mutation, { maxLength: 3 });
const mutate = (text: string, changes: readonly Mutation[]): string =>
  changes.reduce((changed, change) => change(changed), text);

/** A file with one item or scenario where there are many: as good to damage as with all of them, and read sooner. */
function excerpt(xml: string): string {
  const parts = xml.match(/<(item|scenario)\b[^]*?<\/\1>/g) ?? [];
  return parts.length > 5 ? parts.slice(1).reduce((rest, part) => rest.replace(part, ''), xml) : xml;
}

const excerpts = readFixtures().map(({ quiz, config }) => ({ quiz: excerpt(quiz), config: config && excerpt(config) }));
const fixture = fc.constantFrom(...excerpts);
const PLACE = /^(?:quiz|config)\.xml(?::\d+(?: \S|:\d+$)|$)/;

it(`${RUNS} damaged files are either read or refused with reasons, and none does harm`, () => {
  const counts = { read: 0, refused: 0, valid: 0 };
  const property = fc.property(fixture, mutations, mutations, ({ quiz, config }, ofQuiz, ofConfig) => {
    const damaged = read(mutate(quiz, ofQuiz), config && mutate(config, ofConfig));
    const { input, problems, warnings, placeOf } = damaged;
    const check = input && checkDefinition(input);
    const places = [...problems, ...warnings].map(({ path }) => path)
      .concat((check?.problems ?? []).map(({ path }) => placeOf(path)));
    const isTold = (input === null) === (problems.length > 0) && places.every((place) => PLACE.test(place));
    if (input) counts.read += 1;
    else counts.refused += 1;
    if (check?.definition) counts.valid += 1;
    return isTold;
  });
  fc.assert(property, { numRuns: RUNS, seed: 20_240_926 });
  // The damage is neither so large that nothing is read nor so small that nothing is refused.
  for (const count of Object.values(counts)) expect(count).toBeGreaterThan(RUNS / 10);
});
