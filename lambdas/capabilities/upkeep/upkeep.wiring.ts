import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { AuditTrail } from '../../ground/audit/audit-trail.store.ts';
import { PATIENT_CALL } from '../../ground/platform/aws-clients.ts';
import { DynamoDatabase } from '../../ground/platform/dynamo.client.ts';
import { readEnvironment } from '../../ground/platform/environment.ts';
import { ENVIRONMENT } from '../../ground/platform/environment-names.ts';
import { log } from '../../ground/platform/log.ts';
import { AccountsStore } from '../accounts/accounts.store.ts';
import { NamesStore } from '../accounts/names.store.ts';
import { UserPool } from '../accounts/user-pool.client.ts';
import { snapshotOf } from './snapshot.client.ts';
import type { SweepDeps } from './sweep.ts';

export function wireSweep(): SweepDeps {
  const { accountsTable, auditEventsTable, userPoolId } = ENVIRONMENT;
  const names = readEnvironment({ accountsTable, auditEventsTable, userPoolId });
  const cognito = new CognitoIdentityProviderClient(PATIENT_CALL);
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(PATIENT_CALL), {
    marshallOptions: { removeUndefinedValues: true },
  });
  const database = new DynamoDatabase(client);
  const source = {
    cognito,
    client,
    userPoolId: names.userPoolId,
    accounts: names.accountsTable,
  };
  return {
    snapshot: () => snapshotOf(source),
    accounts: new AccountsStore(database, names.accountsTable),
    names: new NamesStore(names.accountsTable),
    audit: new AuditTrail(names.auditEventsTable),
    pool: new UserPool(names.userPoolId, () => cognito),
    commit: (writes) => database.commit(writes),
    log,
    now: Date.now,
  };
}
