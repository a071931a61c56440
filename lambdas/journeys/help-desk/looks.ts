/**
 * What an employee looks at. Each look is an event: of the person, or of the employee for a list.
 */
import type { Approvals, Person, PersonPage, PersonSearch } from '../../../contract/help-desk.ts';
import type { UserEventPage } from '../../../contract/portal.ts';
import type { Account } from '../../capabilities/accounts/account.rules.ts';
import { readPhone } from '../../capabilities/accounts/phone.rules.ts';
import { findUser, managedUserOf } from '../../capabilities/management/users.ts';
import type { Explanation } from '../../capabilities/support/explanation.rules.ts';
import { findPeople } from '../../capabilities/support/find-people.ts';
import { explain } from '../../capabilities/support/support.ts';
import { listEvents } from '../../capabilities/support/trail.ts';
import { cursorOf } from '../../ground/platform/cursors.rules.ts';
import { definite } from '../../ground/platform/definite.rules.ts';
import {
  actorOf,
  type DeskCaller,
  counted,
  type DeskDeps,
  deskActOf,
  type DeskRefusal,
} from './desk.ts';

const PAGE = 25;

function personOf(account: Account): Person {
  return { ...managedUserOf(account), npi: account.npi };
}

/** By exactly one of what a caller says of themselves; a provider's users are paged. */
export async function seek(
  deps: DeskDeps,
  caller: DeskCaller,
  sought: PersonSearch,
  after?: string,
): Promise<PersonPage | DeskRefusal> {
  const { username, email, phone, npi } = sought;
  const kind = Object.entries({ username, email, phone, npi }).find(([, value]) => value)?.[0];
  const refusal = await counted(deps, caller, 'HELP_DESK_LOOK', [
    deps.audit.write(
      {
        accountId: `EMPLOYEE#${caller.employeeId}`,
        event: 'PEOPLE_SOUGHT',
        ...definite({ outcome: kind?.toUpperCase() }),
        ...deskActOf(caller),
      },
      deps.now(),
    ),
  ]);
  if (refusal !== undefined) return refusal;
  looked(deps, 'LIST');
  if (npi !== undefined) return usersOf(deps, npi, after);
  return { users: (await found(deps, caller, sought)).map(personOf) };
}

async function usersOf(
  { accounts }: DeskDeps,
  npi: string,
  after: string | undefined,
): Promise<PersonPage> {
  const page = await accounts.ofProvider({
    npi,
    search: '',
    after,
    size: PAGE,
  });
  const users = page.accounts.map(personOf);
  return definite({
    users,
    cursor: page.last === undefined ? undefined : cursorOf(page.last),
  });
}

async function found(
  deps: DeskDeps,
  caller: DeskCaller,
  { username, email, phone }: PersonSearch,
): Promise<Account[]> {
  if (email !== undefined) return findPeople(deps.people, { email });
  if (phone !== undefined) {
    const read = readPhone(phone, deps.settings);
    return 'refused' in read ? [] : findPeople(deps.people, { phone: read.phone });
  }
  const account = await findUser(deps, actorOf(caller), username ?? '');
  return 'refused' in account ? [] : [account];
}

export async function showPerson(
  deps: DeskDeps,
  caller: DeskCaller,
  account: Account,
): Promise<Person | DeskRefusal> {
  return (await look(deps, caller, account, 'SHOWN')) ?? personOf(account);
}

export async function explainPerson(
  deps: DeskDeps,
  caller: DeskCaller,
  account: Account,
): Promise<Explanation | DeskRefusal> {
  return (await look(deps, caller, account, 'EXPLAINED')) ?? (await explain(deps, account));
}

export async function showEvents(
  deps: DeskDeps,
  caller: DeskCaller,
  account: Account,
  after: string | undefined,
): Promise<UserEventPage | DeskRefusal> {
  return (await look(deps, caller, account, 'EVENTS')) ?? (await listEvents(deps, account, after));
}

/** The look is recorded before anything is shown. */
async function look(
  deps: DeskDeps,
  caller: DeskCaller,
  { accountId }: Account,
  outcome: string,
): Promise<DeskRefusal | undefined> {
  const event = {
    accountId,
    event: 'LOOKED_AT',
    outcome,
    ...deskActOf(caller),
  } as const;
  const writes = [deps.audit.write(event, deps.now())];
  const refusal = await counted(deps, caller, 'HELP_DESK_LOOK', writes);
  if (refusal === undefined) looked(deps, 'PERSON');
  return refusal;
}

/** The line counts looks for an alarm. */
function looked({ log }: DeskDeps, what: 'PERSON' | 'LIST'): void {
  log('INFO', 'HELP_DESK_LOOKED', { what });
}

const iso = (ms: number) => new Date(ms).toISOString();

export async function listApprovals(deps: DeskDeps, caller: DeskCaller): Promise<Approvals> {
  const waiting = await deps.approvals.waiting(deps.now());
  return {
    approvals: waiting.map(({ approvalId, act, username, npi, reason, ...approval }) => ({
      approvalId,
      act,
      username,
      npi,
      reason,
      requestedBy: approval.requestedByName,
      own: approval.requestedBy === caller.employeeId,
      requestedAt: iso(approval.requestedAt),
      expiresAt: iso(approval.expiresAt),
    })),
  };
}
