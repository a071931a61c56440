/**
 * The signed-in user moves to another e-mail address. One commit claims the address and moves the
 * account; Cognito's user follows, at once or by the follower of the audit trail.
 */
import type { ChangeStarted } from '../../../contract/flows.ts';
import type { Me } from '../../../contract/portal.ts';
import {
  type Account,
  type EmailUndo,
  hasBounced,
  liveUndos,
} from '../../capabilities/accounts/account.rules.ts';
import {
  changeEmail as moveTo,
  undoEmailChange as putBack,
} from '../../capabilities/accounts/owner.transitions.ts';
import type { AccountsPort, NamesPort } from '../../capabilities/accounts/accounts.port.ts';
import { type AddressPool, followInPool } from '../../capabilities/accounts/address-in-pool.ts';
import { refuseWorkforce } from '../../capabilities/accounts/email.rules.ts';
import { type RevocationDeps, signOutAfter } from '../../capabilities/accounts/revocation.ts';
import type { PasskeysPort } from '../../capabilities/passkeys/passkeys.port.ts';
import type { UndoLink } from '../../capabilities/messages/undo-link.rules.ts';
import type { UndoLinksPort } from '../../capabilities/messages/undo-links.port.ts';
import {
  OUT_OF_ORDER,
  type StepRefusal,
  takeStep,
  verify,
} from '../../capabilities/token-flows/token-flow.ts';
import {
  answerLimits,
  askForChange,
  type Asker,
  beginChange,
  type ChangeDeps,
  finishChange,
  type OpenChange,
} from './change-flow.ts';
import type { EmailChange } from './change.rules.ts';
import { enterEmail, finishEmail } from './change.transitions.ts';
import { meOf } from './me.ts';

export interface EmailChangeDeps extends ChangeDeps<EmailChange> {
  names: Pick<NamesPort, 'claim' | 'release'>;
  passkeys: Pick<PasskeysPort, 'list' | 'remove'>;
  undoLinks: UndoLinksPort;
  accounts: Pick<AccountsPort, 'get' | 'apply' | 'ownerOf'>;
  pool: RevocationDeps['pool'] & AddressPool;
}

export async function changeEmail(
  deps: EmailChangeDeps,
  asker: Asker,
  email: string,
): Promise<ChangeStarted | StepRefusal> {
  const { account } = asker;
  const now = deps.now();
  const workforce = refuseWorkforce(email, deps.settings);
  if (workforce !== undefined) return workforce;
  if (hasBounced(account, email, now)) return { refused: 'EMAIL_BOUNCED' };
  const begun: EmailChange = { ...beginChange('EMAIL_CHANGE', account, now), email };
  return askForChange(deps, asker, begun, {
    factor: 'EMAIL',
    destination: email,
    step: enterEmail(email),
  });
}

export async function verifyNewEmail(
  deps: EmailChangeDeps,
  asker: Asker,
  code: string,
): Promise<Me | StepRefusal> {
  const { account } = asker;
  const outcome = await finishChange(deps, asker, account.emailChange, (opened) =>
    verifyOpened(deps, opened, code),
  );
  const isRefused = 'refused' in outcome;
  if (account.poolEmailDue === undefined) return outcome;
  if (isRefused && !(await isDone(deps, account))) return outcome;
  // The last change is committed, and Cognito did not follow: who asks again finishes it.
  await followInPool(deps, account.accountId);
  return isRefused ? meOf(account) : outcome;
}

/** Whether the last change has given the account the address that it has. */
async function isDone({ flows }: EmailChangeDeps, account: Account): Promise<boolean> {
  const { emailChange, email } = account;
  return emailChange !== undefined && (await flows.get(emailChange))?.email === email;
}

