/** Notices: which events a person is notified of, where, and in which language. */
import { DEFAULT_LANGUAGE, type Language } from '../../../contract/languages.ts';
import type { AuditEvent, AuditEventName } from '../../ground/audit/audit.rules.ts';
import { definite } from '../../ground/platform/definite.rules.ts';
import { type Account, addressOnRecord } from '../accounts/account.rules.ts';
import type { NoticeName } from './purposes.rules.ts';
import { textsIn } from './texts/texts.rules.ts';
import type { EmailWording } from './wording.rules.ts';

const BY_EVENT: Partial<Record<AuditEventName, NoticeName>> = {
  PASSWORD_RESET_COMPLETED: 'PASSWORD_CHANGED',
  PASSWORD_SET: 'PASSWORD_SET',
  DEVICE_REMEMBERED: 'DEVICE_REMEMBERED',
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
    case 'PASSWORD_CHANGED':
      return outcome === 'UNCONFIRMED' ? 'PASSWORD_UNCERTAIN' : 'PASSWORD_CHANGED';
    case 'REGISTRATION_RESET':
      return outcome === 'RESET' ? 'REGISTRATION_RESET' : undefined;
    case 'STATUS_CHANGED':
      return outcome === 'DISABLED' ? 'ACCOUNT_DISABLED' : 'ACCOUNT_ENABLED';
    case 'CONTACT_EMAIL_CHANGED':
      return 'ADDRESS_CHANGED';
    default:
      return BY_EVENT[event];
  }
}

/** Notices that also go to the former address and phone. */
const OF_AN_ENROLMENT: readonly NoticeName[] = ['REGISTRATION_COMPLETE', 'REENROLMENT_COMPLETE'];

/** Notices that are in the former language at a former destination. */
const OF_ITS_STEPS: readonly NoticeName[] = [...OF_AN_ENROLMENT, 'PASSWORD_SET'];

/**
 * Where a notice goes: the verified address and the address on record. After an enrolment also the
 * former address, and the former phone or the one given at sign-up. That the address on record was
 * moved goes to the one it was moved from.
 * @param at the time of the event, ISO 8601: of several moves each former address is notified of
 *   its own
 */
export function noticeDestinations(
  notice: NoticeName,
  account: Account,
  at: string,
): { emails: string[]; phones: string[] } {
  if (notice === 'ADDRESS_CHANGED')
    return {
      emails: distinct(replacedAt(account, at)),
      phones: [],
    };
  const { email, formerEmail, formerPhone, contactPhone, phone } = account;
  if (notice === 'EMAIL_CHANGED')
    return {
      emails: distinct([email, formerEmail, addressOnRecord(account)]),
      phones: [],
    };
  if (notice === 'PHONE_CHANGED' || notice === 'PHONE_REMOVED')
    return {
      emails: distinct([email, addressOnRecord(account)]),
      phones: distinct([formerPhone]),
    };
  const isEnrolment = OF_AN_ENROLMENT.includes(notice);
  const emails = [email, addressOnRecord(account), ...(isEnrolment ? [formerEmail] : [])];
  const phones = isEnrolment ? [formerPhone, contactPhone] : [];
  return {
    emails: distinct(emails),
    phones: distinct(phones).filter((one) => one !== phone),
  };
}

function replacedAt({ replacedEmails = [] }: Account, at: string): string[] {
  const moved = replacedEmails.filter((replaced) => replaced.at === Date.parse(at));
  return moved.map(({ email }) => email);
}

/**
 * The language of a notice to a destination: the account's. At a former destination a notice of an
 * enrolment is in the former language, which the enrolment may have changed.
 */
export function noticeLanguage(
  notice: NoticeName,
  { language, formerLanguage, email, phone }: Account,
  to: string,
): Language {
  const isOfBefore = OF_ITS_STEPS.includes(notice) && to !== email && to !== phone;
  return (isOfBefore ? formerLanguage : language) ?? DEFAULT_LANGUAGE;
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

export interface NoticeMessage {
  language: Language;
  portalName: string;
}

export function noticeEmail(
  { language, portalName }: NoticeMessage,
  notice: NoticeName,
  { undo, codesLeft }: NoticeDetails = {},
): EmailWording {
  const { notices } = textsIn(language);
  const { subject, what } = notices.of[notice];
  const left = codesLeft === undefined ? [] : [codesLeftText(codesLeft, language)];
  const objection = BY_STAFF.includes(notice) ? notices.objectToStaff : notices.object;
  return definite({
    language,
    subject: `${subject} – ${portalName}`,
    heading: subject,
    paragraphs: [what, ...left, objection],
    link: undo === undefined ? undefined : { href: undo, label: notices.undo },
  });
}

/** With this number of codes left, or fewer, the notice advises new ones. */
const FEW_CODES = 3;

function codesLeftText(count: number, language: Language): string {
  const { codesLeft, lastCode, makeCodes } = textsIn(language).notices;
  if (count > FEW_CODES) return codesLeft(count);
  return `${count === 0 ? lastCode : codesLeft(count)} ${makeCodes}`;
}

export function noticeText({ language, portalName }: NoticeMessage, notice: NoticeName): string {
  const texts: Partial<Record<NoticeName, string>> = textsIn(language).notices.texts;
  const text = texts[notice];
  if (text === undefined) throw new Error(`The notice ${notice} has no text message: write one.`);
  return `${portalName}: ${text}`;
}
