/** What stores promise, on the database that the tests of use cases run on. */
import { describe } from '@jest/globals';
import { MemoryDatabase } from '../fakes/memory-database.ts';
import { CONTRACTS } from './contracts.ts';

describe('in memory', () => {
  const database = new MemoryDatabase();
  for (const contract of CONTRACTS) contract(() => database);
});
