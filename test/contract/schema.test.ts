import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import {
  type GraphQLNamedType, type GraphQLSchema, type GraphQLUnionType, isEnumType, isInputObjectType, isInterfaceType,
  isIntrospectionType, isNonNullType, isObjectType, isSpecifiedScalarType, isUnionType,
} from 'graphql';
import { contractFiles } from '../../src/contracts.js';
import type { Services } from '../../src/graphql/context.js';
import * as problemClasses from '../../src/graphql/problems/index.js';
import { buildGraphQLSchema } from '../../src/graphql/schema.js';

const schema: GraphQLSchema = buildGraphQLSchema({} as Services);
const types = Object.values(schema.getTypeMap()).filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type));
const problems = schema.getImplementations(schema.getType('Problem') as never).objects.map(({ name }) => name);
const contracts = await contractFiles();

describe('the committed contracts', () => {
  it.each(Object.entries(contracts))('%s is what the code says', (path, text) => {
    const committed = readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
    if (committed !== text) throw new Error(`${path} is out of date: run \`npm run schema\`, and look at the difference.`);
  });
});

/** Everything in a type that can have a description, by its path. */
function* described(type: GraphQLNamedType): Generator<[path: string, description: string | null | undefined]> {
  yield [type.name, type.description];
  if (isEnumType(type)) for (const { name, description } of type.getValues()) yield [`${type.name}.${name}`, description];
  if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) return;
  for (const field of Object.values(type.getFields())) {
    yield [`${type.name}.${field.name}`, field.description];
    if (!('args' in field)) continue;
    for (const { name, description } of field.args) yield [`${type.name}.${field.name}(${name})`, description];
  }
}

describe('the schema', () => {
  it('describes every type, field, argument, enum value and input field', () => {
    const all = types.flatMap((type) => [...described(type)]);
    expect(all.length).toBeGreaterThan(200);
    expect(all.filter(([, description]) => !description?.trim()).map(([path]) => path)).toEqual([]);
  });

  it('answers every mutation with a union of one success and problems', () => {
    const mutations = Object.values(schema.getMutationType()!.getFields());
    expect(mutations.length).toBeGreaterThan(0);
    for (const { name, type } of mutations) {
      const outcome = isNonNullType(type) ? type.ofType : null;
      expect([name, isUnionType(outcome)]).toEqual([name, true]);
      const members = (outcome as GraphQLUnionType).getTypes().map((member) => member.name);
      expect(members.filter((member) => !problems.includes(member))).toEqual([expect.stringMatching(/Success$/)]);
    }
  });

  it('takes one input in every mutation', () => {
    for (const { name, args } of Object.values(schema.getMutationType()!.getFields())) {
      const [upper, rest] = [name[0]!.toUpperCase(), name.slice(1)];
      expect([name, args.map((arg) => arg.name)]).toEqual([name, ['input']]);
      expect(String(args[0]!.type)).toMatch(new RegExp(`^(${upper}${rest}|AttachResult)Input!$`));
    }
  });

  it('has one code for every problem, and one problem for every code', () => {
    const { ProblemCode, Problem: _, ...rest } = problemClasses;
    const classes = Object.entries(rest).filter(([name]) => name.endsWith('Problem')) as [string, new (...facts: unknown[]) => object][];
    expect(classes.map(([name]) => name).sort()).toEqual([...problems].sort());
    const codeOf = (name: string): string => name.replace(/Problem$/, '').replace(/(?<!^)[A-Z]/g, '_$&').toUpperCase();
    expect(problems.map(codeOf).sort()).toEqual(Object.values(ProblemCode).sort());
    for (const [name, Problem] of classes) expect(new Problem([], 0)).toMatchObject({ code: codeOf(name) });
  });

  it('uses every problem in some outcome', () => {
    const used = types.filter(isUnionType).flatMap((union) => union.getTypes().map(({ name }) => name));
    expect(problems.filter((name) => !used.includes(name))).toEqual([]);
  });
});
