export default {
  // Tests wait for conditions. This bounds how long one may take on a busy machine.
  testTimeout: 120_000,
  // Two cores have time for four: tests wait for the floors of answers, among others.
  maxWorkers: 4,
  // Modules of a test file stay in its process: a process that holds this much gives way to a new
  // one.
  workerIdleMemoryLimit: '2GB',
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/browser/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/cdk.out/'],
  extensionsToTreatAsEsm: ['.ts', '.md'],
  moduleFileExtensions: ['ts', 'mjs', 'js', 'cjs', 'json', 'md'],
  transform: {
    '\\.md$': '<rootDir>/test/markdown-as-text.mjs',
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' }, module: { type: 'es6' } },
    ],
  },
  setupFiles: ['<rootDir>/test/quiet-output.mjs'],
  globalSetup: '<rootDir>/test/shared/set-up.ts',
  globalTeardown: '<rootDir>/test/shared/tear-down.ts',
};
