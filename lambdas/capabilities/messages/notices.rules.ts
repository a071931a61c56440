/** Notices: which events a person is notified of, in which words, and where. */
import type { AuditEvent, AuditEventName } from '../../ground/audit/audit.rules.ts';
import { type Account, addressOnRecord } from '../accounts/account.rules.ts';
import type { EmailWording } from './wording.rules.ts';

const NOTICES = {
  REGISTRATION_COMPLETE: {
    subject: 'Your registration is complete',
    what: 'Multi-factor authentication is set up for your account.',
  },
  REENROLMENT_COMPLETE: {
    subject: 'Your sign-in was set up anew',
    what: 'Your account was registered again, with a new password and factor.',
  },
  PASSWORD_CHANGED: {
    subject: 'Your password was changed',
    what: 'Your password was changed. Every session and remembered device has ended.',
  },
  PASSWORD_SET: {
    subject: 'A password was set',
    what: 'A password was set for your account, as a step of its registration.',
  },
  DEVICE_REMEMBERED: {
    subject: 'A device is remembered',
    what:
      'A browser was remembered for your account with Remember Me. ' +
      'It ends by itself within hours.',
  },
  EMAIL_CHANGED: {
    subject: 'Your e-mail address was changed',
    what: 'The e-mail address that you sign in with was changed.',
  },
  EMAIL_CHANGE_UNDONE: {
    subject: 'A change of your e-mail address was undone',
    what:
      'The former e-mail address is that of your account again. Every session has ended, and ' +
      'so have passkeys that were added since.',
  },
  PHONE_CHANGED: {
    subject: 'Your phone number was changed',
    what: 'The phone number of your account was changed.',
  },
  PHONE_REMOVED: {
    subject: 'Your phone number was removed',
    what: 'The phone number was removed from your account. Codes go to your e-mail address.',
  },
  PASSKEY_ADDED: {
    subject: 'A passkey was added',
    what: 'A passkey was added to your account. It signs in without a password and a code.',
  },
  PASSKEY_REMOVED: {
    subject: 'A passkey was removed',
    what: 'A passkey was removed from your account. It does not sign in any more.',
  },
  PASSKEY_CLONED: {
    subject: 'A passkey was refused',
    what:
      'A passkey of your account was refused, because it seems to have been copied. Remove it ' +
      'under My account, and add a new one.',
  },
  RECOVERY_CODES_ISSUED: {
    subject: 'New recovery codes were made',
    what: 'Ten recovery codes were made for your account. Older ones do not work any more.',
  },
  RECOVERY_CODE_USED: {
    subject: 'A recovery code was used',
    what: 'Your account was signed in to with a recovery code. It does not work again.',
  },
  REGISTRATION_RESET: {
    subject: 'Your registration was reset',
    what:
      'Your registration was reset for you. Every session has ended. You can register again ' +
      'by the link in your mail, or with your username and password.',
  },
  CALL_NOT_REQUESTED: {
    subject: 'A call was reported as not yours',
    what:
      'Somebody answered a verification call for your account and reported that they had not ' +
      'asked for it. That attempt was ended. Whoever started it may have your password: ' +
      'choose a new one.',
  },
  ACCOUNT_DISABLED: {
    subject: 'Your account was disabled',
    what: 'Your account was disabled. Every session has ended.',
  },
  ACCOUNT_ENABLED: {
    subject: 'Your account was enabled',
    what: 'Your account was enabled again.',
  },
  ACCOUNT_LOCKED: {
    subject: 'Your account is locked',
    what:
      'There were too many wrong codes or passwords for your account, so no more are accepted ' +
      'for now. The lock ends by itself within an hour, or when you complete a password reset ' +
      'or follow a registration link.',
  },
  ROLE_CHANGED: {
    subject: 'Your role was changed',
    what: 'Your role at the portal was changed. Please sign in again.',
  },
  ADDRESS_CHANGED: {
    subject: 'Your e-mail address on record was changed',
    what:
      'The e-mail address on record for your account was changed. ' +
      'Messages about it go to the new address from now on.',
  },
} as const;

export type NoticeName = keyof typeof NOTICES;

