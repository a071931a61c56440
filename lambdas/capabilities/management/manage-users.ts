/**
 * What a provider admin does for the users of their own provider, and operators and the help desk
 * for all.
 */
import type { PortalRole } from '../../../contract/accounts.ts';
import type { ManagedUser } from '../../../contract/portal.ts';
import type { Account } from '../accounts/account.rules.ts';
import * as transitions from '../accounts/account.transitions.ts';
import { correctAddress, isInDoubt } from '../accounts/staff.transitions.ts';
import { refuseWorkforce } from '../accounts/email.rules.ts';
import { finishSignOut, revoke, type RevocationDeps } from '../accounts/revocation.ts';
import type { LinkLane } from '../outbox/outbox.rules.ts';
import { mailStaffLink, type StaffLinkDeps } from '../outbox/staff-link.ts';
import type { AuditPort } from '../../ground/audit/audit.port.ts';
import type { AuditEvent } from '../../ground/audit/audit.rules.ts';
import { DAY_MS } from '../../ground/limits/limits.rules.ts';
import { definite } from '../../ground/platform/definite.rules.ts';
import type { FunctionSettings } from '../../ground/platform/environment-names.ts';
import type { Write } from '../../ground/platform/database.ts';
import type { MarksPort } from '../../ground/platform/marks.port.ts';
import { sha256 } from '../../ground/platform/secrets.rules.ts';
import { type Actor, managedUserOf, type Refused } from './users.ts';

export interface ManageDeps extends RevocationDeps, Omit<StaffLinkDeps, 'settings'> {
  marks: Pick<MarksPort, 'has' | 'putOnce'>;
  audit: AuditPort;
  settings: Pick<FunctionSettings, 'linkLife' | 'workforceEmailDomains' | 'limits'>;
}

/** What every event of an act says about who did it, and from where. */
export function actOf({ accountId: actor, npi: _of, ...source }: Actor, reason?: string) {
  return definite({ actor, ...source, reason });
}

export interface Reset {
  reason?: string | undefined;
  /** A repeat with the same key does only what the first left undone. */
  idempotencyKey?: string | undefined;
  /** What is committed with it, or nothing is done: an approval that is used up. */
  alongside?: readonly Write[];
}

/**
 * ENROLLING or ACTIVE becomes RESET in one write: sessions, devices, codes, flows, tickets and
 * grants become invalid with the new epoch. INVITED, IMPORTED and RESET get a new link, at most one
 * a minute.
 */
export async function resetRegistration(
  deps: ManageDeps,
  actor: Actor,
  account: Account,
  { reason, idempotencyKey, alongside = [] }: Reset = {},
): Promise<Refused | undefined> {
  const { accountId } = account;
  if (accountId === actor.accountId) return { refused: 'SELF_RESET' };
  if (account.status === 'DISABLED') return { refused: 'ACCOUNT_DISABLED' };
  const now = deps.now();
  const mark = markOf(actor, account, idempotencyKey);
  const resets = account.status === 'ENROLLING' || account.status === 'ACTIVE';
  const event: AuditEvent = {
    accountId,
    event: 'REGISTRATION_RESET',
    outcome: resets ? 'RESET' : 'LINK_ONLY',
    ...actOf(actor, reason),
  };
  const markWrites = mark === undefined ? [] : [deps.marks.putOnce(mark, now + DAY_MS, now)];
  const writes = [deps.audit.write(event, now), ...markWrites, ...alongside];
  const result = resets
    ? await revoke(deps, account, transitions.resetRegistration(account, now), writes)
    : await deps.commit(writes);
  if (result.done) {
    const status = resets ? ('RESET' as const) : account.status;
    const epoch = account.epoch + (resets ? 1 : 0);
    await mailNewLink(deps, actor, { ...account, status, epoch });
    return markDone(deps, mark, now);
  }
  const isRepeat = mark !== undefined && (await deps.marks.has(mark));
  return isRepeat ? finishReset(deps, actor, account, mark) : { refused: 'STEP_OUT_OF_ORDER' };
}

function markOf(
  { accountId: by, employee }: Actor,
  { accountId }: Account,
  idempotencyKey: string | undefined,
): string | undefined {
  if (idempotencyKey === undefined) return undefined;
  return `IDEMPOTENCY#${sha256([employee ?? by, accountId, idempotencyKey].join('\n'))}`;
}

const doneMark = (mark: string) => `${mark}#DONE`;

async function markDone(
  { marks, commit }: ManageDeps,
  mark: string | undefined,
  now: number,
): Promise<undefined> {
  if (mark !== undefined) await commit([marks.putOnce(doneMark(mark), now + DAY_MS, now)]);
}

