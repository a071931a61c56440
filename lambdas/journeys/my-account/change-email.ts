/**
 * The signed-in user moves to another e-mail address. The name is claimed first, then Cognito's user
 * moves, then the account: the same request again finishes what a failure left.
 */
import type { ChangeStarted } from '../../../contract/flows.ts';
import type { Me } from '../../../contract/portal.ts';
import { type Account, hasBounced } from '../../capabilities/accounts/account.rules.ts';
import {
  changeEmail as moveTo,
  undoEmailChange as putBack,
} from '../../capabilities/accounts/owner.transitions.ts';
import type { NamesPort } from '../../capabilities/accounts/accounts.port.ts';
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
import { meOf } from './me.ts';

export interface EmailChangeDeps extends ChangeDeps<EmailChange> {
  names: Pick<NamesPort, 'claim' | 'release'>;
  passkeys: Pick<PasskeysPort, 'list' | 'remove'>;
  undoLinks: UndoLinksPort;
  pool: RevocationDeps['pool'] & {
    changeEmail: (username: string, email: string) => Promise<'DONE' | 'TAKEN'>;
  };
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
  return askForChange(deps, asker, begun, { factor: 'EMAIL', destination: email });
}

export async function verifyNewEmail(
  deps: EmailChangeDeps,
  asker: Asker,
  code: string,
): Promise<Me | StepRefusal> {
  const { account } = asker;
  const opened = await openedChange(deps, asker, account.emailChange);
  if (opened === undefined) return OUT_OF_ORDER;
  const { flow, now } = opened;
  const { email } = flow;
  const verified = await verify(deps, opened, {
    answer: { code },
    destination: email,
    purpose: 'EMAIL_VERIFICATION',
    limits: answerLimits(deps.settings, account),
  });
  if ('refused' in verified) return verified;
  if (!(await isMoved(deps, account, email))) return { refused: 'EMAIL_TAKEN' };
  const { accountId } = account;
  const after = await takeStep(
    deps,
    opened,
    { change: { set: { expiresAt: now }, remove: ['open'] }, when: verified.when },
    [
      deps.accounts.apply(account, moveTo(account, email, now)),
      deps.audit.write(
        { accountId, event: 'EMAIL_CHANGED', flowId: flow.flowId, actor: 'SELF' },
        now,
      ),
    ],
  );
  return after === undefined ? OUT_OF_ORDER : meOf({ ...account, email });
}

/** Claims the name and moves the user; both may be done again. */
async function isMoved(
  { commit, names, pool }: EmailChangeDeps,
  { accountId, cognitoUsername = '' }: Account,
  email: string,
): Promise<boolean> {
  if (!(await commit([names.claim(email, accountId)])).done) return false;
  if ((await pool.changeEmail(cognitoUsername, email)) === 'DONE') return true;
  await commit([names.release(email, accountId)]);
  return false;
}

/** By the link that went to the former address: sessions, devices and passkeys made since end. */
export async function undoEmailChange(
  deps: EmailChangeDeps & Pick<RevocationDeps, 'log'>,
  linkToken: string,
): Promise<object | StepRefusal> {
  const now = deps.now();
  const link = await deps.undoLinks.get(linkToken);
  const account = link === undefined ? undefined : await deps.accounts.get(link.accountId);
  const undo = account?.emailUndo;
  if (link === undefined || account === undefined || undo === undefined)
    return { refused: 'LINK_INVALID' };
  if (undo.changedAt !== link.changedAt || undo.until <= now) return { refused: 'LINK_INVALID' };
  if (!(await isMoved(deps, account, undo.email))) return { refused: 'LINK_INVALID' };
  const { accountId, email } = account;
  const made = (await deps.passkeys.list(account)).filter(
    ({ createdAt }) => createdAt >= undo.changedAt,
  );
  const undone = putBack(account, made.length, now);
  const result = await deps.commit([
    deps.accounts.apply(account, undone),
    deps.undoLinks.use(linkToken),
    ...made.map((passkey) => deps.passkeys.remove(passkey)),
    ...(email === undefined || email === undo.email ? [] : [deps.names.release(email, accountId)]),
    deps.audit.write({ accountId, event: 'EMAIL_CHANGE_UNDONE', actor: 'SELF' }, now),
  ]);
  if (!result.done) return { refused: 'LINK_INVALID' };
  await signOutAfter(deps, account, undone);
  return {};
}
