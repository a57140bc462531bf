import {
  type GraphQLArgument, type GraphQLInputField, type GraphQLInputType, isEnumType, isInputObjectType, isListType, isNonNullType,
} from 'graphql';
import { smallAnswers } from '../../setup/small-tests.js';
import type { Dice } from './dice.js';

/** A value as JSON has it; enum values are texts. */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [name: string]: Value };

/** What there is on the server, so that a good share of what is asked for exists: by the name of an argument or input field. */
export type Seeds = Readonly<Record<string, readonly Value[]>>;

type Input = GraphQLArgument | GraphQLInputField;

/** Of these, one is given and no other. */
const alternatives: readonly (readonly string[])[] = [
  ['first', 'last'], ['after', 'before'], ['externalId', 'key'], ['userId', 'key'], ['licenses', 'period'],
];
/** Without one of these there is nothing to answer. */
const needed = ['externalId', 'userId', 'licenses', 'key', 'period'];

/** What is always there to choose from. */
export const plainSeeds: Seeds = {
  first: [1, 2, 3, 5], last: [1, 2, 3], slug: ['free', 'paid', 'paid-2', 'bonus', 'work-values', 'nothing'],
  test: ['free', 'free', 'paid', 'bonus'], completed: [['free'], ['free', 'paid'], []], notCompleted: [['paid'], ['bonus']],
  answers: [smallAnswers, smallAnswers, smallAnswers.slice(1)], questionId: ['11', '3', '7', '8'],
  from: ['2026-01-01', '2026-02-28'], to: ['2026-03-31', '2026-12-31'], registeredFrom: ['2026-01-01T00:00:00Z'],
  registeredTo: ['2036-01-01T00:00:00Z'], attachedFrom: ['2026-01-01T00:00:00+03:00'], attachedTo: ['2036-01-01T00:00:00Z'],
  externalIdPrefix: ['user', 'x', ''], licenses: [1, 10], graceSeconds: [0, 60, 86_400], ttlSeconds: [1, 3_600],
  age: [5, 40, 120], revision: [1, 2], after: [null], before: [null], values: [['0'], ['1'], []],
  locale: ['ru', 'en', 'en', 'de'],
};

/** Some of the inputs with values; those that have to be there always. */
export function inputsOf(dice: Dice, inputs: readonly Input[], seeds: Seeds): Readonly<Record<string, Value>> {
  const chosen = inputs.filter((input) => isNonNullType(input.type) || dice.percent(needed.includes(input.name) ? 100 : 40));
  const dropped = new Set(alternatives.flatMap((group) => {
    const names = chosen.map(({ name }) => name).filter((name) => group.includes(name));
    const kept = names.length > 0 ? dice.pick(names) : null;
    return names.filter((name) => name !== kept);
  }));
  const required = chosen.filter(({ name, type }) => isNonNullType(type) || !dropped.has(name));
  return Object.fromEntries(required.map(({ name, type }) => [name, valueOf(dice, name, type, seeds)]));
}

/** A value of the type, one of the seeds where there are any. */
function valueOf(dice: Dice, name: string, type: GraphQLInputType, seeds: Seeds): Value {
  if (isNonNullType(type)) return valueOf(dice, name, type.ofType, seeds);
  if (isEnumType(type)) return dice.pick(type.getValues()).name;
  const seeded = seeds[name];
  if (seeded) return dice.pick(seeded);
  if (isListType(type)) return Array.from({ length: dice.below(3) }, () => valueOf(dice, name, type.ofType, seeds));
  if (isInputObjectType(type)) return { ...inputsOf(dice, Object.values(type.getFields()), seeds) };
  switch (type.name) {
    case 'Boolean': return dice.percent(50);
    case 'Int': return dice.from(0, 100);
    case 'UUID': return `01a20009-2301-7249-bf36-38d6308${String(dice.below(100_000)).padStart(5, '0')}`;
    default: return `text-${dice.below(100)}`;
  }
}
