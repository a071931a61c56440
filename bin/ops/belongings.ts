/** Reads what belongs to accounts, page by page, and nothing of it that is a secret. */
import { paginateScan } from '@aws-sdk/lib-dynamodb';
import type { Fault, Snapshot } from '../../lambdas/capabilities/upkeep/faults.rules.ts';
import {
  codeFaults,
  deviceFaults,
  type KeptCode,
  type KeptDevice,
  type KeptPasskey,
  passkeyFaults,
} from './belongings.rules.ts';
import type { Target } from './target.ts';

/** @param snapshot of the accounts, from before */
export async function belongingFaults(
  target: Target,
  { accounts, names, now }: Snapshot,
): Promise<Fault[]> {
  const [devices, passkeys, codes] = await Promise.all([
    allOf<KeptDevice>(target, 'RememberedDevices', ['accountId', 'deviceId', 'epoch', 'expiresAt']),
    allOf<KeptPasskey>(target, 'Passkeys', ['accountId', 'passkeyId', 'passkeyEpoch']),
    allOf<KeptCode>(target, 'RegistrationCodes', ['npi', 'redeemedBy', 'redeemedAt', 'revokedAt']),
  ]);
  // A username stays with its account's ID, also where the account is erased.
  const people = new Set([...accounts.keys(), ...names.map(({ accountId }) => accountId)]);
  return [
    ...deviceFaults(devices, accounts, now),
    ...passkeyFaults(passkeys, accounts),
    ...codeFaults(codes, people),
  ];
}

async function allOf<T extends object>(
  target: Pick<Target, 'client' | 'table'>,
  name: string,
  attributes: (keyof T & string)[],
): Promise<T[]> {
  const rows: T[] = [];
  const pages = paginateScan(
    { client: target.client },
    {
      TableName: target.table(name),
      ConsistentRead: true,
      ProjectionExpression: attributes.map((_, index) => `#${index}`).join(', '),
      ExpressionAttributeNames: Object.fromEntries(
        attributes.map((attribute, index) => [`#${index}`, attribute]),
      ),
    },
  );
  for await (const { Items = [] } of pages) rows.push(...(Items as T[]));
  return rows;
}
