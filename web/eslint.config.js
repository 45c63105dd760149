// Type-aware lints, accessibility lints, and one rule of our own: what a person reads comes from
// a catalogue.
import js from '@eslint/js';
import a11y from 'eslint-plugin-jsx-a11y';
import hooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const spoken = new Set([
  'alt',
  'aria-label',
  'aria-description',
  'description',
  'label',
  'placeholder',
  'title',
]);
const hasLetters = text => /\p{L}/u.test(text);

const textFromCatalogue = {
  create: context => ({
    JSXText(node) {
      if (hasLetters(node.value)) context.report({ node, message: 'Text belongs in src/locales.' });
    },
    JSXAttribute(node) {
      if (!spoken.has(node.name.name) || node.value?.type !== 'Literal') return;
      if (hasLetters(String(node.value.value)))
        context.report({ node, message: 'Text belongs in src/locales.' });
    },
  }),
};

export default tseslint.config(
  { ignores: ['dist', 'src/api/schema.ts', 'src/core/wasm'] },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      'no-console': 'error',
    },
  },
  {
    files: ['**/*.tsx'],
    extends: [a11y.flatConfigs.recommended, hooks.configs.flat.recommended],
    plugins: { aimline: { rules: { 'text-from-catalogue': textFromCatalogue } } },
    rules: { 'aimline/text-from-catalogue': 'error' },
  },
  {
    files: ['scripts/*.mjs', 'eslint.config.js'],
    languageOptions: { globals: { process: 'readonly', URL: 'readonly' } },
  },
);
