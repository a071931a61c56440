/**
 * The restore drill on one machine: a stage is used, its tables are kept, it is destroyed with its
 * user pool and its keys, and another one takes its place. It does what
 * docs/runbook.md requires of an operator then.
 */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { addPeople, seedLocal } from '../../bin/seed-local.ts';
import { startLocal } from '../../local/local-stack.ts';
import { BUILT_STACK } from '../built-stack.ts';
import { eventually, Machine } from '../journeys/clients/machine.ts';
import { runOps, THESE_DAYS } from '../journeys/clients/operator.ts';

/** The tables that are restored; the others hold what is under way, and end with the stage. */
const KEPT = ['Accounts', 'RegistrationCodes', 'TermsAcceptances', 'AuditEvents'];
const BATCH = 25;
const WHY = ['--reason', 'restore drill'];

/** Items by the table's name. */
export type Backup = Map<string, Record<string, unknown>[]>;

/** A stage with the sample people. */
export async function stageInUse(): Promise<Machine> {
  return new Machine(await startLocal({ assembly: BUILT_STACK, seed: seedLocal, addPeople }));
}

/** Another stage, without anybody. */
export async function stageInItsPlace(): Promise<Machine> {
  return new Machine(await startLocal({ assembly: BUILT_STACK }));
}

export async function backUp(machine: Machine): Promise<Backup> {
  return withItems(machine, async (client) => {
    const backup: Backup = new Map();
    for (const name of KEPT) {
      const items: Record<string, unknown>[] = [];
      const table = { TableName: machine.outputs.tables[name] };
      for await (const { Items = [] } of paginateScan({ client }, table)) items.push(...Items);
      backup.set(name, items);
    }
    return backup;
  });
}

export async function restore(machine: Machine, backup: Backup): Promise<void> {
  await withItems(machine, async (client) => {
    for (const [name, items] of backup) {
      const table = machine.outputs.tables[name] ?? '';
      for (let first = 0; first < items.length; first += BATCH) {
        const batch = items.slice(first, first + BATCH);
        const requests = batch.map((Item) => ({ PutRequest: { Item } }));
        await client.send(new BatchWriteCommand({ RequestItems: { [table]: requests } }));
      }
    }
  });
}

/** Resets everybody whose user is not in Cognito. @returns their usernames */
export async function resetTheMissing(machine: Machine): Promise<string[]> {
  const { out } = await runOps(machine, 'check');
  const missing = [...out.matchAll(/^USER_MISSING {2}(\S+):/gm)].map(
    ([, username = '']) => username,
  );
  for (const username of missing) {
    const { code, err } = await runOps(machine, 'users', 'reset', username, ...WHY);
    if (code !== 0) throw new Error(`${username} was not reset: ${err}`);
  }
  return missing;
}

/** Waits until the archive has every event of the table. */
export async function untilArchived(machine: Machine): Promise<void> {
  await eventually(
    async () =>
      (await runOps(machine, 'audit', 'verify', ...THESE_DAYS)).code === 0 ? true : undefined,
    'the archive of restored events',
  );
}

async function withItems<T>(
  { stack }: Machine,
  work: (client: DynamoDBDocumentClient) => Promise<T>,
): Promise<T> {
  const { endpoint, outputs, operatorCredentials: credentials } = stack;
  const engine = new DynamoDBClient({ endpoint, region: outputs.region, credentials });
  try {
    return await work(DynamoDBDocumentClient.from(engine));
  } finally {
    engine.destroy();
  }
}
