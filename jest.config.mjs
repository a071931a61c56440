export default {
  // No test waits for a time; this is how long a condition may take on a busy machine.
  testTimeout: 60_000,
  // Threads of stopped stacks and pooled sockets end a moment after the last test: nothing is
  // waited for.
  forceExit: true,
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
  globalSetup: '<rootDir>/test/built-stack.ts',
};
