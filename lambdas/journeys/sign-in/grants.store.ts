/**
 * Grants are a list in the account's own item: the answer that completes a sign-in appends one in
 * the transaction of the proof, and the gate takes one, checks epoch and status and reads the
 * claims by a single conditional update. A repeat of the call finds the grant that was taken last.
 */
import { type Account, accountOf, type Grant } from '../../capabilities/accounts/account.rules.ts';
import { takeGrant } from '../../capabilities/accounts/sign-in.transitions.ts';
import { accountKey } from '../../capabilities/accounts/accounts.store.ts';
import { change, type Database } from '../../ground/platform/database.ts';

/** Each pass takes away what expired before the grant that it found. */
const PASSES = 4;

/**
 * Cognito repeats a trigger whose answer is late or lost: it waits five seconds for each of three
 * calls. The last of them may take all of its five.
 */
const REPEAT_MS = 16_000;

export class GrantsStore {
  readonly #database: Database;
  readonly #table: string;

  constructor(database: Database, table: string) {
    this.#database = database;
    this.#table = table;
  }

  async take(
    accountId: string,
    clientId: string,
    now: number,
  ): Promise<{ account: Account; grant: Grant } | undefined> {
    let index = 0;
    for (let pass = 1; pass <= PASSES; pass += 1) {
      const transition = takeGrant(index, clientId, now);
      const write = change(this.#table, accountKey(accountId), transition);
      const result = await this.#database.take(write);
      if ('taken' in result) {
        const account = accountOf(result.taken) as Account;
        return { account, grant: account.grants?.[index] as Grant };
      }
      const account = accountOf(result.found);
      index = indexOfGrant(account, clientId, now);
      if (index < 0) return repeated(account, clientId, now);
    }
    return undefined;
  }
}

function indexOfGrant(account: Account | undefined, clientId: string, now: number): number {
  if (account?.status !== 'ACTIVE') return -1;
  return (account.grants ?? []).findIndex(
    (grant) =>
      grant.expiresAt > now && grant.clientId === clientId && grant.epoch === account.epoch,
  );
}

function repeated(
  account: Account | undefined,
  clientId: string,
  now: number,
): { account: Account; grant: Grant } | undefined {
  if (account?.status !== 'ACTIVE') return undefined;
  const { lastGrant: grant, lastSignInAt = 0, epoch } = account;
  const isRepeat = now < lastSignInAt + REPEAT_MS;
  if (!isRepeat || grant?.clientId !== clientId || grant.epoch !== epoch) return undefined;
  return { account, grant };
}
