/**
 * Which files may import which, by resolved path and by package
 * (docs/decisions/003-import-table.md). test/lint/import-table.test.ts breaks each rule once and
 * expects the violation.
 */

const inLambdas = String.raw`^lambdas/`;
const ground = String.raw`^lambdas/ground/`;
const capabilities = String.raw`^lambdas/capabilities/`;
const journeys = String.raw`^lambdas/journeys/`;
const contract = String.raw`^contract/`;
const ours = String.raw`^(bin|bench|contract|lambdas|lib|local|packages|portal|test)/`;
const authClient = String.raw`^packages/auth-client/`;
const environmentNames = String.raw`^lambdas/ground/platform/environment-names\.ts$`;

/** Roles, by the end of a file's name. */
const role = (...names) => String.raw`^lambdas/.+\.(${names.join('|')})\.ts$`;
const rules = role('rules');
const transitions = role('transitions');
const ports = role('port');
const needs = [role('needs'), String.raw`^lambdas/ground/platform/needs\.ts$`];
const handlers = role('handler');
const wirings = role('wiring');
const adapters = role('store', 'sender', 'client');
/** Use cases: the files of journeys and capabilities without a role in their name. */
const useCases = {
  path: [journeys, capabilities],
  pathNot: [String.raw`\.[a-z]+\.ts$`, String.raw`/versions/`],
};

/**
 * The capabilities from the ground up. Each may import those before it in this list, and none that
 * follows.
 */
export const CAPABILITIES = [
  'accounts',
  'messages',
  'calls',
  'devices',
  'passkeys',
  'providers',
  'passwords',
  'upkeep',
  'terms',
  'verification',
  'token-flows',
  'outbox',
  'support',
  'management',
];

const packages = (...names) =>
  names.map((name) => String.raw`(^|/)node_modules/(@types/)?${name}(/|$)|^${name}(/|$)`);
const sdk = packages('@aws-sdk', '@smithy');
/** What functions load of the SDK, and when. */
const loadedSdk = '^lambdas/ground/platform/sdk/';
const middy = packages('@middy');
const cdk = packages('aws-cdk-lib', 'constructs', 'cdk-nag', 'zod', 'libphonenumber-js');
/** Parsers without I/O, clock or randomness: a rule may use them. */
const purePackages = packages('libphonenumber-js');

const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

const anyPackage = { dependencyTypesNot: ['local', 'core', 'type-only'], path: '.+' };
const valuesOnly = { dependencyTypesNot: ['type-only'] };

/** A capability below may not import one above it. */
const capabilityOrder = CAPABILITIES.slice(0, -1).map((name, index) =>
  forbid(
    `${name}-is-below`,
    `The capability ${name} imports only what is before it in the list.`,
    { path: `${capabilities}${name}/` },
    { path: `${capabilities}(${CAPABILITIES.slice(index + 1).join('|')})/` },
  ),
);

