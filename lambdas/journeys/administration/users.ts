/**
 * What a provider admin sees of the users of their own provider; all others do not exist for them.
 */
import { maskEmail, maskPhone, Username } from '../../../contract/accounts.ts';
import type { ManagedUser, UserEventPage, UserPage } from '../../../contract/portal.ts';
import type { ProblemCode } from '../../../contract/problems.ts';
import { type Account, addressOnRecord } from '../../capabilities/accounts/account.rules.ts';
import type { AccountsPort } from '../../capabilities/accounts/accounts.port.ts';
import { folded } from '../../capabilities/accounts/name-key.rules.ts';
import type { AuditEvent, RecordedEvent } from '../../ground/audit/audit.rules.ts';
import { cursorOf } from '../../ground/platform/cursors.rules.ts';
import { definite } from '../../ground/platform/definite.rules.ts';

export interface UsersDeps {
  accounts: Pick<AccountsPort, 'get' | 'byUsername' | 'ofProvider'>;
  events: {
    ofAccount: (
      accountId: string,
      after: string | undefined,
      size: number,
    ) => Promise<{ events: RecordedEvent[]; last?: string }>;
  };
}

/** Who acts: a provider admin of this provider, or an operator, who is of none and acts on all. */
export interface Actor {
  accountId: string;
  /** Their provider; `ALL` for an operator. */
  npi: string;
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
    ...{ username, firstName, lastName, status, role, method },
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
  const wanted = { npi, search: folded(search), after, size: PAGE };
  const page = await accounts.ofProvider(wanted);
  const users = page.accounts.map(managedUserOf);
  return definite({ users, cursor: page.last === undefined ? undefined : cursorOf(page.last) });
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

export async function listEvents(
  deps: UsersDeps,
  { accountId, npi }: Account,
  after?: string,
): Promise<UserEventPage> {
  const page = await deps.events.ofAccount(accountId, after, PAGE);
  const admins = await adminsAmong(deps, page.events, npi);
  return definite({
    events: page.events.map((event) => eventView(event, admins)),
    cursor: page.last === undefined ? undefined : cursorOf(page.last),
  });
}

const KINDS = ['SELF', 'HELP_DESK', 'OPERATOR', 'SYSTEM'] as const;

function isKind(actor: string | undefined): actor is (typeof KINDS)[number] {
  return KINDS.some((kind) => kind === actor);
}

/** The usernames of the admins who acted, as far as they are of the same provider. */
async function adminsAmong(
  { accounts }: UsersDeps,
  events: readonly AuditEvent[],
  npi: string,
): Promise<Map<string, string>> {
  const ids = events.flatMap(({ actor }) => (actor === undefined || isKind(actor) ? [] : [actor]));
  const found = await Promise.all([...new Set(ids)].map((id) => accounts.get(id)));
  const admins = found.filter((account) => account?.npi === npi) as Account[];
  return new Map(admins.map(({ accountId, username }) => [accountId, username]));
}

function eventView(recorded: RecordedEvent, admins: Map<string, string>) {
  const { at, event, outcome, actor, reason, loginMethod, sourceAddress, requestId } = recorded;
  return definite({
    ...{ at, event, outcome, reason, loginMethod, sourceAddress, requestId },
    actor: actor === undefined || isKind(actor) ? actor : ('ADMIN' as const),
    actorUsername: actor === undefined ? undefined : admins.get(actor),
  });
}
