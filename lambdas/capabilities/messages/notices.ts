/**
 * Notices: what a person should know of their account, sent from the audit trail. An event is committed with the change
 * that it records, so no notice is lost, and none waits for the mail on the way of a sign-in.
 */
import type { Account } from '../accounts/account.rules.ts';
import type { AuditEvent } from '../../ground/audit/audit.rules.ts';
import type { Commit, Write } from '../../ground/platform/dynamo.ts';
import { absent, type Clause } from '../../ground/platform/expressions.rules.ts';
import { DAY_MS } from '../../ground/limits/limits.rules.ts';
import type { EmailSender, TextSender } from '../verification/code-delivery.ts';
import { layOut } from './layout.rules.ts';
import { noticeEmail, type NoticeName, noticeText } from './wording.rules.ts';

export interface NoticeCollaborators {
  accounts: { get(accountId: string): Promise<Account | undefined> };
  marks: {
    has(key: string): Promise<boolean>;
    put(key: string, expiresAt: number, ...when: Clause[]): Write;
  };
  email: EmailSender;
  text: TextSender;
  commit(writes: readonly Write[]): Promise<Commit>;
  portalName: string;
  now(): number;
}

/** Which events are told, and as what. */
export function noticeFor({
  event,
  outcome,
}: Pick<AuditEvent, 'event' | 'outcome'>): NoticeName | undefined {
  switch (event) {
    case 'REGISTRATION_COMPLETED':
      return outcome === 'AGAIN' ? 'REENROLMENT_COMPLETE' : 'REGISTRATION_COMPLETE';
    case 'PASSWORD_RESET_COMPLETED':
      return 'PASSWORD_CHANGED';
    case 'DEVICE_REMEMBERED':
      return 'DEVICE_REMEMBERED';
    case 'REGISTRATION_RESET':
      return outcome === 'RESET' ? 'REGISTRATION_RESET' : undefined;
    case 'CALL_DENIED':
      return 'CALL_NOT_REQUESTED';
    case 'STATUS_CHANGED':
      return outcome === 'DISABLED' ? 'ACCOUNT_DISABLED' : 'ACCOUNT_ENABLED';
    case 'ROLE_CHANGED':
      return 'ROLE_CHANGED';
    default:
      return undefined;
  }
}

/** Who is told: the address on record; after a re-enrolment the former address and phone too. */
export function noticeDestinations(
  notice: NoticeName,
  { email, contactEmail, formerEmail, formerPhone, phone }: Account,
): { emails: string[]; phones: string[] } {
  const onRecord = email ?? contactEmail;
  const former =
    notice === 'REENROLMENT_COMPLETE' && formerEmail !== undefined ? [formerEmail] : [];
  const emails = [...new Set([...(onRecord === undefined ? [] : [onRecord]), ...former])];
  const phones =
    notice === 'REENROLMENT_COMPLETE' && formerPhone !== undefined && formerPhone !== phone
      ? [formerPhone]
      : [];
  return { emails, phones };
}

export async function sendNotice(
  on: NoticeCollaborators,
  recorded: AuditEvent & { eventId: string },
): Promise<'SENT' | 'NOTHING_TO_SEND'> {
  const notice = noticeFor(recorded);
  if (notice === undefined) return 'NOTHING_TO_SEND';
  const mark = `NOTICE#${recorded.accountId}#${recorded.eventId}`;
  const account = await on.accounts.get(recorded.accountId);
  if (account === undefined || (await on.marks.has(mark))) return 'NOTHING_TO_SEND';
  const { emails, phones } = noticeDestinations(notice, account);
  for (const email of emails)
    await on.email.send(email, layOut(noticeEmail(on.portalName, notice), on.portalName));
  for (const phone of phones) await on.text.send(phone, noticeText(on.portalName, notice));
  await on.commit([on.marks.put(mark, on.now() + DAY_MS, absent('pk'))]);
  return 'SENT';
}