export default {
  forbidden: [
    forbid(
      'contract-imports-nobody',
      'contract/ may import zod and itself.',
      { path: contract },
      { pathNot: [contract, ...packages('zod')] },
    ),
    forbid(
      'openapi-is-for-readers',
      'Texts and examples of the OpenAPI file are in no bundle: only what writes the file and its tests import them.',
      { path: ours, pathNot: ['^contract/openapi/', '^bin/', '^test/'] },
      { path: '^contract/openapi/' },
    ),
    forbid(
      'ground-is-the-lowest-floor',
      'The ground imports itself and contract: every floor is built on it.',
      { path: ground },
      { path: inLambdas, pathNot: ground },
    ),
    forbid(
      'capabilities-import-no-journeys',
      'A capability imports no journey: what it needs of one is handed down as a port.',
      { path: capabilities },
      { path: journeys },
    ),
    ...capabilityOrder,
    forbid(
      'capabilities-are-listed',
      'A capability has its place in the list, or the order would not hold for it.',
      { path: capabilities, pathNot: `${capabilities}(${CAPABILITIES.join('|')})/` },
      {},
    ),
    forbid(
      'platform-is-lowest',
      'The platform is below audit and limits: it imports neither.',
      { path: String.raw`^lambdas/ground/platform/` },
      { path: String.raw`^lambdas/ground/(audit|limits)/` },
    ),
    forbid(
      'ports-are-types',
      'A port is an interface: it imports types and nothing that runs.',
      { path: ports },
      { ...valuesOnly, path: '.+' },
    ),
    forbid(
      'journeys-are-independent',
      'A journey imports no other journey: what they share is a capability.',
      { path: String.raw`^lambdas/journeys/([^/]+)/` },
      { path: journeys, pathNot: '^lambdas/journeys/$1/' },
    ),
    forbid(
      'rules-are-pure',
      'Rules may import rules, contract, node:crypto (hash and compare) and pure parsers.',
      { path: rules },
      { pathNot: [rules, contract, environmentNames, '^(node:)?crypto$', ...purePackages] },
    ),
    forbid(
      'transitions-decide-nothing',
      'Transitions may import rules, other transitions and contract.',
      { path: transitions },
      { pathNot: [rules, transitions, contract] },
    ),
    forbid(
      'use-cases-import-no-adapters',
      'A use case may import rules, transitions, ports, other use cases and contract; its collaborators are handed to it.',
      useCases,
      { path: [adapters, handlers, wirings, loadedSdk, ...sdk, ...middy] },
    ),
    forbid(
      'use-cases-build-no-writes',
      'A use case commits what stores return: it builds no write itself.',
      useCases,
      { path: String.raw`^lambdas/ground/platform/database\.ts$`, ...valuesOnly },
    ),
    forbid(
      'only-transitions-build-changes',
      'A change of an item, and a condition on it, has its name in a *.transitions.ts.',
      { path: inLambdas, pathNot: transitions },
      { path: String.raw`^lambdas/ground/platform/attributes\.rules\.ts$`, ...valuesOnly },
    ),
    forbid(
      'adapters-import-no-use-cases',
      'Stores, senders and clients may import the SDK, rules, transitions, ports, ground and contract.',
      { path: adapters },
      { path: inLambdas, pathNot: [rules, transitions, ports, adapters, ground], ...valuesOnly },
    ),
    forbid(
      'needs-are-data',
      'What a function needs is stated as data: it imports the vocabulary and nothing else.',
      { path: needs },
      { pathNot: needs },
    ),
    forbid(
      'handlers-only-translate',
      'A handler may import ground, its use case and its wiring, and contract: not the SDK, not middy, not an adapter.',
      { path: handlers },
      { path: [adapters, loadedSdk, ...sdk, ...middy] },
    ),
    forbid(
      'handlers-are-deployed',
      'No file imports a handler: it is deployed.',
      { path: inLambdas },
      { path: handlers },
    ),
    forbid(
      'lambdas-import-no-machine',
      'The backend imports itself and contract: it does not know how it is provisioned, emulated, tested or shown.',
      { path: inLambdas },
      { path: ours, pathNot: [inLambdas, contract] },
    ),
    forbid(
      'handlers-use-their-own-wiring',
      'A handler imports the wiring beside it.',
      { path: String.raw`^lambdas/(.+)/[^/]+\.handler\.ts$` },
      { path: wirings, pathNot: '^lambdas/$1/' },
    ),
    forbid(
      'lib-names-handlers-by-path',
      'lib/ may import contract, the environment names and what functions state that they need; handlers are named by path.',
      { path: '^lib/' },
      { path: ours, pathNot: ['^lib/', contract, environmentNames, ...needs] },
    ),
    forbid(
      'lib-uses-the-cdk',
      'lib/ uses aws-cdk-lib, constructs, cdk-nag, zod and libphonenumber-js.',
      { path: '^lib/' },
      { ...anyPackage, pathNot: [...cdk, contract, '^lib/', inLambdas] },
    ),
    forbid(
      'local-reads-the-template-only',
      'local/ reads the synthesized template: it imports neither lambdas nor lib nor contract.',
      { path: '^local/' },
      { path: ours, pathNot: ['^local/'] },
    ),
    forbid(
      'portal-imports-the-contract-only',
      'portal/ may import contract and the auth client: all else comes from public endpoints.',
      { path: '^portal/' },
      { path: ours, pathNot: ['^portal/', authClient, contract] },
    ),
    forbid(
      'auth-client-is-independent',
      'The auth client is for any portal: what it needs of contract is written out in wire.ts.',
      { path: authClient },
      { path: ours, pathNot: authClient },
    ),
    forbid(
      'auth-client-is-the-only-door',
      "The user pool's library is used by the auth client only, and the auth client by its index.",
      { path: '^portal/' },
      {
        path: [
          String.raw`^packages/auth-client/src/(?!(?:index|employees)\.ts$)`,
          ...packages('amazon-cognito-identity-js', 'aws-amplify', 'oidc-client-ts'),
        ],
      },
    ),
    forbid(
      'bench-imports-the-contract-only',
      'bench/ may import contract and the clients of the tests: all else comes from public endpoints.',
      { path: '^bench/' },
      { path: ours, pathNot: ['^bench/', contract, '^test/(journeys/)?clients/'] },
    ),
    forbid(
      'tests-are-leaves',
      'Tests are leaves.',
      { path: ours, pathNot: ['^test/', '^bench/'] },
      { path: '^test/' },
    ),
    forbid(
      'no-cycles',
      'Two files that need each other, if only for a type, are one file, or miss a third.',
      { path: ours },
      { circular: true },
    ),
    forbid(
      'no-unresolvable-import',
      'An import of ours must exist.',
      { path: ours },
      { couldNotResolve: true, path: String.raw`^\.` },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: {
      path: '^(portal/dist|packages/[^/]+/dist|packages/local/(portal|stack)|dist|dist\\.[0-9]+|cdk\\.out|coverage|\\.portal-auth)/',
    },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['portal-auth-source', 'import', 'node', 'default', 'types'],
    },
  },
};
