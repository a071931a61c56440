import config from './jest.config.mjs';

/** The tests that need neither a build nor a stack: `npm run test:rules`, or with `-- --watch`. */
const { globalSetup: _built, globalTeardown: _shared, ...rest } = config;

export default {
  ...rest,
  testMatch: [
    '<rootDir>/test/{rules,unit,portal}/**/*.test.ts',
    '<rootDir>/test/contracts/*.memory.test.ts',
  ],
  testTimeout: 10_000,
};
