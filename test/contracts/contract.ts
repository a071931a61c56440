import type { Commit, Database, Write } from '../../lambdas/ground/platform/database.ts';

/**
 * The tests of one store, on whatever database `stage` returns. They share it: every test has keys
 * of its own.
 */
export type Contract = (stage: () => Database) => void;

/** The number of concurrent requests. */
const AT_ONCE = 50;

/** Makes `count` requests at once and returns what they return. */
export function atOnce<T>(request: (index: number) => Promise<T>, count = AT_ONCE): Promise<T[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => request(index)));
}

/** How many of the transactions were committed. */
export function won(commits: readonly Commit[]): number {
  return commits.filter(({ done }) => done).length;
}

/** Commits what must be possible; a refusal is a fault of the test. */
export async function write(database: Database, ...writes: Write[]): Promise<void> {
  const result = await database.commit(writes);
  if (!result.done) throw new Error(`Refused: ${JSON.stringify(result.refused)}`);
}
