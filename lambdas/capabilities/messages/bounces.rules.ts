/** What SES reports of a message that it had accepted. */
import { sha256 } from '../../ground/platform/secrets.rules.ts';

/** The tag of a message that names its account, by an identifier that means nothing elsewhere. */
export const ACCOUNT_TAG = 'account';

/** An address of an account to which mail does not go any more. */
export interface ReportedAddress {
  accountId: string;
  /** SHA-256 of the address. */
  address: string;
  outcome: 'BOUNCE' | 'COMPLAINT';
}

/** The part of SES's event that matters (SES, "Contents of event data"). */
export interface MailEvent {
  eventType?: string;
  mail?: { tags?: Record<string, string[] | undefined> };
  bounce?: { bounceType?: string; bouncedRecipients?: { emailAddress?: string }[] };
  complaint?: { complainedRecipients?: { emailAddress?: string }[] };
}

/**
 * The address that an event reports, if it is one of an account. A transient bounce, such as a full
 * mailbox, reports nothing.
 */
export function reportedAddress({
  mail,
  bounce,
  complaint,
}: MailEvent): ReportedAddress | undefined {
  const accountId = mail?.tags?.[ACCOUNT_TAG]?.[0];
  const bounced =
    bounce?.bounceType === 'Permanent' ? bounce.bouncedRecipients?.[0]?.emailAddress : undefined;
  const complained = complaint?.complainedRecipients?.[0]?.emailAddress;
  const email = bounced ?? complained;
  if (accountId === undefined || email === undefined) return undefined;
  const outcome = bounced === undefined ? 'COMPLAINT' : 'BOUNCE';
  return {
    accountId,
    address: sha256(email.toLowerCase()),
    outcome,
  };
}
