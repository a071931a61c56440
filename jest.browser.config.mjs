import config from './jest.config.mjs';

/**
 * The portal in a real browser. The files of a worker share a browser and a stack: two of each are
 * enough for two cores.
 */
export default {
  ...config,
  testMatch: ['<rootDir>/test/browser/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  globalSetup: '<rootDir>/test/browser/set-up.ts',
  maxWorkers: 2,
  // A bound for a hanging test, not for a slow machine.
  testTimeout: 180_000,
};
