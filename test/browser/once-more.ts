import { jest } from '@jest/globals';

// A real browser on a busy machine may lose a frame: the first failure is printed, and the test is asked once more.
jest.retryTimes(1, { logErrorsBeforeRetry: true });
