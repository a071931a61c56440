import tseslint from 'typescript-eslint';

/** The functions and types of node:crypto that depend only on their arguments. */
const pureCrypto = [
  'constants',
  'createHash',
  'createHmac',
  'createPublicKey',
  'getDiffieHellman',
  'hash',
  'hkdfSync',
  'pbkdf2Sync',
  // Random only with a padding that is; without one it is arithmetic (passwords/srp.rules.ts).
  'publicEncrypt',
  'scryptSync',
  'timingSafeEqual',
  'verify',
  'JsonWebKey',
  'KeyObject',
];

const fromCrypto = "ImportDeclaration[source.value='node:crypto']";

/** What a `*.rules.ts` file may not do. Time, randomness and the environment are arguments. */
const impurities = [
  {
    selector: ':function[async=true]',
    message: 'Rules are synchronous. Wait in the use case.',
  },
  {
    selector: 'AwaitExpression',
    message: 'Rules are synchronous. Wait in the use case.',
  },
  {
    selector: 'ForOfStatement[await=true]',
    message: 'Rules are synchronous. Wait in the use case.',
  },
  {
    selector: "MemberExpression[object.name='process'][property.name='env']",
    message: 'Rules do not read the environment. Take the value as an argument.',
  },
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: 'Rules have no clock. Take the time as an argument.',
  },
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'Rules have no clock. Take the time as an argument.',
  },
  {
    selector: "CallExpression[callee.name='Date']",
    message: 'Rules have no clock. Take the time as an argument.',
  },
  {
    selector: "MemberExpression[object.name='Math'][property.name='random']",
    message: 'Rules have no randomness. Take the random value as an argument.',
  },
  {
    selector:
      `${fromCrypto} ` + `ImportSpecifier:not([imported.name=/^(${pureCrypto.join('|')})$/])`,
    message: `Rules use node:crypto to hash, verify, calculate and compare only: ${pureCrypto.join(', ')}.`,
  },
  {
    selector: `${fromCrypto} ` + ':matches(ImportDefaultSpecifier, ImportNamespaceSpecifier)',
    message: `Rules import by name from node:crypto: ${pureCrypto.join(', ')}.`,
  },
];

/** Prettier lays out code at this width, but neither comments nor what it cannot break. */
const wholeLines = {
  code: 100,
  ignoreStrings: true,
  ignoreTemplateLiterals: true,
  ignoreRegExpLiterals: true,
  ignoreUrls: true,
  ignorePattern: '^import |^\\} from ',
};

/** Counts of code lines: a blank line or a comment costs nothing. */
const codeLines = (max) => ({ max, skipBlankLines: true, skipComments: true });

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
      'packages/*/dist/',
      'packages/local/portal/',
      'packages/local/stack/',
    ],
  },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
  },
  {
    files: ['**/*.{ts,tsx}'],
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      // A collaborator is a record of functions, none of which needs a `this`.
      '@typescript-eslint/method-signature-style': ['error', 'property'],
    },
  },
  {
    files: ['**/*.{mjs,js}'],
    ...tseslint.configs.disableTypeChecked,
  },
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
      'max-len': ['error', wholeLines],
      'max-lines': ['error', codeLines(250)],
      'max-lines-per-function': ['error', codeLines(40)],
      '@typescript-eslint/max-params': ['error', { max: 4 }],
    },
  },
  {
    files: ['test/**'],
    rules: {
      'max-lines': ['error', codeLines(400)],
      'max-lines-per-function': 'off',
      // Fakes answer at once, under the asynchronous signature of what they stand for.
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    // Templates and answers are JSON whose shape is what these tests assert.
    files: ['test/{stack,journeys}/**'],
    rules: Object.fromEntries(
      ['argument', 'assignment', 'call', 'member-access', 'return'].map((use) => [
        `@typescript-eslint/no-unsafe-${use}`,
        'off',
      ]),
    ),
  },
  {
    files: ['lib/**'],
    rules: { 'max-lines-per-function': ['error', codeLines(80)] },
  },
  {
    files: ['**/*.rules.ts'],
    rules: { 'no-restricted-syntax': ['error', ...impurities] },
  },
  {
    // A language is one table, read from top to bottom.
    files: ['portal/src/i18n/{en,es}{,-employees}.ts'],
    rules: { 'max-lines': 'off' },
  },
  {
    // Markup takes a line for each attribute.
    files: ['**/*.tsx'],
    rules: { 'max-lines-per-function': ['error', codeLines(60)] },
  },
);