const BY_EVENT: Partial<Record<AuditEventName, NoticeName>> = {
  PASSWORD_RESET_COMPLETED: 'PASSWORD_CHANGED',
  PASSWORD_SET: 'PASSWORD_SET',
  DEVICE_REMEMBERED: 'DEVICE_REMEMBERED',
  PASSWORD_CHANGED: 'PASSWORD_CHANGED',
  EMAIL_CHANGED: 'EMAIL_CHANGED',
  EMAIL_CHANGE_UNDONE: 'EMAIL_CHANGE_UNDONE',
  PHONE_CHANGED: 'PHONE_CHANGED',
  PHONE_REMOVED: 'PHONE_REMOVED',
  PASSKEY_ADDED: 'PASSKEY_ADDED',
  PASSKEY_REMOVED: 'PASSKEY_REMOVED',
  PASSKEY_CLONED: 'PASSKEY_CLONED',
  RECOVERY_CODES_ISSUED: 'RECOVERY_CODES_ISSUED',
  RECOVERY_CODE_USED: 'RECOVERY_CODE_USED',
  CALL_DENIED: 'CALL_NOT_REQUESTED',
  ACCOUNT_LOCKED: 'ACCOUNT_LOCKED',
  ROLE_CHANGED: 'ROLE_CHANGED',
};

/** The notice that an event calls for, if any. */
export function noticeFor({
  event,
  outcome,
}: Pick<AuditEvent, 'event' | 'outcome'>): NoticeName | undefined {
  switch (event) {
    case 'REGISTRATION_COMPLETED':
      return outcome === 'AGAIN' ? 'REENROLMENT_COMPLETE' : 'REGISTRATION_COMPLETE';
    case 'REGISTRATION_RESET':
      return outcome === 'RESET' ? 'REGISTRATION_RESET' : undefined;
    case 'STATUS_CHANGED':
      return outcome === 'DISABLED' ? 'ACCOUNT_DISABLED' : 'ACCOUNT_ENABLED';
    case 'CONTACT_EMAIL_CHANGED':
      return outcome === 'ON_RECORD' ? 'ADDRESS_CHANGED' : undefined;
    default:
      return BY_EVENT[event];
  }
}

/** Notices of an enrolment also go to the phone of before it. */
const OF_AN_ENROLMENT: readonly NoticeName[] = ['REGISTRATION_COMPLETE', 'REENROLMENT_COMPLETE'];

/**
 * Where a notice goes: the verified address and the address on record. After an enrolment also the
 * former address, and the former phone or the one given at sign-up. That the address on record was
 * moved goes to the one it was moved from.
 */
export function noticeDestinations(
  notice: NoticeName,
  account: Account,
): { emails: string[]; phones: string[] } {
  if (notice === 'ADDRESS_CHANGED')
    return { emails: distinct([account.replacedEmail]), phones: [] };
  const { email, formerEmail, formerPhone, contactPhone, phone } = account;
  if (notice === 'EMAIL_CHANGED') return { emails: distinct([email, formerEmail]), phones: [] };
  if (notice === 'PHONE_CHANGED' || notice === 'PHONE_REMOVED')
    return { emails: distinct([email, addressOnRecord(account)]), phones: distinct([formerPhone]) };
  const isEnrolment = OF_AN_ENROLMENT.includes(notice);
  const emails = [email, addressOnRecord(account), ...(isEnrolment ? [formerEmail] : [])];
  const phones = isEnrolment ? [formerPhone, contactPhone] : [];
  return { emails: distinct(emails), phones: distinct(phones).filter((one) => one !== phone) };
}

function distinct(values: readonly (string | undefined)[]): string[] {
  return [...new Set(values.filter((value) => value !== undefined))];
}

/** What others do to an account: a password reset would not answer it, or is not possible. */
const BY_STAFF: readonly NoticeName[] = [
  'REGISTRATION_RESET',
  'ACCOUNT_DISABLED',
  'ACCOUNT_ENABLED',
  'ROLE_CHANGED',
  'ADDRESS_CHANGED',
];

export interface NoticeDetails {
  /** Where the change can be undone, for the one whose address it was. */
  undo?: string;
  /** How many recovery codes are left, for the one who used one. */
  codesLeft?: number;
}

export function noticeEmail(
  portalName: string,
  notice: NoticeName,
  { undo, codesLeft }: NoticeDetails = {},
): EmailWording {
  const { subject, what } = NOTICES[notice];
  const objection = BY_STAFF.includes(notice)
    ? "Didn't expect this? Contact your provider's administrator."
    : "Wasn't it you? Reset your password at once and contact your provider's administrator.";
  return {
    subject: `${subject} – ${portalName}`,
    heading: subject,
    paragraphs: [what, ...(codesLeft === undefined ? [] : [codesLeftText(codesLeft)]), objection],
    ...(undo === undefined ? {} : { link: { href: undo, label: 'Undo this change' } }),
  };
}

/** So few are a reason to make new ones. */
const FEW_CODES = 3;

function codesLeftText(count: number): string {
  if (count === 0) return 'It was the last one. Make new ones under My account.';
  const left = count === 1 ? '1 unused code is left' : `${count} unused codes are left`;
  return count > FEW_CODES ? `${left}.` : `${left}. Make new ones under My account.`;
}

export function noticeText(portalName: string, notice: NoticeName): string {
  return `${portalName}: ${NOTICES[notice].what}`;
}
