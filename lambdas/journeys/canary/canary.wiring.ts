/** The real collaborators of the canary, made once per process. */
import { AccountsStore } from '../../capabilities/accounts/accounts.store.ts';
import { NamesStore } from '../../capabilities/accounts/names.store.ts';
import { UserPool } from '../../capabilities/accounts/user-pool.client.ts';
import { SrpPasswordProof } from '../../capabilities/passwords/srp.client.ts';
import { documentClient } from '../../ground/platform/aws-clients.ts';
import { DynamoDatabase } from '../../ground/platform/dynamo.client.ts';
import { readEnvironment } from '../../ground/platform/environment.ts';
import { ENVIRONMENT } from '../../ground/platform/environment-names.ts';
import { log } from '../../ground/platform/log.ts';
import { randomSecret } from '../../ground/platform/random.ts';
import type { CanaryDeps } from './canary.ts';

export function wireCanary(): CanaryDeps {
  const { accountsTable, userPoolId, userPoolClientId, canaryEmail } = ENVIRONMENT;
  const names = readEnvironment({
    accountsTable,
    userPoolId,
    userPoolClientId,
    canaryEmail,
  });
  const database = new DynamoDatabase(documentClient());
  const proof = new SrpPasswordProof(names.userPoolId, names.userPoolClientId);
  return {
    accounts: new AccountsStore(database, names.accountsTable),
    names: new NamesStore(names.accountsTable),
    pool: new UserPool(names.userPoolId),
    signIn: (password, email) => proof.begin(password, email),
    commit: (writes) => database.commit(writes),
    email: names.canaryEmail,
    newPassword: randomSecret,
    log,
    now: Date.now,
  };
}
