/** What an employee changes for a person, and what a second employee has to approve. */
import type {
  ApprovalDecided,
  ApprovalDecision,
  ApprovalNeeded,
  Person,
} from '../../../contract/help-desk.ts';
import type { Account } from '../../capabilities/accounts/account.rules.ts';
import {
  actOf,
  correctEmail,
  resetRegistration,
  setStatus,
} from '../../capabilities/management/manage-users.ts';
import type { Actor } from '../../capabilities/management/users.ts';
import { isInDoubt } from '../../capabilities/accounts/staff.transitions.ts';
import { resendLink, unlock } from '../../capabilities/support/support.ts';
import type { Write } from '../../ground/platform/database.ts';
import { randomId } from '../../ground/platform/random.ts';
import { type Approval, APPROVAL_MS, disablesAdmin, resetsAdmin } from './approval.rules.ts';
import {
  actorOf,
  type DeskCaller,
  counted,
  type DeskDeps,
  deskActOf,
  type DeskRefusal,
} from './desk.ts';

type ToApprove = { approval: ApprovalNeeded };

export interface DeskReset {
  reason: string;
  idempotencyKey: string | undefined;
}

/** Resets a registration; that of the last administrator of a provider only with an approval. */
export async function resetPerson(
  deps: DeskDeps,
  caller: DeskCaller,
  account: Account,
  { reason, idempotencyKey }: DeskReset,
): Promise<DeskRefusal | ToApprove | undefined> {
  const refusal = await counted(deps, caller, 'HELP_DESK_ACT');
  if (refusal !== undefined) return refusal;
  const alongside = await anotherAdminStays(deps, account);
  if (alongside === undefined)
    return requestApproval(deps, caller, account, { act: 'RESET', reason });
  return resetRegistration(deps, actorOf(caller), account, { reason, idempotencyKey, alongside });
}

/**
 * What is committed with the reset of an administrator, so that of two who reset the last two at
 * once, one is refused; undefined where it needs a second employee.
 */
async function anotherAdminStays(deps: DeskDeps, account: Account): Promise<Write[] | undefined> {
  if (!isGuarded(deps) || !resetsAdmin(account)) return [];
  const other = await otherAdmin(deps, account);
  return other === undefined ? undefined : [deps.accounts.holds(other, [])];
}

/** Another administrator of the same provider who can sign in. */
async function otherAdmin(
  { accounts }: DeskDeps,
  { npi, accountId }: Account,
): Promise<Account | undefined> {
  for (let after: string | undefined; ;) {
    const page = await accounts.ofProvider({
      npi,
      search: '',
      after,
      size: 100,
    });
    const other = page.accounts.find(
      ({ accountId: id, role, status }) =>
        id !== accountId && role === 'ADMIN' && status === 'ACTIVE',
    );
    if (other !== undefined || page.last === undefined) return other;
    after = page.last;
  }
}

export async function setPersonStatus(
  deps: DeskDeps,
  caller: DeskCaller,
  account: Account,
  { status, reason }: { status: 'DISABLED' | 'ENABLED'; reason: string },
): Promise<Person | DeskRefusal | ToApprove> {
  const refusal = await counted(deps, caller, 'HELP_DESK_ACT');
  if (refusal !== undefined) return refusal;
  if (status === 'DISABLED' && isGuarded(deps) && disablesAdmin(account))
    return requestApproval(deps, caller, account, { act: 'DISABLE', reason });
  const user = await setStatus(deps, actorOf(caller), account, { status, reason });
  return 'refused' in user ? user : { ...user, npi: account.npi };
}

/**
 * Corrects the address on record. Where that resets a registration, the second employee is not
 * passed over: that of the last administrator of a provider has to be reset first.
 */
export async function correctPersonEmail(
  deps: DeskDeps,
  caller: DeskCaller,
  account: Account,
  correction: { email: string; reason: string },
): Promise<Person | DeskRefusal> {
  const refusal = await counted(deps, caller, 'HELP_DESK_ACT');
  if (refusal !== undefined) return refusal;
  const alongside = isInDoubt(account, correction.email)
    ? await anotherAdminStays(deps, account)
    : [];
  if (alongside === undefined) return RESET_FIRST;
  const user = await correctEmail(deps, actorOf(caller), account, { ...correction, alongside });
  return 'refused' in user ? user : { ...user, npi: account.npi };
}

const RESET_FIRST: DeskRefusal = {
  refused: 'STEP_OUT_OF_ORDER',
  detail:
    'This would reset the last administrator of the provider, which a second employee has to ' +
    'approve. Reset the registration first, and then correct the address.',
};

export async function resendPersonLink(
  deps: DeskDeps,
  caller: DeskCaller,
  account: Account,
  { reason }: { reason: string },
): Promise<DeskRefusal | undefined> {
  const refusal = await counted(deps, caller, 'HELP_DESK_ACT');
  if (refusal !== undefined) return refusal;
  const link = await resendLink(deps, account, deskActOf(caller, reason), 'HELP_DESK_LINK');
  if (link === 'QUEUED') return undefined;
  if (link === 'TOO_SOON') return TOO_SOON;
  return link === 'TOO_MANY' ? tooMany(deps) : noDestination(account);
}

const TOO_SOON: DeskRefusal = {
  refused: 'RESEND_TOO_SOON',
  detail: 'A link was mailed within the last minute. Wait for it, or try again in a minute.',
  retryAfterSeconds: 60,
};

