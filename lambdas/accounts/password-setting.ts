/**
 * Setting a password at the end of a verification: a saga over Cognito and our tables, each step of which may be done
 * again. The account claims the address, Cognito gets the user and the password, and one conditional write takes
 * everything on; a failure in between leaves a flow that takes the same request again.
 */
import type { Commit, Write } from '../platform/dynamo.ts';
import type { Account } from './account.rules.ts';

export interface PasswordSettingCollaborators {
  emails: {
    /** Claims an address for an account; holds if nobody has it, or this account has. */
    claim(email: string, accountId: string): Write;
  };
  pool: {
    ensureUser(email: string, accountId: string): Promise<{ username: string } | 'TAKEN'>;
    changeEmail(username: string, email: string): Promise<'DONE' | 'TAKEN'>;
    setPassword(username: string, password: string): Promise<'DONE' | 'REFUSED'>;
    signOutEverywhere(username: string): Promise<void>;
  };
  commit(writes: readonly Write[]): Promise<Commit>;
}

export type PasswordSetting = { cognitoUsername: string } | { refused: 'EMAIL_TAKEN' | 'PASSWORD_INVALID' };

/** Steps (a) to (c): claims the address, makes or moves the user, sets the password for good. The caller's write is step (d). */
export async function setPasswordOf(on: PasswordSettingCollaborators, account: Account, email: string, password: string): Promise<PasswordSetting> {
  const claimed = await on.commit([on.emails.claim(email, account.accountId)]);
  if (!claimed.done) return { refused: 'EMAIL_TAKEN' };
  const username = await userOf(on, account, email);
  if (username === undefined) return { refused: 'EMAIL_TAKEN' };
  if ((await on.pool.setPassword(username, password)) === 'REFUSED') return { refused: 'PASSWORD_INVALID' };
  // Refresh tokens of before a reset must not outlive it, whatever became of the sign-out at its time.
  if (account.cognitoUsername !== undefined) await on.pool.signOutEverywhere(username);
  return { cognitoUsername: username };
}

async function userOf(on: PasswordSettingCollaborators, account: Account, email: string): Promise<string | undefined> {
  if (account.cognitoUsername === undefined) {
    const user = await on.pool.ensureUser(email, account.accountId);
    return user === 'TAKEN' ? undefined : user.username;
  }
  if (account.email === email) return account.cognitoUsername;
  return (await on.pool.changeEmail(account.cognitoUsername, email)) === 'DONE' ? account.cognitoUsername : undefined;
}
