import graphql from '@graphql-eslint/eslint-plugin';
import { defineConfig } from 'eslint/config';
import { builtinRules } from 'eslint/use-at-your-own-risk';
import tseslint from 'typescript-eslint';
import format from './eslint.format.js';

/** What ESLint itself recommends. */
const recommended = [...builtinRules].filter(([, { meta }]) => meta.docs.recommended).map(([name]) => [name, 'error']);

/** The runners of tests, each of which can be told to leave tests out. */
const runners = ['describe', 'it', 'test'];

export default defineConfig(
  ...format,
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    name: 'code',
    files: ['**/*.{js,mjs,ts}'],
    rules: {
      ...Object.fromEntries(recommended),
      eqeqeq: 'error',
      // Texts from outside are searched for control characters.
      'no-control-regex': 'off',
    },
  },
  {
    name: 'scripts',
    files: ['**/*.{js,mjs}'],
    extends: [tseslint.configs.strict, tseslint.configs.stylistic],
    languageOptions: {
      globals: { Buffer: false, console: false, fetch: false, performance: false, process: false, URL: false, setTimeout: false },
    },
  },
  {
    name: 'types',
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // The compiler asks for brackets where a name comes from outside.
      '@typescript-eslint/dot-notation': 'off',
      // A function that only does something may end with the last thing that it does.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // A type takes part in an index signature, an interface does not.
      '@typescript-eslint/consistent-type-definitions': 'off',
      // GraphQL types are classes for their decorators alone: what has their fields is one.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { args: 'after-used', ignoreRestSiblings: true, argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // Where an index was looked up before, or a regular expression tells that a group is there.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // Interfaces ask for promises also where nothing is awaited.
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    name: 'product',
    files: ['src/**/*.ts'],
    rules: {
      'no-console': 'error',
      'no-restricted-properties': ['error', { object: 'process', property: 'env', message: 'The environment is read by src/config.ts only.' }],
    },
  },
  { name: 'environment', files: ['src/config.ts'], rules: { 'no-restricted-properties': 'off' } },
  // What commands and the start say is for whoever called them.
  { name: 'voice', files: ['src/cli/**', 'src/main.ts', 'src/run.ts'], rules: { 'no-console': 'off' } },
  {
    name: 'tests',
    files: ['test/**/*.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        ...runners.flatMap((object) => ['only', 'skip', 'failing', 'todo'].map((property) => ({ object, property, message: 'All tests are run.' }))),
      ],
      'no-restricted-imports': ['error', { name: '@jest/globals', importNames: ['fdescribe', 'fit', 'xdescribe', 'xit', 'xtest'], message: 'All tests are run.' }],
      // Answers are compared with expectations: whatever they are, the comparison tells.
      '@typescript-eslint/no-base-to-string': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/restrict-plus-operands': 'off',
      '@typescript-eslint/restrict-template-expressions': 'off',
    },
  },
  {
    name: 'schema',
    files: ['schema.graphql'],
    extends: [graphql.configs['flat/schema-all'], graphql.configs['flat/schema-relay']],
    languageOptions: { parser: graphql.parser, parserOptions: { graphQLConfig: { schema: 'schema.graphql' } } },
    plugins: { '@graphql-eslint': graphql },
    rules: {
      '@graphql-eslint/require-description': ['error', {
        types: true, rootField: true, DirectiveDefinition: true, FieldDefinition: true, InputValueDefinition: true, EnumValueDefinition: true,
      }],
      // What no one asks for again by its id has none: outcomes, counts, parts of a report.
      '@graphql-eslint/strict-id-in-types': 'off',
      // Connections have `nodes` besides their edges, and what is short and whole is a plain list.
      '@graphql-eslint/relay-edge-types': ['error', { listTypeCanWrapOnlyEdgeType: false }],
      // Whoever writes the schema from the code puts it in order, ids like any other field.
      '@graphql-eslint/alphabetize': 'off',
      // The directive has no place for a date but its reason.
      '@graphql-eslint/require-deprecation-date': 'off',
      'no-restricted-syntax': ['error', {
        selector: String.raw`Directive[name.value="deprecated"] StringValue:not([value=/\b\d{4}-\d\d-\d\d\b/])`,
        message: 'Say in the reason until when it stays, such as 2030-01-31.',
      }],
      '@graphql-eslint/no-root-type': ['error', { disallow: ['subscription'] }],
      // A mutation answers its refusals as data: null would say nothing more.
      '@graphql-eslint/require-nullable-result-in-root': 'off',
    },
  },
);