function tooMany({ settings }: DeskDeps): DeskRefusal {
  const { staffLinksPerAccountHour: many } = settings.limits;
  const mailed = many === 1 ? 'A link was mailed' : `${many} links were mailed`;
  return {
    refused: 'RESEND_TOO_SOON',
    detail: `${mailed} within the hour. Try again in an hour.`,
    retryAfterSeconds: 3600,
  };
}

function noDestination({ status }: Account): DeskRefusal {
  if (status === 'ACTIVE') return { refused: 'ALREADY_REGISTERED' };
  if (status === 'DISABLED') return { refused: 'ACCOUNT_DISABLED' };
  const detail = 'The account has no address on record. Ask for one, and set it first.';
  return { refused: 'STEP_OUT_OF_ORDER', detail };
}

export async function unlockPerson(
  deps: DeskDeps,
  caller: DeskCaller,
  account: Account,
  { reason }: { reason: string },
): Promise<DeskRefusal | undefined> {
  const refusal = await counted(deps, caller, 'HELP_DESK_ACT');
  return refusal ?? (await unlock(deps, account, deskActOf(caller, reason)));
}

const isGuarded = ({ settings }: DeskDeps) => settings.workforce?.secondPerson !== false;

/** The same act of the same person waits once, whoever requests it again. */
async function requestApproval(
  deps: DeskDeps,
  caller: DeskCaller,
  account: Account,
  { act, reason }: Pick<Approval, 'act' | 'reason'>,
): Promise<ToApprove | DeskRefusal> {
  const now = deps.now();
  const { accountId, username, npi } = account;
  const waiting = (await deps.approvals.waiting(now)).find(
    (one) => one.accountId === accountId && one.act === act,
  );
  if (waiting !== undefined) return { approval: neededOf(waiting) };
  const approval: Approval = {
    approvalId: randomId(),
    act,
    accountId,
    username,
    npi,
    reason,
    requestedBy: caller.employeeId,
    requestedByName: caller.name,
    requestedAt: now,
    expiresAt: now + APPROVAL_MS,
  };
  const event = {
    accountId,
    event: 'APPROVAL_REQUESTED',
    outcome: act,
  } as const;
  const result = await deps.commit([
    deps.approvals.request(approval),
    deps.audit.write({ ...event, ...deskActOf(caller, reason) }, now),
  ]);
  return result.done ? { approval: neededOf(approval) } : { refused: 'STEP_OUT_OF_ORDER' };
}

function neededOf({ approvalId, expiresAt }: Approval): ApprovalNeeded {
  return {
    approvalId,
    expiresAt: new Date(expiresAt).toISOString(),
  };
}

/** The second employee decides; both are named in the event of what happens. */
export async function decide(
  deps: DeskDeps,
  caller: DeskCaller,
  approvalId: string,
  decision: ApprovalDecision,
): Promise<ApprovalDecided | DeskRefusal> {
  const approval = await deps.approvals.get(approvalId, deps.now());
  if (approval === undefined) return { refused: 'NOT_FOUND' };
  if (approval.requestedBy === caller.employeeId)
    return {
      refused: 'FORBIDDEN',
      detail: 'Another employee has to decide what you requested.',
    };
  const refusal = await counted(deps, caller, 'HELP_DESK_ACT');
  if (refusal !== undefined) return refusal;
  const settle = decision === 'DENIED' ? deny : approve;
  const refused = await settle(deps, caller, approval);
  return refused ?? { approvalId, decision };
}

/** Both employees: the one who requested it, and the one who decides, from where that one calls. */
function bothOf(caller: DeskCaller, { requestedBy }: Approval): Actor {
  return {
    ...actorOf(caller),
    employee: requestedBy,
    secondEmployee: caller.employeeId,
  };
}

async function deny(
  deps: DeskDeps,
  caller: DeskCaller,
  approval: Approval,
): Promise<DeskRefusal | undefined> {
  const now = deps.now();
  const { accountId, act: outcome, reason, approvalId } = approval;
  const event = {
    accountId,
    event: 'APPROVAL_DENIED',
    outcome,
  } as const;
  const result = await deps.commit([
    deps.approvals.close(approvalId, now),
    deps.audit.write({ ...event, ...actOf(bothOf(caller, approval), reason) }, now),
  ]);
  return result.done ? undefined : { refused: 'STEP_OUT_OF_ORDER' };
}

async function approve(
  deps: DeskDeps,
  caller: DeskCaller,
  approval: Approval,
): Promise<DeskRefusal | undefined> {
  const { accountId, approvalId, act, reason } = approval;
  const account = await deps.accounts.get(accountId);
  if (account === undefined) return { refused: 'NOT_FOUND' };
  const close = deps.approvals.close(approvalId, deps.now());
  const change = { reason, alongside: [close] };
  const actor = bothOf(caller, approval);
  if (act === 'RESET') return resetRegistration(deps, actor, account, change);
  if (account.status === 'DISABLED') {
    const result = await deps.commit([close]);
    return result.done ? undefined : { refused: 'STEP_OUT_OF_ORDER' };
  }
  const user = await setStatus(deps, actor, account, { status: 'DISABLED', ...change });
  return 'refused' in user ? user : undefined;
}
