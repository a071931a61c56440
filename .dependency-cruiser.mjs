/**
 * Who may import whom, by resolved path and by package (docs/decisions/003-import-table.md).
 * test/lint/import-table.test.ts shows that each rule bites.
 */

const roleSuffix = String.raw`\.(handler|rules|store|sender|client|wiring)\.ts$`;
const inLambdas = String.raw`^lambdas/`;
const platform = String.raw`^lambdas/ground/`;
const rules = String.raw`^lambdas/.+\.rules\.ts$`;
const handlers = String.raw`^lambdas/.+\.handler\.ts$`;
const wirings = String.raw`^lambdas/.+\.wiring\.ts$`;
const adapters = String.raw`^lambdas/.+\.(store|sender|client)\.ts$`;
const contract = String.raw`^contract/`;
const ours = String.raw`^(bin|bench|contract|lambdas|lib|local|portal|test)/`;
const environmentNames = String.raw`^lambdas/ground/platform/environment-names\.ts$`;

const packages = (...names) =>
  names.map((name) => String.raw`(^|/)node_modules/(@types/)?${name}(/|$)|^${name}(/|$)`);
const sdk = packages('@aws-sdk', '@smithy');
const middy = packages('@middy');
const cdk = packages('aws-cdk-lib', 'constructs', 'cdk-nag', 'zod', 'libphonenumber-js');
/** Parsers without I/O, clock or randomness: a rule may stand on them. */
const purePackages = packages('libphonenumber-js');

const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

const anyPackage = { dependencyTypesNot: ['local', 'core', 'type-only'], path: '.+' };

export default {
  forbidden: [
    forbid(
      'contract-imports-nobody',
      'contract/ may import zod and itself.',
      { path: contract },
      {
        pathNot: [contract, ...packages('zod')],
      },
    ),
    forbid(
      'rules-are-pure',
      'Rules may import rules, contract, node:crypto (hash and compare) and pure parsers.',
      { path: rules },
      { pathNot: [rules, contract, environmentNames, '^(node:)?crypto$', ...purePackages] },
    ),
    forbid(
      'use-cases-know-no-adapters',
      'A use case may import rules, the interfaces that use cases declare, and contract; its collaborators are handed to it.',
      { path: inLambdas, pathNot: [roleSuffix, platform] },
      { path: [adapters, handlers, wirings, ...sdk, ...middy] },
    ),
    forbid(
      'adapters-know-no-use-cases',
      'Stores, senders and clients may import the SDK, rules, platform and contract.',
      { path: adapters },
      { path: inLambdas, pathNot: [rules, adapters, platform] },
    ),
    forbid(
      'platform-knows-no-capability',
      'Every capability stands on platform/: it may not lean on one of them.',
      { path: platform },
      { path: inLambdas, pathNot: [platform, rules] },
    ),
    forbid(
      'handlers-only-translate',
      'A handler may import platform, its use case and its wiring, and contract: not the SDK, not middy, not an adapter.',
      { path: handlers },
      { path: [adapters, ...sdk, ...middy] },
    ),
    forbid(
      'handlers-know-no-handlers',
      'Nobody imports a handler: it is deployed.',
      { path: inLambdas },
      { path: handlers },
    ),
    forbid(
      'handlers-use-their-own-room',
      "A handler may import its own capability's use cases and wiring only.",
      { path: String.raw`^lambdas/([^/]+/[^/]+)/.+\.handler\.ts$` },
      { path: inLambdas, pathNot: [platform, rules, '^lambdas/$1/'] },
    ),
    forbid(
      'lambdas-know-no-machine',
      'The backend imports itself and contract: it does not know how it is provisioned, emulated, tested or shown.',
      { path: inLambdas },
      { path: ours, pathNot: [inLambdas, contract] },
    ),
    forbid(
      'lib-knows-handlers-by-path',
      'lib/ may import contract and the environment names; handlers are named by path.',
      { path: '^lib/' },
      { path: ours, pathNot: ['^lib/', contract, environmentNames] },
    ),
    forbid(
      'lib-stands-on-cdk',
      'lib/ stands on aws-cdk-lib, constructs, cdk-nag, zod and libphonenumber-js.',
      { path: '^lib/' },
      {
        ...anyPackage,
        pathNot: [...cdk, contract, '^lib/', inLambdas],
      },
    ),
    forbid(
      'local-knows-the-template-only',
      'local/ reads the synthesized template: it imports neither lambdas nor lib nor contract.',
      { path: '^local/' },
      { path: ours, pathNot: ['^local/'] },
    ),
    forbid(
      'portal-knows-the-contract-only',
      'portal/ may import contract: all else comes from public endpoints.',
      { path: '^portal/' },
      { path: ours, pathNot: ['^portal/', contract] },
    ),
    forbid(
      'auth-client-stands-alone',
      'The auth client is for any portal: it imports contract and no screen of ours.',
      { path: '^portal/src/auth-client/' },
      { path: ours, pathNot: ['^portal/src/auth-client/', contract] },
    ),
    forbid(
      'auth-client-is-the-only-door',
      "The user pool's library stands behind the auth client, which is entered by its index.",
      { path: '^portal/', pathNot: '^portal/src/auth-client/' },
      {
        path: [
          '^portal/src/auth-client/(?!index\\.ts$)',
          ...packages('amazon-cognito-identity-js', 'aws-amplify'),
        ],
      },
    ),
    forbid(
      'bench-knows-the-contract-only',
      'bench/ may import contract and the clients of the tests: all else comes from public endpoints.',
      { path: '^bench/' },
      { path: ours, pathNot: ['^bench/', contract, '^test/clients/'] },
    ),
    forbid(
      'nobody-imports-tests',
      'Tests are leaves.',
      { path: ours, pathNot: ['^test/', '^bench/'] },
      { path: '^test/' },
    ),
    forbid(
      'no-cycles',
      'Two files that need each other are one file, or miss a third.',
      { path: ours },
      {
        circular: true,
        // Types are gone before anything is loaded.
        viaOnly: { dependencyTypesNot: ['type-only'] },
      },
    ),
    forbid(
      'no-unresolvable-import',
      'An import of ours must exist.',
      { path: ours },
      {
        couldNotResolve: true,
        path: String.raw`^\.`,
      },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(portal/dist|dist|dist\\.[0-9]+|cdk\\.out|coverage|\\.portal-auth)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
