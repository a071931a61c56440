/** What a provider admin sees and does of the users of their own provider; anybody else's are not there. */
import { maskEmail, maskPhone, type PortalRole, Username } from '../../../contract/accounts.ts';
import type { ManagedUser, UserEventPage, UserPage } from '../../../contract/portal.ts';
import type { ProblemCode } from '../../../contract/problems.ts';
import type { AuditEvent } from '../../ground/audit/audit.rules.ts';
import { cursorOf } from '../../ground/platform/cursors.rules.ts';
import type { Commit, Write } from '../../ground/platform/dynamo.ts';
import {
  absent,
  type Change,
  type Clause,
  either,
  is,
  notAfter,
} from '../../ground/platform/expressions.rules.ts';
import { DAY_MS, type Limit, type Limited, MINUTE_MS } from '../../ground/limits/limits.rules.ts';
import { sha256 } from '../../ground/platform/secrets.rules.ts';
import type { Account } from '../../capabilities/accounts/account.rules.ts';
import { endSessions } from '../../capabilities/accounts/sessions.rules.ts';

export interface AdminCollaborators {
  accounts: {
    byUsername(username: string): Promise<Account | undefined>;
    ofProvider(
      npi: string,
      search: string,
      after: string | undefined,
      size: number,
    ): Promise<{ accounts: Account[]; last?: string }>;
    change(
      account: Pick<Account, 'accountId' | 'epoch'>,
      changes: Change,
      ...when: Clause[]
    ): Write;
  };
  events: {
    ofAccount(
      accountId: string,
      after: string | undefined,
      size: number,
    ): Promise<{ events: (AuditEvent & { at: string })[]; last?: string }>;
  };
  marks: {
    has(key: string): Promise<boolean>;
    put(key: string, expiresAt: number, ...when: Clause[]): Write;
  };
  limits: {
    count(limits: readonly Limit[], now: number): Promise<Limited>;
    forgive(limits: readonly Limit[]): Promise<void>;
  };
  outbox: {
    sendLink(link: { accountId: string; epoch: number; expiresAt: number }): Promise<void>;
  };
  pool: { signOutEverywhere(username: string): Promise<void> };
  audit: { write(event: AuditEvent, now: number): Write };
  commit(writes: readonly Write[]): Promise<Commit>;
  linkLifeSeconds: number;
  now(): number;
}

/** Who does it: a provider admin of this provider, or an operator, who is of none and acts on all. */
export interface Actor {
  accountId: string;
  npi: string | 'ALL';
  sourceAddress?: string;
  requestId?: string;
}

type Refused = { refused: ProblemCode };

const PAGE = 25;
const iso = (ms: number) => new Date(ms).toISOString();

export function managedUserOf(account: Account): ManagedUser {
  const { username, firstName, lastName, phone, method, status, role, lastSignInAt } = account;
  const email = account.email ?? account.contactEmail;
  return {
    ...{ username, firstName, lastName, status, role },
    ...(email === undefined ? {} : { maskedEmail: maskEmail(email) }),
    ...(phone === undefined ? {} : { maskedPhone: maskPhone(phone) }),
    ...(method === undefined ? {} : { method }),
    ...(lastSignInAt === undefined ? {} : { lastSignInAt: iso(lastSignInAt) }),
  };
}

export async function listUsers(
  on: AdminCollaborators,
  actor: Actor,
  search = '',
  after?: string,
): Promise<UserPage> {
  const page = await on.accounts.ofProvider(actor.npi, search.toLowerCase(), after, PAGE);
  return {
    users: page.accounts.map(managedUserOf),
    ...(page.last === undefined ? {} : { cursor: cursorOf(page.last) }),
  };
}

/** The user, if the actor may know of them. What can be no username is nobody's, and is not looked up. */
export async function findUser(
  on: Pick<AdminCollaborators, 'accounts'>,
  actor: Actor,
  username: string,
): Promise<Account | Refused> {
  const { data: name } = Username.safeParse(username);
  const account = name === undefined ? undefined : await on.accounts.byUsername(name);
  return account === undefined || (actor.npi !== 'ALL' && account.npi !== actor.npi)
    ? { refused: 'NOT_FOUND' }
    : account;
}

export async function listEvents(
  on: AdminCollaborators,
  account: Account,
  after?: string,
): Promise<UserEventPage> {
  const page = await on.events.ofAccount(account.accountId, after, PAGE);
  const events = page.events.map(
    ({ at, event, outcome, actor, loginMethod, sourceAddress, requestId }) => ({
      ...{ at, event },
      ...(outcome === undefined ? {} : { outcome }),
      ...(actor === undefined
        ? {}
        : {
            actor: actor === 'SELF' || actor === 'OPERATOR' || actor === 'SYSTEM' ? actor : 'ADMIN',
          }),
      ...(loginMethod === undefined ? {} : { loginMethod }),
      ...(sourceAddress === undefined ? {} : { sourceAddress }),
      ...(requestId === undefined ? {} : { requestId }),
    }),
  );
  return { events, ...(page.last === undefined ? {} : { cursor: cursorOf(page.last) }) };
}

const sourceOf = ({ sourceAddress, requestId }: Actor) => ({
  ...(sourceAddress === undefined ? {} : { sourceAddress }),
  ...(requestId === undefined ? {} : { requestId }),
});

/**
 * ENROLLING or ACTIVE becomes RESET in one write: sessions, devices, codes, flows, tickets and grants die with the
 * epoch. INVITED, IMPORTED and RESET get a new link, at most one a minute. A repeat with the same key does nothing but
 * what the first left undone.
 */
