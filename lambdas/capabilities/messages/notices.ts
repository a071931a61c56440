/**
 * The follower of the audit trail that people hear from. An event is committed with the change that
 * it records, so no notice is lost, and no sign-in waits for the mail. It also finishes sign-outs
 * that Cognito did not take at their time.
 */
import type { RecordedEvent } from '../../ground/audit/audit.rules.ts';
import { DAY_MS } from '../../ground/limits/limits.rules.ts';
import type { MarksPort } from '../../ground/platform/marks.port.ts';
import { randomSecret } from '../../ground/platform/random.ts';
import type { Account } from '../accounts/account.rules.ts';
import { finishSignOut, type RevocationDeps } from '../accounts/revocation.ts';
import { layOut } from './layout.rules.ts';
import type { EmailPort, TextPort } from './messages.port.ts';
import {
  noticeDestinations,
  noticeEmail,
  noticeFor,
  type NoticeName,
  noticeText,
} from './notices.rules.ts';
import type { UndoLinksPort } from './undo-links.port.ts';

export interface NoticeDeps extends RevocationDeps {
  marks: Pick<MarksPort, 'has' | 'put'>;
  email: EmailPort;
  text: TextPort;
  undoLinks: Pick<UndoLinksPort, 'issue'>;
  portalName: string;
  /** Where links lead. */
  portalOrigin: string;
  now: () => number;
  sleep: (ms: number) => Promise<void>;
}

/**
 * The request that revoked signs out of Cognito by itself; only what is due after this long is
 * finished here.
 */
const OWN_SIGN_OUT_MS = 5_000;

/**
 * Throws UserPoolUnavailable, DeliveryFailed and StoreUnavailable: the stream brings the event
 * again.
 */
export async function followEvent(
  deps: NoticeDeps,
  recorded: RecordedEvent,
): Promise<'SENT' | 'NOTHING_TO_SEND'> {
  const account = await signedOut(deps, await deps.accounts.get(recorded.accountId));
  return account === undefined ? 'NOTHING_TO_SEND' : sendNotice(deps, recorded, account);
}

async function signedOut(
  deps: NoticeDeps,
  account: Account | undefined,
): Promise<Account | undefined> {
  if (account?.signOutDue === undefined) return account;
  const wait = account.signOutDue + OWN_SIGN_OUT_MS - deps.now();
  if (wait > 0) await deps.sleep(Math.min(wait, OWN_SIGN_OUT_MS));
  const later = await deps.accounts.get(account.accountId);
  if (later?.signOutDue !== undefined) {
    await finishSignOut(deps, later);
    deps.log('INFO', 'SIGN_OUT_FINISHED');
  }
  return later;
}

async function sendNotice(
  deps: NoticeDeps,
  recorded: RecordedEvent,
  account: Account,
): Promise<'SENT' | 'NOTHING_TO_SEND'> {
  const { marks, email, text, portalName, commit, now } = deps;
  const purpose = noticeFor(recorded);
  if (purpose === undefined || isOld(recorded, now())) return 'NOTHING_TO_SEND';
  const { accountId } = recorded;
  const mark = `NOTICE#${accountId}#${recorded.eventId}`;
  if (await marks.has(mark)) return 'NOTHING_TO_SEND';
  const { emails, phones } = noticeDestinations(purpose, account);
  for (const to of emails)
    await email.send({
      to,
      email: await wordingFor(deps, purpose, account, to),
      purpose,
      accountId,
    });
  for (const to of phones) await text.send({ to, text: noticeText(portalName, purpose), purpose });
  await commit([marks.put(mark, now() + DAY_MS)]);
  return 'SENT';
}

/**
 * The former address of a changed one can undo the change. A notice of a used recovery code says how
 * many are left.
 */
async function wordingFor(
  deps: NoticeDeps,
  purpose: NoticeName,
  { accountId, emailUndo, recoveryCodes = [] }: Account,
  to: string,
) {
  const { portalName, portalOrigin, undoLinks, commit } = deps;
  if (purpose === 'RECOVERY_CODE_USED')
    return layOut(
      noticeEmail(portalName, purpose, { codesLeft: recoveryCodes.length }),
      portalName,
    );
  if (purpose !== 'EMAIL_CHANGED' || emailUndo === undefined || to !== emailUndo.email)
    return layOut(noticeEmail(portalName, purpose), portalName);
  const token = randomSecret();
  const { changedAt, until } = emailUndo;
  await commit([undoLinks.issue(token, { accountId, changedAt }, until)]);
  const undo = `${portalOrigin}/undo-email#${token}`;
  return layOut(noticeEmail(portalName, purpose, { undo }), portalName);
}

/**
 * Older than a day: a restore writes events anew, and the stream brings them again. Nobody is to hear
 * today of what happened last month. The stream itself keeps events for a day.
 */
function isOld({ at }: RecordedEvent, now: number): boolean {
  return Date.parse(at) < now - DAY_MS;
}
