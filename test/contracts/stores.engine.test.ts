/** What stores promise, on DynamoDB. */
import { afterAll, beforeAll, describe } from '@jest/globals';
import { CONTRACTS } from './contracts.ts';
import { openEngine } from './engine.ts';

describe('on the engine', () => {
  let engine: Awaited<ReturnType<typeof openEngine>>;
  beforeAll(async () => {
    engine = await openEngine();
  });
  afterAll(() => engine.stop());
  for (const contract of CONTRACTS) contract(() => engine.database);
});