export async function resetRegistration(
  on: AdminCollaborators,
  actor: Actor,
  account: Account,
  reason?: string,
  idempotencyKey?: string,
): Promise<Refused | undefined> {
  if (account.accountId === actor.accountId) return { refused: 'SELF_RESET' };
  if (account.status === 'DISABLED') return { refused: 'ACCOUNT_DISABLED' };
  const now = on.now();
  const key =
    idempotencyKey === undefined
      ? undefined
      : `IDEMPOTENCY#${sha256([actor.accountId, account.accountId, idempotencyKey].join('\n'))}`;
  const markOnce = (name: string) =>
    on.marks.put(name, now + DAY_MS, either(absent('pk'), notAfter('expiresAt', now)));
  const resets = account.status === 'ENROLLING' || account.status === 'ACTIVE';
  const event = on.audit.write(
    {
      accountId: account.accountId,
      event: 'REGISTRATION_RESET',
      outcome: resets ? 'RESET' : 'LINK_ONLY',
      actor: actor.accountId,
      ...(reason === undefined ? {} : { reason }),
      ...sourceOf(actor),
    },
    now,
  );
  const change = resets
    ? [on.accounts.change(account, resetChange(account, now), is('status', account.status))]
    : [];
  const { done } = await on.commit([
    ...change,
    event,
    ...(key === undefined ? [] : [markOnce(key)]),
  ]);
  if (!done && (key === undefined || !(await on.marks.has(key))))
    return { refused: 'STEP_OUT_OF_ORDER' };
  if (!done && (await on.marks.has(doneKey(key)))) return undefined;
  if (account.cognitoUsername !== undefined && (resets || !done))
    await on.pool.signOutEverywhere(account.cognitoUsername);
  await mailNewLink(on, account, account.epoch + (done && resets ? 1 : 0), now);
  if (key !== undefined) await on.commit([markOnce(doneKey(key))]);
  return undefined;
}

const doneKey = (key = '') => `${key}#DONE`;

async function mailNewLink(
  on: AdminCollaborators,
  { accountId }: Account,
  epoch: number,
  now: number,
): Promise<void> {
  const onePerMinute = [{ key: `RESETMAIL#${accountId}`, max: 1, windowMs: MINUTE_MS }];
  const mailed = await on.limits.count(onePerMinute, now);
  if (mailed.outcome !== 'DONE') return;
  try {
    await on.outbox.sendLink({ accountId, epoch, expiresAt: now + on.linkLifeSeconds * 1000 });
  } catch (error) {
    await on.limits.forgive(onePerMinute);
    throw error;
  }
}

/** Factor and phone are gone; the address stays on record, for the link and the notice. Until a re-enrolment is complete, the former one is its owner's. */
function resetChange(account: Account, now: number): Change {
  const ended = endSessions(account, now);
  const { phone } = account;
  const email =
    account.status === 'ENROLLING' ? (account.formerEmail ?? account.email) : account.email;
  const former = {
    ...(email === undefined ? {} : { formerEmail: email }),
    ...(phone === undefined ? {} : { formerPhone: phone }),
  };
  return {
    set: { ...ended.set, ...former, status: 'RESET' },
    remove: [...(ended.remove ?? []), 'phone', 'method'],
  };
}

export async function setStatus(
  on: AdminCollaborators,
  actor: Actor,
  account: Account,
  status: 'DISABLED' | 'ENABLED',
): Promise<ManagedUser | Refused> {
  if (account.accountId === actor.accountId) return { refused: 'FORBIDDEN' };
  const isDisabled = account.status === 'DISABLED';
  if (isDisabled === (status === 'DISABLED')) return managedUserOf(account);
  const now = on.now();
  const ended = endSessions(account, now);
  const next = isDisabled ? (account.statusBefore ?? 'RESET') : ('DISABLED' as const);
  const change: Change = isDisabled
    ? {
        ...ended,
        set: { ...ended.set, status: next },
        remove: [...(ended.remove ?? []), 'statusBefore'],
      }
    : { ...ended, set: { ...ended.set, status: next, statusBefore: account.status } };
  const result = await on.commit([
    on.accounts.change(account, change, is('status', account.status)),
    on.audit.write(
      {
        accountId: account.accountId,
        event: 'STATUS_CHANGED',
        outcome: next,
        actor: actor.accountId,
        ...sourceOf(actor),
      },
      now,
    ),
  ]);
  if (!result.done) return { refused: 'STEP_OUT_OF_ORDER' };
  if (account.cognitoUsername !== undefined)
    await on.pool.signOutEverywhere(account.cognitoUsername);
  return managedUserOf({ ...account, status: next });
}

/** Operators only: the role bites at the next request, since routes ask the account and tokens carry its epoch. */
export async function setRole(
  on: AdminCollaborators,
  actor: Actor,
  account: Account,
  role: PortalRole,
): Promise<ManagedUser | Refused> {
  if (account.role === role) return managedUserOf(account);
  const now = on.now();
  const result = await on.commit([
    on.accounts.change(account, { set: { role, epoch: account.epoch + 1, validAfter: now } }),
    on.audit.write(
      {
        accountId: account.accountId,
        event: 'ROLE_CHANGED',
        outcome: role,
        actor: actor.accountId,
        ...sourceOf(actor),
      },
      now,
    ),
  ]);
  return result.done ? managedUserOf({ ...account, role }) : { refused: 'STEP_OUT_OF_ORDER' };
}
