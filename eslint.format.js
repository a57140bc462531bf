import stylistic from '@stylistic/eslint-plugin';
import { defineConfig } from 'eslint/config';
import { parser, plugin } from 'typescript-eslint';

/** How code is laid out. `npm run format` mends all of it but lines that are too long. */
export default defineConfig({ ignores: ['dist', '.data', 'test/bench/.built'] }, {
  name: 'format',
  files: ['**/*.{js,mjs,ts}'],
  languageOptions: { parser },
  // Known for the comments that speak of it.
  plugins: { '@typescript-eslint': plugin },
  linterOptions: { reportUnusedDisableDirectives: 'off' },
  extends: [stylistic.configs.customize({ semi: true, arrowParens: true, braceStyle: '1tbs' })],
  rules: {
    '@stylistic/max-len': ['error', { code: 170, ignoreStrings: true, ignoreTemplateLiterals: true, ignoreRegExpLiterals: true, ignoreUrls: true }],
    '@stylistic/quotes': ['error', 'single', { avoidEscape: true, allowTemplateLiterals: 'always' }],
    // A function of one statement may stand in the line that hands it on.
    '@stylistic/max-statements-per-line': ['error', { max: 2 }],
    // Chains and conditions are broken where they read best.
    '@stylistic/operator-linebreak': 'off',
    '@stylistic/indent-binary-ops': 'off',
    '@stylistic/multiline-ternary': 'off',
    '@stylistic/generator-star-spacing': 'off',
    '@stylistic/quote-props': 'off',
  },
});
