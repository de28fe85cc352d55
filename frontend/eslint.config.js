import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const literalText = 'Text belongs in the catalogue (texts/en.ftl), read through t().';

export default tseslint.config(
  { ignores: ['node_modules', 'src/api/schema.d.ts'] },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // Typed arrays are indexed in tight loops where a check per element would be noise.
      '@typescript-eslint/no-non-null-assertion': 'off',
      'no-restricted-syntax': [
        'error',
        { selector: 'JSXText[value=/\\p{L}/u]', message: literalText },
        {
          selector:
            'JSXAttribute[name.name=/^(aria-label|title|placeholder|alt|label)$/] > Literal',
          message: literalText,
        },
        {
          selector: "JSXAttribute[name.name='style']",
          message: 'The content security policy has no inline styles: use a class.',
        },
      ],
    },
  },
);
