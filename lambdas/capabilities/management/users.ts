/**
 * What a provider admin sees of the users of their own provider; all others do not exist for them.
 */
import { Username } from '../../../contract/accounts.ts';
import { maskEmail, maskPhone } from '../../../contract/masks.ts';
import type { ManagedUser, UserPage } from '../../../contract/portal.ts';
import type { ProblemCode } from '../../../contract/problems.ts';
import { type Account, addressOnRecord } from '../accounts/account.rules.ts';
import type { AccountsPort } from '../accounts/accounts.port.ts';
import { folded } from '../accounts/name-key.rules.ts';
import type { TrailDeps } from '../support/trail.ts';
import { cursorOf } from '../../ground/platform/cursors.rules.ts';
import { definite } from '../../ground/platform/definite.rules.ts';

export interface UsersDeps extends TrailDeps {
  accounts: Pick<AccountsPort, 'get' | 'byUsername' | 'ofProvider'>;
}

/**
 * Who acts: a provider admin of this provider, or an operator or an employee of the help desk, who
 * are of none and act on all.
 */
export interface Actor {
  /** The admin's, or `OPERATOR` or `HELP_DESK`. */
  accountId: string;
  /** Their provider; `ALL` for an operator and an employee. */
  npi: string;
  /** The employee_id of who acts for the help desk, and of the second one. */
  employee?: string;
  secondEmployee?: string;
  sourceAddress?: string;
  requestId?: string;
}

export type Refused = { refused: ProblemCode };

const PAGE = 25;
const iso = (ms: number) => new Date(ms).toISOString();

export function managedUserOf(account: Account): ManagedUser {
  const { username, firstName, lastName, phone, method, status, role, lastSignInAt } = account;
  const email = status === 'ACTIVE' ? account.email : addressOnRecord(account);
  return definite({
    username,
    firstName,
    lastName,
    status,
    role,
    method,
    maskedEmail: email === undefined ? undefined : maskEmail(email),
    maskedPhone: phone === undefined ? undefined : maskPhone(phone),
    lastSignInAt: lastSignInAt === undefined ? undefined : iso(lastSignInAt),
  });
}

export async function listUsers(
  { accounts }: Pick<UsersDeps, 'accounts'>,
  { npi }: Actor,
  search = '',
  after?: string,
): Promise<UserPage> {
  const wanted = {
    npi,
    search: folded(search),
    after,
    size: PAGE,
  };
  const page = await accounts.ofProvider(wanted);
  const users = page.accounts.map(managedUserOf);
  return definite({
    users,
    cursor: page.last === undefined ? undefined : cursorOf(page.last),
  });
}

/** The user, if the actor may see them. What cannot be a username is not looked up. */
export async function findUser(
  { accounts }: { accounts: Pick<AccountsPort, 'byUsername'> },
  { npi }: Actor,
  username: string,
): Promise<Account | Refused> {
  const { data: name } = Username.safeParse(username);
  const account = name === undefined ? undefined : await accounts.byUsername(name);
  const isVisible = account !== undefined && (npi === 'ALL' || account.npi === npi);
  return isVisible ? account : { refused: 'NOT_FOUND' };
}
