import tseslint from 'typescript-eslint';

/** What of node:crypto is a function of its arguments alone. */
const pureCrypto = [
  'createHash',
  'createHmac',
  'createPublicKey',
  'hash',
  'pbkdf2Sync',
  'scryptSync',
  'timingSafeEqual',
  'verify',
  'JsonWebKey',
  'KeyObject',
];

/** What a `*.rules.ts` file may not do: wait, read the world, or roll dice. They are arguments of its functions. */
const impurities = [
  {
    selector: ':function[async=true]',
    message: 'Rules are synchronous: do the waiting in the use case.',
  },
  {
    selector: 'AwaitExpression',
    message: 'Rules are synchronous: do the waiting in the use case.',
  },
  {
    selector: 'ForOfStatement[await=true]',
    message: 'Rules are synchronous: do the waiting in the use case.',
  },
  {
    selector: "MemberExpression[object.name='process'][property.name='env']",
    message: 'Rules read no environment: take the value as an argument.',
  },
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: 'Rules have no clock: take the time as an argument.',
  },
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'Rules have no clock: take the time as an argument.',
  },
  {
    selector: "CallExpression[callee.name='Date']",
    message: 'Rules have no clock: take the time as an argument.',
  },
  {
    selector: "MemberExpression[object.name='Math'][property.name='random']",
    message: 'Rules roll no dice: take the random value as an argument.',
  },
  {
    selector: `ImportDeclaration[source.value='node:crypto'] ImportSpecifier:not([imported.name=/^(${pureCrypto.join('|')})$/])`,
    message: `Rules use node:crypto to hash, verify and compare only: ${pureCrypto.join(', ')}.`,
  },
  {
    selector:
      "ImportDeclaration[source.value='node:crypto'] :matches(ImportDefaultSpecifier, ImportNamespaceSpecifier)",
    message: `Rules import by name from node:crypto: ${pureCrypto.join(', ')}.`,
  },
];

export default tseslint.config(
  {
    ignores: [
      'node_modules/',
      'dist/',
      'dist.*/',
      'cdk.out/',
      '.portal-auth/',
      'coverage/',
      'portal/dist/',
    ],
  },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.{ts,tsx,mjs,js}'],
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      'no-warning-comments': [
        'error',
        { terms: ['todo', 'fixme', 'xxx', 'hack'], location: 'anywhere' },
      ],
      'no-console': 'off',
      eqeqeq: 'error',
      'max-lines': ['warn', { max: 250 }],
      'max-lines-per-function': ['warn', { max: 40, skipComments: true }],
    },
  },
  {
    files: ['test/**'],
    rules: { 'max-lines': ['warn', { max: 400 }], 'max-lines-per-function': 'off' },
  },
  {
    files: ['lib/**'],
    rules: { 'max-lines-per-function': ['warn', { max: 80, skipComments: true }] },
  },
  {
    files: ['**/*.rules.ts'],
    rules: { 'no-restricted-syntax': ['error', ...impurities] },
  },
);
