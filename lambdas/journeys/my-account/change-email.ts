/**
 * The signed-in user moves to another e-mail address. One commit claims the address and moves the
 * account; Cognito's user follows, at once or by the follower of the audit trail.
 */
import type { ChangeStarted } from '../../../contract/flows.ts';
import type { Me } from '../../../contract/portal.ts';
import { type Account, hasBounced } from '../../capabilities/accounts/account.rules.ts';
import {
  changeEmail as moveTo,
  undoEmailChange as putBack,
} from '../../capabilities/accounts/owner.transitions.ts';
import type { AccountsPort, NamesPort } from '../../capabilities/accounts/accounts.port.ts';
import { type AddressPool, followInPool } from '../../capabilities/accounts/address-in-pool.ts';
import { isWorkforce } from '../../capabilities/accounts/email.rules.ts';
import { type RevocationDeps, signOutAfter } from '../../capabilities/accounts/revocation.ts';
import type { PasskeysPort } from '../../capabilities/passkeys/passkeys.port.ts';
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
  openedChange,
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
  if (isWorkforce(email, deps.settings.workforceEmailDomains))
    return { refused: 'WORKFORCE_EMAIL' };
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
  if (account.poolEmailDue !== undefined) return repeatMove(deps, account);
  const opened = await openedChange(deps, asker, account.emailChange);
  if (opened === undefined) return OUT_OF_ORDER;
  const { flow, now } = opened;
  const { email, flowId } = flow;
  const verified = await verify(deps, opened, {
    answer: { code },
    destination: email,
    purpose: 'EMAIL_VERIFICATION',
    limits: answerLimits(deps.settings, account),
  });
  if ('refused' in verified) return verified;
  const { accountId } = account;
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

/** The change is committed, and Cognito did not follow: the same request again finishes it. */
async function repeatMove(deps: EmailChangeDeps, account: Account): Promise<Me> {
  await followInPool(deps, account.accountId);
  return meOf(account);
}

/** Passkeys may come and go while a change is undone: so often it is tried with those of then. */
const UNDO_TRIES = 5;

/**
 * By the link that went to the former address: sessions, devices, recovery codes and passkeys made
 * since end.
 */
export async function undoEmailChange(
  deps: EmailChangeDeps,
  linkToken: string,
): Promise<object | StepRefusal> {
  for (let attempt = 0; attempt < UNDO_TRIES; attempt += 1) {
    const outcome = await undoOnce(deps, linkToken);
    if (outcome !== 'CHANGED') return outcome;
  }
  return { refused: 'LINK_INVALID' };
}

async function undoOnce(
  deps: EmailChangeDeps,
  linkToken: string,
): Promise<object | StepRefusal | 'CHANGED'> {
  const now = deps.now();
  const link = await deps.undoLinks.get(linkToken);
  const account = link === undefined ? undefined : await deps.accounts.get(link.accountId);
  const undo = account?.emailUndo;
  if (link === undefined || account === undefined || undo === undefined)
    return { refused: 'LINK_INVALID' };
  if (undo.changedAt !== link.changedAt || undo.until <= now) return { refused: 'LINK_INVALID' };
  const { accountId, email, status } = account;
  if (status !== 'ACTIVE') return { refused: 'LINK_INVALID' };
  const made = (await deps.passkeys.list(account)).filter(
    ({ createdAt }) => createdAt >= undo.changedAt,
  );
  const undone = putBack(account, made.length, now);
  const result = await deps.commit([
    deps.names.claim(undo.email, accountId, { now }),
    deps.accounts.apply(account, undone),
    deps.undoLinks.use(linkToken),
    ...made.map((passkey) => deps.passkeys.remove(passkey)),
    ...(email === undefined || email === undo.email ? [] : [deps.names.release(email, accountId)]),
    deps.audit.write({ accountId, event: 'EMAIL_CHANGE_UNDONE', actor: 'SELF' }, now),
  ]);
  if (!result.done) return result.refused[0] === true ? 'CHANGED' : { refused: 'LINK_INVALID' };
  // The link is used: what Cognito does not take is left to the follower of the trail.
  await followInPool(deps, accountId).catch(() => undefined);
  await signOutAfter(deps, account, undone);
  return {};
}