async function verifyOpened(
  deps: EmailChangeDeps,
  opened: OpenChange<EmailChange>,
  code: string,
): Promise<Me | StepRefusal> {
  const { flow, account, now } = opened;
  const { email, flowId } = flow;
  const { accountId } = account;
  const verified = await verify(deps, opened, {
    answer: { code },
    destination: email,
    purpose: 'EMAIL_VERIFICATION',
    limits: answerLimits(deps.settings, account),
  });
  if ('refused' in verified) return verified;
  const owner = await deps.accounts.ownerOf(email, now);
  if (owner !== undefined && owner !== accountId) return { refused: 'EMAIL_TAKEN' };
  const after = await takeStep(deps, opened, finishEmail(now, verified.when), [
    deps.names.claim(email, accountId, { now }),
    deps.accounts.apply(account, moveTo(account, email, now)),
    deps.audit.write({ accountId, event: 'EMAIL_CHANGED', flowId, actor: 'SELF' }, now),
  ]);
  if (after === undefined) return OUT_OF_ORDER;
  await followInPool(deps, accountId);
  return meOf({ ...account, email });
}

export interface UndoRequest {
  linkToken: string;
  /** By which a repeat of the request is known, if it may be repeated. */
  requestId?: string | undefined;
}

/** How often an undo is tried: passkeys may come and go while it is under way. */
const UNDO_TRIES = 5;

/**
 * By the link that went to the former address: sessions, devices, recovery codes and passkeys made
 * since end.
 */
export async function undoEmailChange(
  deps: EmailChangeDeps,
  { linkToken, requestId }: UndoRequest,
): Promise<object | StepRefusal> {
  for (let attempt = 0; attempt < UNDO_TRIES; attempt += 1) {
    const outcome = await undoOnce(deps, { linkToken, requestId });
    if (outcome !== 'CHANGED') return outcome;
  }
  return { refused: 'LINK_INVALID' };
}

async function undoOnce(
  deps: EmailChangeDeps,
  { linkToken, requestId }: UndoRequest,
): Promise<object | StepRefusal | 'CHANGED'> {
  const now = deps.now();
  const link = await deps.undoLinks.get(linkToken);
  if (link?.usedBy !== undefined) return repeatUndo(deps, link, requestId);
  const account = link === undefined ? undefined : await deps.accounts.get(link.accountId);
  if (account?.status !== 'ACTIVE') return { refused: 'LINK_INVALID' };
  const undo = liveUndos(account, now).find(({ changedAt }) => changedAt === link?.changedAt);
  if (undo === undefined) return { refused: 'LINK_INVALID' };
  const { accountId, email } = account;
  const made = (await deps.passkeys.list(account)).filter(
    ({ createdAt }) => createdAt >= undo.changedAt,
  );
  const undone = putBack(account, undo, made.length, now);
  const result = await deps.commit([
    deps.names.claim(undo.email, accountId, { now }),
    deps.accounts.apply(account, undone),
    deps.undoLinks.use(linkToken, requestId),
    ...made.map((passkey) => deps.passkeys.remove(passkey)),
    ...(mayGo(account, undo) ? [deps.names.release(email ?? '', accountId)] : []),
    deps.audit.write({ accountId, event: 'EMAIL_CHANGE_UNDONE', actor: 'SELF' }, now),
  ]);
  if (!result.done) return result.refused[0] === true ? 'CHANGED' : { refused: 'LINK_INVALID' };
  await signOutAfter(deps, account, undone);
  return followed(deps, accountId, requestId);
}

/** Whether nothing keeps the present address once the change is undone. */
function mayGo({ email, recordEmail, emailUndos = [] }: Account, undo: EmailUndo): boolean {
  if (email === undefined || email === undo.email || email === recordEmail) return false;
  return !emailUndos.some((one) => one.email === email && one.changedAt < undo.changedAt);
}

/**
 * Moves the user in Cognito, in time for a sign-in by the former address. Where Cognito does not
 * follow, a request that may be repeated throws, and has it follow then; so does the follower of
 * the trail.
 */
async function followed(
  deps: EmailChangeDeps,
  accountId: string,
  requestId: string | undefined,
): Promise<object> {
  const moved = followInPool(deps, accountId);
  await (requestId === undefined ? moved.catch(() => undefined) : moved);
  return {};
}

/** The answer of the request that used the link was lost, and the same request comes again. */
async function repeatUndo(
  deps: EmailChangeDeps,
  { accountId, usedBy }: UndoLink,
  requestId: string | undefined,
): Promise<object | StepRefusal> {
  if (requestId === undefined || usedBy !== requestId) return { refused: 'LINK_INVALID' };
  return followed(deps, accountId, requestId);
}
