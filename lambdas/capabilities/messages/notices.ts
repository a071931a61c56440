/**
 * The follower of the audit trail that notifies people. An event is committed with the change that
 * it records, so no notice is forgotten, and no sign-in waits for the mail. It also finishes what
 * Cognito did not accept when it was due: sign-outs and changes of an address.
 */
import type { RecordedEvent } from '../../ground/audit/audit.rules.ts';
import { DAY_MS } from '../../ground/limits/limits.rules.ts';
import type { MarksPort } from '../../ground/platform/marks.port.ts';
import { errorFields } from '../../ground/platform/log.ts';
import { randomSecret } from '../../ground/platform/random.ts';
import { sha256 } from '../../ground/platform/secrets.rules.ts';
import { type Account, liveUndos } from '../accounts/account.rules.ts';
import { type AddressPool, finishMove } from '../accounts/address-in-pool.ts';
import { finishSignOut, type RevocationDeps } from '../accounts/revocation.ts';
import { DeliveryFailed } from './delivery-failed.rules.ts';
import { type Email, layOut } from './layout.rules.ts';
import type { EmailPort, TextPort } from './messages.port.ts';
import {
  noticeDestinations,
  type NoticeDetails,
  noticeEmail,
  noticeFor,
  noticeLanguage,
  noticeText,
} from './notices.rules.ts';
import type { NoticeName } from './purposes.rules.ts';
import type { UndoLinksPort } from './undo-links.port.ts';

export interface NoticeDeps extends RevocationDeps {
  pool: RevocationDeps['pool'] & Pick<AddressPool, 'changeEmail'>;
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
 * A request finishes its own work in Cognito; only what is due after this long is finished here.
 */
const OWN_WORK_MS = 5_000;

/**
 * Throws UserPoolUnavailable, DeliveryFailed and StoreUnavailable: the stream brings the event
 * again.
 */
export async function followEvent(
  deps: NoticeDeps,
  recorded: RecordedEvent,
): Promise<'SENT' | 'NOTHING_TO_SEND'> {
  const account = await inStep(deps, await deps.accounts.get(recorded.accountId));
  return account === undefined ? 'NOTHING_TO_SEND' : sendNotice(deps, recorded, account);
}

/** The account once Cognito has followed it. */
async function inStep(
  deps: NoticeDeps,
  account: Account | undefined,
): Promise<Account | undefined> {
  const { signOutDue, poolEmailDue } = account ?? {};
  const due = signOutDue ?? poolEmailDue;
  if (account === undefined || due === undefined) return account;
  const wait = due + OWN_WORK_MS - deps.now();
  if (wait > 0) await deps.sleep(Math.min(wait, OWN_WORK_MS));
  const later = await deps.accounts.get(account.accountId);
  if (later?.poolEmailDue !== undefined) {
    const { pool } = deps;
    await finishMove(
      deps,
      later,
      async (username, email) => (await pool.changeEmail(username, email)) === 'DONE',
    );
    deps.log('INFO', 'ADDRESS_MOVE_FINISHED');
  }
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
  const { email, text, portalName, now } = deps;
  const purpose = noticeFor(recorded);
  if (purpose === undefined || isOld(recorded, now())) return 'NOTHING_TO_SEND';
  const { accountId } = recorded;
  const mark = `NOTICE#${accountId}#${recorded.eventId}`;
  const { emails, phones } = noticeDestinations(purpose, account, recorded.at);
  const outcomes: boolean[] = [];
  for (const to of emails)
    outcomes.push(
      await sendOnce(deps, `${mark}#${sha256(to)}`, async () =>
        email.send({
          to,
          email: await emailFor(deps, purpose, account, to),
          purpose,
          accountId,
        }),
      ),
    );
  for (const to of phones) {
    const language = noticeLanguage(purpose, account, to);
    const message = {
      to,
      text: noticeText({ language, portalName }, purpose),
      purpose,
    };
    outcomes.push(await sendOnce(deps, `${mark}#${sha256(to)}`, () => text.send(message)));
  }
  return outcomes.includes(true) ? 'SENT' : 'NOTHING_TO_SEND';
}

/**
 * Sends to one destination once. A send whose answer is lost counts as sent, because the message
 * may have arrived; what the provider refused is sent when the stream brings the event again. Only
 * a process that ends between the send and its mark lets a notice arrive twice.
 * @returns false if it was sent before
 */
async function sendOnce(
  { marks, commit, now, log }: NoticeDeps,
  mark: string,
  send: () => Promise<void>,
): Promise<boolean> {
  if (await marks.has(mark)) return false;
  try {
    await send();
  } catch (error) {
    if (!(error instanceof DeliveryFailed && error.isUncertain)) throw error;
    log('WARN', 'NOTICE_UNCERTAIN', errorFields(error));
  }
  try {
    await commit([marks.put(mark, now() + DAY_MS)]);
  } catch (error) {
    log('WARN', 'NOTICE_NOT_MARKED', errorFields(error));
  }
  return true;
}

async function emailFor(
  deps: NoticeDeps,
  notice: NoticeName,
  account: Account,
  to: string,
): Promise<Email> {
  const { portalName } = deps;
  const language = noticeLanguage(notice, account, to);
  const details = await detailsOf(deps, notice, account, to);
  return layOut(noticeEmail({ language, portalName }, notice, details), portalName);
}

/**
 * A former address can undo its change, also after further ones. A notice of a used recovery code
 * says how many are left.
 */
async function detailsOf(
  { portalOrigin, undoLinks, commit, now }: NoticeDeps,
  notice: NoticeName,
  account: Account,
  to: string,
): Promise<NoticeDetails> {
  const { accountId, recoveryCodes = [] } = account;
  if (notice === 'RECOVERY_CODE_USED') return { codesLeft: recoveryCodes.length };
  if (notice !== 'EMAIL_CHANGED') return {};
  const undo = liveUndos(account, now()).find(({ email }) => email === to);
  if (undo === undefined) return {};
  const token = randomSecret();
  const { changedAt, until } = undo;
  await commit([undoLinks.issue(token, { accountId, changedAt }, until)]);
  return { undo: `${portalOrigin}/undo-email#${token}` };
}

/**
 * Older than a day: a restore writes events anew, and the stream brings them again. A notice today
 * of what happened last month would alarm people. The stream itself keeps events for a day.
 */
function isOld({ at }: RecordedEvent, now: number): boolean {
  return Date.parse(at) < now - DAY_MS;
}
