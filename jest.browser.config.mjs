import config from './jest.config.mjs';

/** The portal in a real browser. One file at a time: each drives a browser and boots a stack of its own. */
export default {
  ...config,
  testMatch: ['<rootDir>/test/browser/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  maxWorkers: 1,
  testTimeout: 60_000,
};
