/** Counts sends of different people as the functions do, on a running stack. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { breakerOf, limitsOf } from '../../lambdas/ground/limits/budgets.rules.ts';
import { LimitsStore } from '../../lambdas/ground/limits/limits.store.ts';
import type { Database } from '../../lambdas/ground/platform/database.ts';
import { DynamoDatabase } from '../../lambdas/ground/platform/dynamo.client.ts';
import { settings } from '../fakes/builders.ts';

export interface Sends {
  failed: number;
  /** Milliseconds that each count took. */
  took: number[];
  /** Transactions, and single updates, that were sent. */
  transactions: number;
  updates: number;
}

export interface Pace {
  perSecond: number;
  count: number;
}

/** Limits wide enough that none of them ends a run. */
const STAGE = settings({ limits: { dailyTextBreaker: 1_000_000 } });

/** Each send is another person's: to a number and an account of its own. */
export async function countSends(
  endpoint: string,
  table: string,
  { perSecond, count }: Pace,
): Promise<Sends> {
  const credentials = { accessKeyId: 'load', secretAccessKey: 'load' };
  const client = new DynamoDBClient({ endpoint, region: 'us-east-1', credentials });
  const documents = DynamoDBDocumentClient.from(client);
  const sends: Sends = { failed: 0, took: [], transactions: 0, updates: 0 };
  const limits = new LimitsStore(counting(new DynamoDatabase(documents), sends), table);
  const one = async (number: number) => {
    await new Promise((resume) => setTimeout(resume, (number * 1000) / perSecond));
    const spender = { destination: `+1202555${number}`, account: `load-${number}` };
    const own = limitsOf('SIGN_IN_PHONE', spender, STAGE);
    const breaker = breakerOf('TEXT', 'AFTER_PASSWORD', STAGE);
    const started = performance.now();
    const isDone = await limits.count([...own, breaker], Date.now()).then(
      ({ outcome }) => outcome === 'DONE',
      () => false,
    );
    sends.took.push(performance.now() - started);
    if (!isDone) sends.failed += 1;
  };
  await Promise.all(Array.from({ length: count }, (_, number) => one(number)));
  client.destroy();
  return sends;
}

function counting(database: Database, sends: Sends): Database {
  return {
    commit: (writes) => {
      sends.transactions += 1;
      return database.commit(writes);
    },
    take: (write) => {
      sends.updates += 1;
      return database.take(write);
    },
    read: (table, key) => database.read(table, key),
    readAll: (wanted) => database.readAll(wanted),
    query: (query) => database.query(query),
  };
}
