/** What does not fit together on a machine, by the rules of `ops check` and by its clock. */
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { faultsOf, lineOf } from '../../bin/ops/check.rules.ts';
import { snapshotOf } from '../../bin/ops/snapshot.ts';
import type { Machine } from '../journeys/clients/machine.ts';

export async function misfits(machine: Machine): Promise<string[]> {
  const { endpoint, outputs, operatorCredentials: credentials } = machine.stack;
  const settings = { endpoint, region: outputs.region, credentials };
  const cognito = new CognitoIdentityProviderClient(settings);
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(settings));
  const { userPoolId, tables } = outputs;
  const accounts = tables.Accounts ?? '';
  const snapshot = await snapshotOf({ cognito, client, userPoolId, accounts });
  cognito.destroy();
  client.destroy();
  return faultsOf({ ...snapshot, now: await machine.now() }).map(lineOf);
}
