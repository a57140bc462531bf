import graphql from '@graphql-eslint/eslint-plugin';
import stylistic from '@stylistic/eslint-plugin';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

export default defineConfig(
  { ignores: ['dist', 'node_modules', '.data', 'docs'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    name: 'format',
    files: ['**/*.{js,mjs,ts}'],
    extends: [stylistic.configs.customize({ semi: true, arrowParens: true, braceStyle: '1tbs' })],
    rules: {
      '@stylistic/max-len': ['error', { code: 170, ignoreStrings: true, ignoreTemplateLiterals: true, ignoreRegExpLiterals: true, ignoreUrls: true }],
      '@stylistic/quotes': ['error', 'single', { avoidEscape: true, allowTemplateLiterals: 'always' }],
      // Chains and conditions are broken where they read best.
      '@stylistic/operator-linebreak': 'off',
      '@stylistic/indent-binary-ops': 'off',
      '@stylistic/multiline-ternary': 'off',
      '@stylistic/generator-star-spacing': 'off',
      '@stylistic/quote-props': 'off',
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
    name: 'tests',
    files: ['test/**/*.ts'],
    rules: {
      // Answers are compared with expectations: whatever they are, the comparison tells.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/restrict-template-expressions': 'off',
    },
  },
  {
    name: 'schema',
    files: ['schema.graphql'],
    extends: [graphql.configs['flat/schema-recommended']],
    languageOptions: { parser: graphql.parser, parserOptions: { graphQLConfig: { schema: 'schema.graphql' } } },
    plugins: { '@graphql-eslint': graphql },
    rules: {
      // What no one asks for again by its id has none: outcomes, counts, parts of a report.
      '@graphql-eslint/strict-id-in-types': 'off',
    },
  },
);
