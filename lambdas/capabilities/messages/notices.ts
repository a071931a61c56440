/**
 * The follower of the audit trail that people hear from. An event is committed with the change that
 * it records, so no notice is lost, and no sign-in waits for the mail. It also finishes sign-outs
 * that Cognito did not take at their time.
 */
import type { RecordedEvent } from '../../ground/audit/audit.rules.ts';
import { DAY_MS } from '../../ground/limits/limits.rules.ts';
import type { MarksPort } from '../../ground/platform/marks.port.ts';
import type { Account } from '../accounts/account.rules.ts';
import { finishSignOut, type RevocationDeps } from '../accounts/revocation.ts';
import { layOut } from './layout.rules.ts';
import type { EmailPort, TextPort } from './messages.port.ts';
import { noticeDestinations, noticeEmail, noticeFor, noticeText } from './notices.rules.ts';

export interface NoticeDeps extends RevocationDeps {
  marks: Pick<MarksPort, 'has' | 'put'>;
  email: EmailPort;
  text: TextPort;
  portalName: string;
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
  { marks, email, text, portalName, commit, now }: NoticeDeps,
  recorded: RecordedEvent,
  account: Account,
): Promise<'SENT' | 'NOTHING_TO_SEND'> {
  const purpose = noticeFor(recorded);
  if (purpose === undefined || isOld(recorded, now())) return 'NOTHING_TO_SEND';
  const { accountId } = recorded;
  const mark = `NOTICE#${accountId}#${recorded.eventId}`;
  if (await marks.has(mark)) return 'NOTHING_TO_SEND';
  const { emails, phones } = noticeDestinations(purpose, account);
  const wording = layOut(noticeEmail(portalName, purpose), portalName);
  for (const to of emails) await email.send({ to, email: wording, purpose, accountId });
  for (const to of phones) await text.send({ to, text: noticeText(portalName, purpose), purpose });
  await commit([marks.put(mark, now() + DAY_MS)]);
  return 'SENT';
}

/**
 * Older than a day: a restore writes events anew, and the stream brings them again. Nobody is to hear
 * today of what happened last month. The stream itself keeps events for a day.
 */
function isOld({ at }: RecordedEvent, now: number): boolean {
  return Date.parse(at) < now - DAY_MS;
}