/** What the first request with this key left undone: the sign-out of Cognito, and the link. */
async function finishReset(
  deps: ManageDeps,
  actor: Actor,
  account: Account,
  mark: string,
): Promise<undefined> {
  if (await deps.marks.has(doneMark(mark))) return undefined;
  await finishSignOut(deps, account);
  await mailNewLink(deps, actor, account);
  return markDone(deps, mark, deps.now());
}

const LANES: Readonly<Record<string, LinkLane>> = {
  OPERATOR: 'OPERATOR_LINK',
  HELP_DESK: 'HELP_DESK_LINK',
};

/** The link of a provider admin, an operator or the help desk, each by its own budget. */
async function mailNewLink(
  deps: ManageDeps,
  actor: Actor,
  account: Account,
  hasEnded = false,
): Promise<void> {
  await mailStaffLink(deps, account, LANES[actor.accountId] ?? 'ADMIN_LINK', hasEnded);
}

export interface EmailCorrection {
  email: string;
  reason?: string | undefined;
  /** What is committed with it, or nothing is done. */
  alongside?: readonly Write[];
}

/**
 * Corrects the address on record of a person who is not ACTIVE, and mails the link there; the
 * former one is notified.
 */
export async function correctEmail(
  deps: ManageDeps,
  actor: Actor,
  account: Account,
  { email, reason, alongside = [] }: EmailCorrection,
): Promise<ManagedUser | Refused> {
  const { accountId, status } = account;
  if (status === 'ACTIVE') return { refused: 'ALREADY_REGISTERED' };
  if (status === 'DISABLED') return { refused: 'ACCOUNT_DISABLED' };
  const workforce = refuseWorkforce(email, deps.settings);
  if (workforce !== undefined) return workforce;
  const now = deps.now();
  const act = actOf(actor, reason);
  const event = { accountId, event: 'CONTACT_EMAIL_CHANGED', outcome: 'ON_RECORD' } as const;
  const reset = { accountId, event: 'REGISTRATION_RESET', outcome: 'RESET' } as const;
  const startsOver = isInDoubt(account, email);
  const result = await revoke(deps, account, correctAddress(account, email, now), [
    deps.audit.write({ ...event, ...act }, now),
    ...(startsOver ? [deps.audit.write({ ...reset, ...act }, now)] : []),
    ...alongside,
  ]);
  if (!result.done) return { refused: 'STEP_OUT_OF_ORDER' };
  const corrected = { ...account, contactEmail: email, recordEmail: email };
  const { method: _method, phone: _phone, ...rest } = corrected;
  const after = startsOver
    ? { ...rest, status: 'RESET' as const, epoch: account.epoch + 1 }
    : corrected;
  await mailNewLink(deps, actor, after, true);
  return managedUserOf(after);
}

export interface StatusChange {
  status: 'DISABLED' | 'ENABLED';
  reason?: string | undefined;
  /** What is committed with it, or nothing is done: an approval that is used up. */
  alongside?: readonly Write[];
}

export async function setStatus(
  deps: ManageDeps,
  actor: Actor,
  account: Account,
  { status, reason, alongside = [] }: StatusChange,
): Promise<ManagedUser | Refused> {
  const { accountId, statusBefore = 'RESET' } = account;
  if (accountId === actor.accountId) return { refused: 'FORBIDDEN' };
  const isDisabled = account.status === 'DISABLED';
  if (isDisabled === (status === 'DISABLED')) return managedUserOf(account);
  const now = deps.now();
  const next = isDisabled ? statusBefore : ('DISABLED' as const);
  const transition = isDisabled
    ? transitions.enable(account, now)
    : transitions.disable(account, now);
  const event = { accountId, event: 'STATUS_CHANGED', outcome: next } as const;
  const result = await revoke(deps, account, transition, [
    deps.audit.write({ ...event, ...actOf(actor, reason) }, now),
    ...alongside,
  ]);
  return result.done
    ? managedUserOf({ ...account, status: next })
    : { refused: 'STEP_OUT_OF_ORDER' };
}

/**
 * Operators only: the role counts at the next request, since routes read the account and tokens
 * carry its epoch.
 */
export async function setRole(
  deps: ManageDeps,
  actor: Actor,
  account: Account,
  { role, reason }: { role: PortalRole; reason?: string | undefined },
): Promise<ManagedUser | Refused> {
  const { accountId } = account;
  if (account.role === role) return managedUserOf(account);
  const now = deps.now();
  const event = { accountId, event: 'ROLE_CHANGED', outcome: role } as const;
  const result = await revoke(deps, account, transitions.changeRole(account, role, now), [
    deps.audit.write({ ...event, ...actOf(actor, reason) }, now),
  ]);
  return result.done ? managedUserOf({ ...account, role }) : { refused: 'STEP_OUT_OF_ORDER' };
}
