/**
 * Fills a stack on one machine with people who registered, by batches that no function writes. They
 * have accounts and names, and no user in Cognito: they are there to be many.
 */
import { randomUUID } from 'node:crypto';
import { BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Account } from '../../../lambdas/capabilities/accounts/account.rules.ts';
import { AccountsStore } from '../../../lambdas/capabilities/accounts/accounts.store.ts';
import { NamesStore } from '../../../lambdas/capabilities/accounts/names.store.ts';
import type { Item, Write } from '../../../lambdas/ground/platform/database.ts';
import { DynamoDatabase } from '../../../lambdas/ground/platform/dynamo.client.ts';
import type { Reached } from '../../shared/machine.ts';

/** As many as BatchWriteItem takes. */
const BATCH = 25;
const PARALLEL = 8;

/** People of one provider. */
const PER_PROVIDER = 100;

/** @param npi of the first hundred; everybody else belongs to other providers */
export async function loadPeople(
  { endpoint, outputs, operatorCredentials: credentials }: Reached,
  count: number,
  npi: string,
): Promise<void> {
  const engine = new DynamoDBClient({ endpoint, region: outputs.region, credentials });
  const client = DynamoDBDocumentClient.from(engine, {
    marshallOptions: { removeUndefinedValues: true },
  });
  const table = outputs.tables.Accounts ?? '';
  const items = itemsOf(new DynamoDatabase(client), table, { count, npi });
  const writers = Array.from({ length: PARALLEL }, async () => {
    for (let batch = take(items); batch.length > 0; batch = take(items)) {
      const requests = batch.map((Item) => ({ PutRequest: { Item } }));
      await client.send(new BatchWriteCommand({ RequestItems: { [table]: requests } }));
    }
  });
  await Promise.all(writers);
  engine.destroy();
}

function* itemsOf(
  database: DynamoDatabase,
  table: string,
  { count, npi }: { count: number; npi: string },
): Generator<Item> {
  const [accounts, names] = [new AccountsStore(database, table), new NamesStore(table)];
  for (let number = 0; number < count; number += 1) {
    const provider = Math.floor(number / PER_PROVIDER);
    const account = personOf(number, provider === 0 ? npi : String(2_000_000_000 + provider));
    yield itemOf(accounts.create(account));
    yield itemOf(names.claimUsername(account.username, account.accountId));
    yield itemOf(names.claim(account.email ?? '', account.accountId));
  }
}

function personOf(number: number, npi: string): Account {
  const username = `many${String(number).padStart(6, '0')}`;
  const email = `${username}@cedargrove.example`;
  return {
    accountId: randomUUID(),
    username,
    npi,
    email,
    contactEmail: email,
    firstName: 'Pat',
    lastName: `Harper${number}`,
    role: 'STANDARD',
    method: 'EMAIL',
    status: 'ACTIVE',
    epoch: 1,
    createdAt: 0,
    registeredAt: 0,
  };
}

function itemOf(write: Write): Item {
  if (write.kind !== 'put') throw new Error(`A person is not loaded by ${write.kind}.`);
  return write.item;
}

function take(items: Generator<Item>): Item[] {
  const batch: Item[] = [];
  for (let next = items.next(); !next.done; next = items.next()) {
    batch.push(next.value);
    if (batch.length === BATCH) return batch;
  }
  return batch;
}
