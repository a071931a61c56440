import config from './jest.config.mjs';

/**
 * The portal in a real browser. Each file drives a browser and boots a stack of its own: two at a
 * time are enough for two cores.
 */
export default {
  ...config,
  testMatch: ['<rootDir>/test/browser/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  globalSetup: '<rootDir>/test/browser/built-portal.ts',
  maxWorkers: 2,
  // A bound for a hanging test, not for a slow machine.
  testTimeout: 180_000,
};
