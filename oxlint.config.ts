import { defineConfig } from 'oxlint';

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

/** What only a `*.transitions.ts` file of the backend writes out. */
const changes = [
  {
    selector: "Property[key.name='change'] > ObjectExpression",
    message: 'A change of an item has its name in a *.transitions.ts.',
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
const codeLines = (max: number) => ({ max, skipBlankLines: true, skipComments: true });

/** Each of these rules as an error. */
const errors = (...rules: string[]) =>
  Object.fromEntries(rules.map((rule) => [rule, 'error' as const]));

/** The rules of the preset `recommendedTypeChecked` of typescript-eslint that need no types. */
const recommended = errors(
  'typescript/ban-ts-comment',
  'no-array-constructor',
  'typescript/no-duplicate-enum-values',
  'typescript/no-empty-object-type',
  'typescript/no-explicit-any',
  'typescript/no-extra-non-null-assertion',
  'typescript/no-misused-new',
  'typescript/no-namespace',
  'typescript/no-non-null-asserted-optional-chain',
  'typescript/no-require-imports',
  'typescript/no-this-alias',
  'typescript/no-unnecessary-type-constraint',
  'typescript/no-unsafe-declaration-merging',
  'typescript/no-unsafe-function-type',
  'no-unused-expressions',
  'no-var',
  'prefer-const',
  'prefer-rest-params',
  'prefer-spread',
  'typescript/no-wrapper-object-types',
  'typescript/prefer-as-const',
  'typescript/prefer-namespace-keyword',
  'typescript/triple-slash-reference',
);

/** Those that do, and two of our own. */
const typed = errors(
  'typescript/await-thenable',
  'typescript/no-array-delete',
  'typescript/no-base-to-string',
  'typescript/no-duplicate-type-constituents',
  'typescript/no-floating-promises',
  'typescript/no-for-in-array',
  'typescript/no-implied-eval',
  'typescript/no-misused-promises',
  'typescript/no-redundant-type-constituents',
  'typescript/no-unnecessary-type-assertion',
  'typescript/no-unsafe-argument',
  'typescript/no-unsafe-assignment',
  'typescript/no-unsafe-call',
  'typescript/no-unsafe-enum-comparison',
  'typescript/no-unsafe-member-access',
  'typescript/no-unsafe-return',
  'typescript/no-unsafe-unary-minus',
  'typescript/only-throw-error',
  'typescript/prefer-promise-reject-errors',
  'typescript/require-await',
  'typescript/restrict-plus-operands',
  'typescript/restrict-template-expressions',
  'typescript/unbound-method',
);

/** Rules of the category that mistake what is meant here. */
const off = {
  // The usual order of texts is by code unit.
  'typescript/require-array-sort-compare': 'off',
  // `[...text]` is how a text is taken apart.
  'typescript/no-misused-spread': 'off',
  // The types of AWS's events promise more than AWS sends.
  'typescript/no-useless-default-assignment': 'off',
  // `void (await sleep(ms))` drops a promise's value.
  'typescript/no-meaningless-void-operator': 'off',
} as const;

export default defineConfig({
  plugins: ['eslint', 'typescript', 'oxc'],
  // Rules of ESLint that oxlint does not have: max-len and no-restricted-syntax.
  jsPlugins: [{ name: 'eslint-js', specifier: 'oxlint-plugin-eslint' }],
  options: { typeAware: true, typeCheck: true, reportUnusedDisableDirectives: 'error' },
  categories: { correctness: 'error' },
  ignorePatterns: [
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
  rules: {
    ...recommended,
    ...off,
    'typescript/consistent-type-imports': 'error',
    'no-unused-vars': [
      'error',
      { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
    ],
    'no-warning-comments': [
      'error',
      { terms: ['todo', 'fixme', 'xxx', 'hack'], location: 'anywhere' },
    ],
    eqeqeq: 'error',
    'eslint-js/max-len': ['error', wholeLines],
    'max-lines': ['error', codeLines(250)],
    'max-lines-per-function': ['error', codeLines(40)],
    'max-params': ['error', { max: 4 }],
  },
  overrides: [
    {
      files: ['**/*.{ts,tsx}'],
      rules: {
        ...typed,
        'typescript/switch-exhaustiveness-check': [
          'error',
          { considerDefaultExhaustiveForUnions: true },
        ],
        // A collaborator is a record of functions, none of which needs a `this`.
        'typescript/method-signature-style': ['error', 'property'],
      },
    },
    {
      files: ['test/**'],
      rules: {
        'max-lines': ['error', codeLines(400)],
        'max-lines-per-function': 'off',
        // Fakes answer at once, under the asynchronous signature of what they stand for.
        'typescript/require-await': 'off',
      },
    },
    {
      // Templates and answers are JSON whose shape is what these tests assert.
      files: ['test/{stack,journeys}/**'],
      rules: {
        'typescript/no-unsafe-argument': 'off',
        'typescript/no-unsafe-assignment': 'off',
        'typescript/no-unsafe-call': 'off',
        'typescript/no-unsafe-member-access': 'off',
        'typescript/no-unsafe-return': 'off',
      },
    },
    {
      files: ['lib/**'],
      rules: { 'max-lines-per-function': ['error', codeLines(80)] },
    },
    {
      files: ['lambdas/**'],
      rules: { 'eslint-js/no-restricted-syntax': ['error', ...changes] },
    },
    {
      files: ['**/*.transitions.ts'],
      rules: { 'eslint-js/no-restricted-syntax': 'off' },
    },
    {
      files: ['**/*.rules.ts'],
      rules: { 'eslint-js/no-restricted-syntax': ['error', ...changes, ...impurities] },
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
  ],
});
