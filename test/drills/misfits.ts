/** What does not fit together on a machine, by the rules of `ops check` and by its clock. */
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { faultsOf, lineOf } from '../../lambdas/capabilities/upkeep/faults.rules.ts';
import { snapshotOf } from '../../lambdas/capabilities/upkeep/snapshot.client.ts';
import type { Machine } from '../journeys/clients/machine.ts';

/** The accounts as the operator reads them. Destroy the client in the end. */
export function tableOf({ stack }: Machine): { client: DynamoDBDocumentClient; table: string } {
  const { endpoint, outputs, operatorCredentials: credentials } = stack;
  const settings = { endpoint, region: outputs.region, credentials };
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(settings));
  return { client, table: outputs.tables.Accounts ?? '' };
}

export async function misfits(machine: Machine): Promise<string[]> {
  const { endpoint, outputs, operatorCredentials: credentials } = machine.stack;
  const settings = { endpoint, region: outputs.region, credentials };
  const cognito = new CognitoIdentityProviderClient(settings);
  const { client, table: accounts } = tableOf(machine);
  const { userPoolId } = outputs;
  const snapshot = await snapshotOf({ cognito, client, userPoolId, accounts });
  cognito.destroy();
  client.destroy();
  return faultsOf({ ...snapshot, now: await machine.now() }).map(lineOf);
}
